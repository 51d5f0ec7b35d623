package org.countyhub.imaging.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.imaging.study.lifecycle.Lifecycle.Decision;
import org.countyhub.kernel.FreePorts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose instances say they are when they are moved and got, and which are not there. */
@Timeout(120)
class OutgoingPatientTest {
    private static final String STUDY = "1.2.3.100";

    private final int port = FreePorts.next();
    private Hub hub;
    private Path got;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        got = directory;
        hub = new Hub(HubPeers.file(port, ""), null);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    private static Dataset.Builder image() {
        return Dataset.builder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .set(Tag.SOPClassUID, Vr.UI, "1.2.840.10008.5.1.4.1.1.7")
                .set(Tag.SOPInstanceUID, Vr.UI, "1.2.3.102")
                .set(Tag.StudyInstanceUID, Vr.UI, STUDY)
                .set(Tag.SeriesInstanceUID, Vr.UI, "1.2.3.101")
                .set(Tag.PatientID, Vr.LO, "P1")
                .set(Tag.PatientName, Vr.PN, "Zhang^San=张^三")
                .set(Tag.Modality, Vr.CS, "OT");
    }

    private DcmtkPeers.Ended get(String level, String... keys) {
        Stream<String> arguments =
                Stream.of("-S", "+B", "-od", got.toString(), "-k", "0008,0052=" + level, "-k", "0020,000d=" + STUDY);
        return hub.run(
                "getscu",
                "READING1",
                Stream.concat(arguments, Stream.of(keys).flatMap(key -> Stream.of("-k", key)))
                        .toArray(String[]::new));
    }

    private DcmtkPeers.Ended move() {
        DcmtkPeers.Running receiver = DcmtkPeers.storescp(got, "READING1", port);
        try {
            return hub.run(
                    "movescu", "CT1", "-S", "-aem", "READING1", "-k", "0008,0052=STUDY", "-k", "0020,000d=" + STUDY);
        } finally {
            receiver.close();
        }
    }

    private List<Path> received() throws IOException {
        try (Stream<Path> files = Files.list(got)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** The one that was received, which is gone then. */
    private Dataset received(DcmtkPeers.Ended ended) throws IOException {
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(received()).as(ended.said()).hasSize(1);
        Path file = received().getFirst();
        Dataset dataset = DatasetReader.read(
                new ByteArrayInputStream(DcmtkPeers.dataset(file)),
                TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                DatasetReader.Limits.DEFAULT);
        Files.delete(file);
        return dataset;
    }

    @Test
    void aPatientThatWasCorrectedIsSaidToItsOwnHospitalToo() throws IOException {
        Dataset strange = image().set(Tag.PatientID, Vr.LO, "WRONG")
                .set(Tag.IssuerOfPatientID, Vr.LO, "WHO KNOWS")
                .build();
        assertThat(hub.keep("haidu", strange)).isInstanceOf(StoreOutcome.Held.class);
        hub.quarantine.accept(
                hub.quarantine.open(0, 10).getFirst().id(),
                new PatientKey("https://his.haidu.example.org/patient", "RIGHT"),
                "steward");
        assertCorrected(received(get("STUDY")));
        assertCorrected(received(move()));
    }

    private static void assertCorrected(Dataset dataset) {
        assertThat(dataset.string(Tag.PatientID)).isEqualTo("RIGHT");
        assertThat(dataset.string(Tag.IssuerOfPatientID)).isEqualTo("https://his.haidu.example.org/patient");
        assertThat(dataset.items(Tag.OriginalAttributesSequence)
                        .getFirst()
                        .items(Tag.ModifiedAttributesSequence)
                        .getFirst()
                        .string(Tag.PatientID))
                .isEqualTo("WRONG");
    }

    @Test
    void aStudyInErrorIsNotThereUntilItIsReinstated() throws IOException {
        assertThat(hub.keep("haidu", image().build())).isInstanceOf(StoreOutcome.Added.class);
        hub.decisions.decide(STUDY, Decision.ENTERED_IN_ERROR, "steward", "wrong patient");
        get("STUDY");
        get("SERIES", "0020,000e=1.2.3.101");
        get("IMAGE", "0020,000e=1.2.3.101", "0008,0018=1.2.3.102");
        move();
        assertThat(received()).isEmpty();
        hub.decisions.decide(STUDY, Decision.REINSTATE, "steward", "right after all");
        assertThat(received(get("IMAGE", "0020,000e=1.2.3.101", "0008,0018=1.2.3.102"))
                        .string(Tag.PatientID))
                .isEqualTo("P1");
    }
}
