package org.countyhub.imaging.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Stored;
import org.countyhub.kernel.FreePorts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RetrieveTest {
    private final int port = FreePorts.next();
    private Hub hub;
    private DcmtkPeers.@Nullable Running receiver;

    private Path got;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        got = directory;
        hub = new Hub(HubPeers.file(port, ""), null);
    }

    @AfterEach
    void stop() throws IOException {
        if (receiver != null) {
            receiver.close();
        }
        hub.close();
    }

    private void receive(String aeTitle, int at, String... more) {
        receiver = DcmtkPeers.storescp(got, aeTitle, at, more);
    }

    private void store(String proposal, String... samples) {
        List<String> arguments = new ArrayList<>(List.of(proposal));
        for (String sample : samples) {
            arguments.add(Samples.file(sample).toString());
        }
        DcmtkPeers.Ended ended = hub.run("storescu", "CT1", arguments.toArray(String[]::new));
        assertThat(ended.code()).as(ended.said()).isZero();
    }

    private static Dataset read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return DatasetReader.read(in, Part10.read(in).transferSyntax(), DatasetReader.Limits.DEFAULT);
        }
    }

    private static Part10.FileMeta meta(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Part10.read(in);
        }
    }

    private static String studyOf(String sample) throws IOException {
        return read(Samples.file(sample)).string(Tag.StudyInstanceUID, "");
    }

    private List<Path> received() throws IOException {
        try (Stream<Path> files = Files.list(got)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private byte[] kept(Path file) throws IOException {
        Stored stored =
                hub.store.bySopInstanceUid(List.of(meta(file).sopInstanceUid())).getFirst();
        byte[] blob = Files.readAllBytes(hub.blobs.resolve(stored.blob()));
        return Arrays.copyOfRange(blob, stored.datasetPosition(), blob.length);
    }

    private DcmtkPeers.Ended move(String aeTitle, String destination, String... keys) {
        List<String> arguments = new ArrayList<>(List.of("-d", "-S", "-aem", destination));
        for (String key : keys) {
            arguments.add("-k");
            arguments.add(key);
        }
        return hub.run("movescu", aeTitle, arguments.toArray(String[]::new));
    }

    @Test
    void aStudyIsMovedAsItIsKept() throws IOException {
        store("-xe", "series/ct-3slice-01.dcm", "series/ct-3slice-02.dcm", "series/ct-3slice-03.dcm");
        receive("READING1", port);
        DcmtkPeers.Ended ended =
                move("CT1", "READING1", "0008,0052=STUDY", "0020,000d=" + studyOf("series/ct-3slice-01.dcm"));
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("Completed Suboperations").contains("0x0000");
        assertThat(received()).hasSize(3);
        for (Path file : received()) {
            assertThat(DcmtkPeers.dataset(file)).isEqualTo(kept(file));
        }
    }

    @Test
    void oneInstanceIsMovedBySeriesAndInstance() throws IOException {
        store("-xe", "series/ct-3slice-01.dcm", "series/ct-3slice-02.dcm", "series/ct-3slice-03.dcm");
        Dataset second = read(Samples.file("series/ct-3slice-02.dcm"));
        receive("READING1", port);
        DcmtkPeers.Ended ended = move(
                "READING1",
                "READING1",
                "0008,0052=IMAGE",
                "0020,000d=" + second.string(Tag.StudyInstanceUID),
                "0020,000e=" + second.string(Tag.SeriesInstanceUID),
                "0008,0018=" + second.string(Tag.SOPInstanceUID));
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(received()).hasSize(1);
        assertThat(meta(received().getFirst()).sopInstanceUid()).isEqualTo(second.string(Tag.SOPInstanceUID));
    }

    @Test
    void anUnknownDestinationIsNamedAsSuch() throws IOException {
        store("-xe", "CT1_UNC.dcm");
        String study = "0020,000d=" + studyOf("CT1_UNC.dcm");
        assertThat(move("CT1", "NOBODY", "0008,0052=STUDY", study).said()).containsIgnoringCase("0xa801");
        assertThat(move("CT1", "CT1", "0008,0052=STUDY", study).said()).containsIgnoringCase("0xa801");
        // It is known, but does not listen.
        assertThat(move("CT1", "READING1", "0008,0052=STUDY", study).said()).containsIgnoringCase("0xa702");
        assertThat(move("CT1", "READING1", "0008,0052=SERIES", study).said()).containsIgnoringCase("0xa900");
    }

    @Test
    void compressedInstancesGoAsTheyAreToThoseWhoTakeThem() throws IOException {
        store("-xs", "CT1_JPLL.dcm");
        receive("READING1", port, "+xa");
        assertThat(move("CT1", "READING1", "0008,0052=STUDY", "0020,000d=" + studyOf("CT1_JPLL.dcm"))
                        .code())
                .isZero();
        assertThat(meta(received().getFirst()).transferSyntax()).isEqualTo(TransferSyntax.JPEG_LOSSLESS_SV1);
        assertThat(DcmtkPeers.dataset(received().getFirst()))
                .isEqualTo(kept(received().getFirst()));
    }

    @Test
    void compressedInstancesAreDecodedForThoseWhoDoNot() throws IOException {
        store("-xs", "CT1_JPLL.dcm");
        receive("READING1", port, "+x=");
        DcmtkPeers.Ended ended = move("CT1", "READING1", "0008,0052=STUDY", "0020,000d=" + studyOf("CT1_JPLL.dcm"));
        assertThat(ended.code()).as(ended.said()).isZero();
        Path decoded = received().getFirst();
        assertThat(meta(decoded).transferSyntax().isNative()).isTrue();
        // DCMTK decodes it to the same pixels.
        Path expected = got.resolve("expected");
        assertThat(DcmtkPeers.run("dcmdjpeg", Samples.file("CT1_JPLL.dcm").toString(), expected.toString())
                        .code())
                .isZero();
        assertThat(pixels(decoded)).isEqualTo(pixels(expected));
    }

    private static byte[] pixels(Path file) throws IOException {
        Dataset dataset = read(file);
        if (!(dataset.element(Tag.PixelData) instanceof Element.Bulk bulk)) {
            throw new AssertionError("no native pixels");
        }
        byte[] all = DcmtkPeers.dataset(file);
        return Arrays.copyOfRange(all, (int) bulk.position(), (int) (bulk.position() + bulk.length()));
    }

    @Test
    void bigEndianIsTurnedForThoseWhoDoNotTakeIt() throws IOException {
        store("-xb", "MR_small_bigendian.dcm");
        receive("READING1", port, "+xi");
        assertThat(move("CT1", "READING1", "0008,0052=STUDY", "0020,000d=" + studyOf("MR_small_bigendian.dcm"))
                        .code())
                .isZero();
        Path turned = received().getFirst();
        assertThat(meta(turned).transferSyntax()).isEqualTo(TransferSyntax.IMPLICIT_LITTLE_ENDIAN);
        assertThat(pixels(turned)).isEqualTo(pixels(Samples.file("MR_small_implicit.dcm")));
    }

    @Test
    void anotherHospitalGetsTheHeaderInItsWordsAndTheSamePixels() throws IOException {
        store("-xe", "CT1_UNC.dcm");
        Dataset ct = read(Samples.file("CT1_UNC.dcm"));
        PatientKey owner = new PatientKey("https://his.haidu.example.org/patient", ct.string(Tag.PatientID, ""));
        PatientKey there = new PatientKey("https://his.chengguan.example.org/patient", "C-77");
        hub.persons.put(owner, Set.of(owner, there));
        receive("READING2", port + 1);
        DcmtkPeers.Ended ended =
                move("CT1", "READING2", "0008,0052=STUDY", "0020,000d=" + ct.string(Tag.StudyInstanceUID));
        assertThat(ended.code()).as(ended.said()).isZero();
        Path coerced = received().getFirst();
        assertThat(read(coerced).string(Tag.PatientID)).isEqualTo("C-77");
        assertThat(read(coerced).items(Tag.OtherPatientIDsSequence).getFirst().string(Tag.PatientID))
                .isEqualTo(owner.id());
        assertThat(read(coerced).string(Tag.SOPInstanceUID)).isEqualTo(ct.string(Tag.SOPInstanceUID));
        assertThat(pixels(coerced)).isEqualTo(pixels(Samples.file("CT1_UNC.dcm")));
    }

    @Test
    void aPatientWhoIsNotThatOfTheStudyGetsNothing() throws IOException {
        store("-xe", "CT1_UNC.dcm");
        receive("READING1", port);
        move("CT1", "READING1", "0008,0052=STUDY", "0010,0020=OTHER", "0020,000d=" + studyOf("CT1_UNC.dcm"));
        assertThat(received()).isEmpty();
    }

    @Test
    void getGivesTheVeryBytes() throws IOException {
        store("-xe", "series/ct-3slice-01.dcm", "series/ct-3slice-02.dcm", "series/ct-3slice-03.dcm");
        DcmtkPeers.Ended ended = hub.run(
                "getscu",
                "READING1",
                "-S",
                "+B",
                "-od",
                got.toString(),
                "-k",
                "0008,0052=STUDY",
                "-k",
                "0020,000d=" + studyOf("series/ct-3slice-01.dcm"));
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(received()).hasSize(3);
        for (Path file : received()) {
            assertThat(DcmtkPeers.dataset(file)).isEqualTo(kept(file));
        }
    }

    @Test
    void getGivesCompressedInstancesAsTheyAre() throws IOException {
        store("-xv", "MR1_J2KR.dcm");
        DcmtkPeers.Ended ended = hub.run(
                "getscu",
                "CT1",
                "-S",
                "+xv",
                "+B",
                "-od",
                got.toString(),
                "-k",
                "0008,0052=STUDY",
                "-k",
                "0020,000d=" + studyOf("MR1_J2KR.dcm"));
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(DcmtkPeers.dataset(received().getFirst()))
                .isEqualTo(kept(received().getFirst()));
    }

    @Test
    void aDestinationThatBreaksOffCostsOnlyWhatItBroke() throws IOException {
        store("-xe", "series/ct-3slice-01.dcm", "series/ct-3slice-02.dcm", "series/ct-3slice-03.dcm");
        // It takes an instance, and aborts before it answers.
        receive("READING1", port, "--abort-after");
        DcmtkPeers.Ended ended =
                move("CT1", "READING1", "0008,0052=STUDY", "0020,000d=" + studyOf("series/ct-3slice-01.dcm"));
        assertThat(ended.said()).containsIgnoringCase("0xa702");
        assertThat(ended.said()).containsPattern("Failed Suboperations\\s+: 3");
        assertThat(hub.run("echoscu", "CT1").code()).isZero();
    }

    @Test
    void aRetrievalIsCancelled() throws IOException {
        store("-xe", "series/ct-3slice-01.dcm", "series/ct-3slice-02.dcm", "series/ct-3slice-03.dcm");
        receive("READING1", port, "--sleep-during", "1");
        DcmtkPeers.Ended ended = hub.run(
                "movescu",
                "CT1",
                "-d",
                "-S",
                "-aem",
                "READING1",
                "--cancel",
                "1",
                "-k",
                "0008,0052=STUDY",
                "-k",
                "0020,000d=" + studyOf("series/ct-3slice-01.dcm"));
        assertThat(ended.said()).containsIgnoringCase("0xfe00");
        assertThat(received().size()).isLessThan(3);
    }
}
