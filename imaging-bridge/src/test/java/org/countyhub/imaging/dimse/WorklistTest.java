package org.countyhub.imaging.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WorklistTest {
    private static final String STEP = "(0040,0100)[0].";
    private Hub hub;
    private Path got;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        hub = new Hub(HubPeers.FILE, null);
        got = directory;
        hub.worklist.add(item("ZHANG^SAN=张^三", "A1", "CT", "CT1", "20261130", "083000"));
        hub.worklist.add(item("LI^SI=李^四", "A2", "CT", "CT1", "20261201", "090000"));
        hub.worklist.add(item("WANG^WU=王^五", "A3", "MR", "MR1", "20261130", "100000"));
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
    }

    static Dataset item(String name, String accession, String modality, String station, String date, String time) {
        return Dataset.builder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .set(Tag.PatientName, Vr.PN, name)
                .set(Tag.PatientID, Vr.LO, "P-" + accession)
                .set(Tag.AccessionNumber, Vr.SH, accession)
                .set(Tag.StudyInstanceUID, Vr.UI, "1.2.3")
                .set(
                        Tag.ScheduledProcedureStepSequence,
                        List.of(Dataset.builder()
                                .set(Tag.Modality, Vr.CS, modality)
                                .set(Tag.ScheduledStationAETitle, Vr.AE, station)
                                .set(Tag.ScheduledProcedureStepStartDate, Vr.DA, date)
                                .set(Tag.ScheduledProcedureStepStartTime, Vr.TM, time)
                                .build()))
                .build();
    }

    private List<Dataset> find(String... keys) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-W", "-X", "-od", got.toString()));
        for (String key : keys) {
            arguments.add("-k");
            arguments.add(key);
        }
        DcmtkPeers.Ended ended = hub.run("findscu", "CT1", arguments.toArray(String[]::new));
        assertThat(ended.code()).as(ended.said()).isZero();
        List<Dataset> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(got)) {
            for (Path file : files.sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    found.add(DatasetReader.read(in, Part10.read(in).transferSyntax(), DatasetReader.Limits.DEFAULT));
                }
                Files.delete(file);
            }
        }
        return found;
    }

    @Test
    void aModalityFindsWhatIsScheduledForItOnADay() throws IOException {
        List<Dataset> found = find(
                "AccessionNumber",
                "PatientName",
                "0010,0040",
                STEP + "ScheduledStationAETitle=CT1",
                STEP + "Modality=CT",
                STEP + "ScheduledProcedureStepStartDate=20261130",
                STEP + "ScheduledProcedureStepStartTime");
        assertThat(found).hasSize(1);
        Dataset item = found.getFirst();
        assertThat(item.string(Tag.AccessionNumber)).isEqualTo("A1");
        assertThat(item.string(Tag.PatientName)).isEqualTo("ZHANG^SAN=张^三");
        // Asked for, and not known.
        assertThat(item.contains(Tag.PatientSex)).isTrue();
        // Not asked for.
        assertThat(item.contains(Tag.StudyInstanceUID)).isFalse();
        assertThat(item.items(Tag.ScheduledProcedureStepSequence)
                        .getFirst()
                        .string(Tag.ScheduledProcedureStepStartTime))
                .isEqualTo("083000");
    }

    @Test
    void rangesWildcardsAndIdeographsAreMatched() throws IOException {
        assertThat(find("AccessionNumber", STEP + "ScheduledProcedureStepStartDate=20261130-20261201"))
                .hasSize(3);
        assertThat(find("AccessionNumber", STEP + "ScheduledProcedureStepStartDate=20261201-"))
                .hasSize(1);
        assertThat(find("AccessionNumber", "PatientName=li*")).hasSize(1);
        assertThat(find("0008,0005=ISO_IR 192", "AccessionNumber", "PatientName=*王*"))
                .hasSize(1);
        assertThat(find("PatientName", "AccessionNumber=A?")).hasSize(3);
        assertThat(find("PatientName", "AccessionNumber=A")).isEmpty();
    }

    @Test
    void anAnswerInGb18030IsGivenToWhoeverAsksInIt() throws IOException {
        Dataset item =
                find("0008,0005=GB18030", "AccessionNumber=A2", "PatientName").getFirst();
        assertThat(item.string(Tag.SpecificCharacterSet)).isEqualTo("GB18030");
        assertThat(item.string(Tag.PatientName)).isEqualTo("LI^SI=李^四");
    }

    @Test
    void whoeverMayNotAskIsTold() {
        assertThat(hub.run("findscu", "READING1", "-W", "-d", "-k", "AccessionNumber")
                        .said())
                .contains("0x0124");
    }
}
