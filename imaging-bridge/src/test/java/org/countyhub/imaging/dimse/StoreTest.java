package org.countyhub.imaging.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.net.DicomNode;
import org.countyhub.imaging.dicom.net.Gate;
import org.countyhub.imaging.dicom.net.Outlet;
import org.countyhub.imaging.dicom.net.Proposal;
import org.countyhub.imaging.dicom.net.Remote;
import org.countyhub.imaging.dicom.net.Services;
import org.countyhub.imaging.dicom.net.Status;
import org.countyhub.imaging.dicom.net.StoreService;
import org.countyhub.imaging.study.Stored;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StoreTest {
    private Hub hub;

    @BeforeEach
    void start() throws IOException {
        hub = new Hub(HubPeers.FILE, null);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    @Test
    void anEchoIsAnswered() {
        assertThat(hub.run("echoscu", "CT1").code()).isZero();
    }

    /** The samples by the switch that has storescu propose their transfer syntax. */
    private static Stream<List<String>> samples() {
        return Stream.of(
                List.of(
                        "-xe",
                        "CT1_UNC.dcm",
                        "CT2_UNC.dcm",
                        "MR1_UNC.dcm",
                        "MR3_UNC.dcm",
                        "NM1_UNC.dcm",
                        "US1_UNC.dcm"),
                List.of("-xe", "VL1_UNC.dcm", "XA1_UNC.dcm", "ecg-12lead.dcm", "sr.dcm", "charset/gb18030.dcm"),
                List.of("-xi", "MR_small_implicit.dcm"),
                List.of("-xb", "MR_small_bigendian.dcm"),
                List.of("-xs", "CT1_JPLL.dcm", "MR1_JPLL.dcm"),
                List.of("-xv", "CT1_J2KR.dcm", "MR1_J2KR.dcm", "VL1_J2KR.dcm", "XA1_J2KR.dcm"),
                List.of("-xr", "CT1_RLE.dcm", "US1_RLE.dcm"));
    }

    @Test
    void samplesOfAllTransferSyntaxesAreStoredAsTheyAreSent() throws IOException {
        int sent = 0;
        for (List<String> group : samples().toList()) {
            String[] files = group.stream()
                    .skip(1)
                    .map(name -> Samples.file(name).toString())
                    .toArray(String[]::new);
            DcmtkPeers.Ended ended = hub.run("storescu", "CT1", prepend(group.getFirst(), files));
            assertThat(ended.code()).as(ended.said()).isZero();
            sent += files.length;
            for (String file : files) {
                assertKept(Path.of(file));
            }
        }
        assertThat(hub.count("select count(*) from instance") + hub.count("select count(*) from quarantine"))
                .isEqualTo(sent);
        assertThat(hub.blobFiles()).isEqualTo(sent);
    }

    private static String[] prepend(String first, String[] rest) {
        return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
    }

    private void assertKept(Path file) throws IOException {
        Part10.FileMeta meta;
        try (InputStream in = Files.newInputStream(file)) {
            meta = Part10.read(in);
        }
        List<Stored> stored = hub.store.bySopInstanceUid(List.of(meta.sopInstanceUid()));
        String syntax = meta.transferSyntax().uid();
        if (stored.isEmpty() || !stored.getFirst().transferSyntax().uid().equals(syntax)) {
            // Two of the samples are one instance with other bytes: the second is kept apart.
            assertThat(hub.count(
                            "select count(*) from quarantine where sop_instance_uid = '%s' and transfer_syntax = '%s'"
                                    .formatted(meta.sopInstanceUid(), syntax)))
                    .as(file.toString())
                    .isEqualTo(1);
            return;
        }
        assertThat(stored.getFirst().sopClassUid()).as(file.toString()).isEqualTo(meta.sopClassUid());
    }

    @Test
    void theSameBytesTwiceAreOneInstance() {
        String file = Samples.file("CT1_UNC.dcm").toString();
        assertThat(hub.run("storescu", "CT1", file, file).code()).isZero();
        assertThat(hub.count("select count(*) from instance")).isEqualTo(1);
        assertThat(hub.blobFiles()).isEqualTo(1);
    }

    @Test
    void whatIsKeptApartIsAnsweredWithAWarning(@TempDir Path directory) throws IOException {
        Path other = Files.write(directory.resolve("other.dcm"), Files.readAllBytes(Samples.file("CT1_UNC.dcm")));
        assertThat(DcmtkPeers.run("dcmodify", "-nb", "-i", "(0008,103E)=another", other.toString())
                        .code())
                .isZero();
        hub.run("storescu", "CT1", Samples.file("CT1_UNC.dcm").toString());
        DcmtkPeers.Ended ended = hub.run("storescu", "CT1", "-d", other.toString());
        assertThat(ended.said()).contains("0xb000").contains("kept apart");
        assertThat(hub.count("select count(*) from quarantine")).isEqualTo(1);
    }

    private Status sent(String sopInstanceUid, byte[] dataset) throws IOException {
        String ct = "1.2.840.10008.5.1.4.1.1.2";
        String explicit = TransferSyntax.EXPLICIT_LITTLE_ENDIAN.uid();
        try (DicomNode peer = new DicomNode(
                        "CT1",
                        caller -> new Gate.Refused("calls only"),
                        Hub.LIMITS,
                        new Services((c, s, in) -> Status.SUCCESS),
                        null);
                Outlet outlet = peer.call(
                        new Remote("COUNTYHUB", "127.0.0.1", hub.port, false),
                        List.of(new Proposal(ct, List.of(explicit), false)))) {
            Status status =
                    outlet.store(new StoreService.Sent(ct, sopInstanceUid, explicit), null, out -> out.write(dataset));
            assertThat(outlet.isOpen()).isTrue();
            return status;
        }
    }

    @Test
    void aUidThatIsNotThatOfTheDataSetIsRefused() throws IOException {
        Status status = sent("1.2.3", DcmtkPeers.dataset(Samples.file("CT1_UNC.dcm")));
        assertThat(status.code()).isEqualTo(0xA900);
        assertThat(status.comment()).startsWith("(0008,0018)");
        assertThat(hub.blobFiles()).isZero();
    }

    @Test
    void whatIsNoDataSetIsRefusedWithItsPlace() throws IOException {
        byte[] dataset = DcmtkPeers.dataset(Samples.file("CT1_UNC.dcm"));
        Status status = sent("1.3.6.1.4.1.5962.1.1.1.1.1.20040826185059.5457", Arrays.copyOf(dataset, 1_001));
        assertThat(status.code()).isEqualTo(0xC000);
        assertThat(status.comment()).matches("\\(.*").hasSizeLessThanOrEqualTo(64);
        assertThat(hub.blobFiles()).isZero();
    }

    @Test
    void aDiskWithoutRoomRefusesBeforeItAccepts() throws IOException {
        try (Hub full = new Hub(HubPeers.FILE, null, Hub.LIMITS, Long.MAX_VALUE / 2)) {
            DcmtkPeers.Ended ended = full.run(
                    "storescu", "CT1", "-d", Samples.file("CT1_UNC.dcm").toString());
            assertThat(ended.said()).contains("0xa700").contains("disk space");
            assertThat(full.blobFiles()).isZero();
            assertThat(full.run("echoscu", "CT1").code()).isZero();
        }
    }

    @Test
    void aSenderThatIsKilledLeavesNothingOfWhatItHadNotSent() throws Exception {
        String file = Samples.file("CT1_UNC.dcm").toString();
        for (int i = 0; i < 5; i++) {
            DcmtkPeers.Running running = DcmtkPeers.start(
                    null,
                    "storescu",
                    "-aet",
                    "CT1",
                    "-aec",
                    "COUNTYHUB",
                    "--repeat",
                    "100000",
                    "+IR",
                    "127.0.0.1",
                    Integer.toString(hub.port),
                    file);
            Thread.sleep(200 + 37 * i);
            running.kill();
        }
        for (int i = 0; i < 200 && hub.server.openAssociations() > 0; i++) {
            Thread.sleep(50);
        }
        assertThat(hub.server.openAssociations()).isZero();
        Thread.sleep(300);
        assertThat(hub.blobFiles())
                .isEqualTo(hub.count("select count(*) from instance") + hub.count("select count(*) from quarantine"));
    }

    @Test
    void whoeverIsNotListedIsRejected() {
        assertThat(hub.run("echoscu", "STRANGER").said()).contains("Calling AE Title Not Recognized");
        assertThat(hub.run("echoscu", "FARAWAY").said()).contains("Calling AE Title Not Recognized");
        assertThat(DcmtkPeers.run("echoscu", "-aet", "CT1", "-aec", "OTHER", "127.0.0.1", Integer.toString(hub.port))
                        .said())
                .contains("Called AE Title Not Recognized");
        assertThat(hub.server.rejected()).isEqualTo(3);
    }

    @Test
    void whoeverMayNotStoreIsTold() {
        DcmtkPeers.Ended ended = hub.run(
                "storescu", "READING1", "-d", Samples.file("CT1_UNC.dcm").toString());
        assertThat(ended.said()).contains("0x0124");
        assertThat(hub.blobFiles()).isZero();
    }
}
