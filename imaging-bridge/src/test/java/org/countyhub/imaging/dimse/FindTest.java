package org.countyhub.imaging.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.PatientKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FindTest {
    private static Hub hub;

    @BeforeAll
    static void start() throws IOException {
        hub = new Hub(HubPeers.FILE, null);
        List<String> files = new ArrayList<>(List.of("-xe"));
        for (String name : List.of(
                "CT1_UNC.dcm",
                "MR1_UNC.dcm",
                "charset/gb18030.dcm",
                "series/ct-3slice-01.dcm",
                "series/ct-3slice-02.dcm",
                "series/ct-3slice-03.dcm")) {
            files.add(Samples.file(name).toString());
        }
        DcmtkPeers.Ended ended = hub.run("storescu", "CT1", files.toArray(String[]::new));
        assertThat(ended.code()).as(ended.said()).isZero();
    }

    @AfterAll
    static void stop() throws IOException {
        hub.close();
    }

    private static List<Dataset> find(String... arguments) throws IOException {
        return findAs("CT1", arguments);
    }

    /** What findscu gets for such keys. */
    private static List<Dataset> findAs(String aeTitle, String... arguments) throws IOException {
        Path directory = Files.createTempDirectory("found");
        try {
            List<String> all = new ArrayList<>(List.of("-X", "-od", directory.toString()));
            for (String argument : arguments) {
                if (!argument.startsWith("-")) {
                    all.add("-k");
                }
                all.add(argument);
            }
            DcmtkPeers.Ended ended = hub.run("findscu", aeTitle, all.toArray(String[]::new));
            assertThat(ended.code()).as(ended.said()).isZero();
            List<Dataset> found = new ArrayList<>();
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.sorted().toList()) {
                    found.add(read(file));
                    Files.delete(file);
                }
            }
            return found;
        } finally {
            Files.delete(directory);
        }
    }

    private static Dataset read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Part10.FileMeta meta = Part10.read(in);
            return DatasetReader.read(in, meta.transferSyntax(), DatasetReader.Limits.DEFAULT);
        }
    }

    private static String studyOf(String sample) throws IOException {
        return read(Samples.file(sample)).string(Tag.StudyInstanceUID, "");
    }

    @Test
    void allStudiesAreFoundByAnEmptyQuery() throws IOException {
        List<Dataset> studies = find("-S", "0008,0052=STUDY", "StudyInstanceUID", "PatientName", "StudyID");
        assertThat(studies).hasSize((int) hub.count("select count(*) from study"));
        assertThat(studies).allSatisfy(study -> {
            assertThat(study.string(Tag.QueryRetrieveLevel)).isEqualTo("STUDY");
            assertThat(study.string(Tag.RetrieveAETitle)).isEqualTo("COUNTYHUB");
            assertThat(study.string(Tag.StudyInstanceUID)).isNotNull();
            assertThat(study.contains(Tag.StudyID)).isTrue();
            assertThat(study.contains(Tag.StudyDescription)).isFalse();
        });
    }

    @Test
    void eachLevelIsFoundByTheKeysAbove() throws IOException {
        String study = studyOf("series/ct-3slice-01.dcm");
        List<Dataset> series =
                find("-S", "0008,0052=SERIES", "0020,000d=" + study, "SeriesInstanceUID", "Modality", "0020,1209");
        assertThat(series).hasSize(1);
        assertThat(series.getFirst().integer(Tag.NumberOfSeriesRelatedInstances, 0))
                .isEqualTo(3);
        String uid = series.getFirst().string(Tag.SeriesInstanceUID);
        List<Dataset> images = find(
                "-S",
                "0008,0052=IMAGE",
                "0020,000d=" + study,
                "0020,000e=" + uid,
                "SOPInstanceUID",
                "InstanceNumber",
                "Rows");
        assertThat(images).hasSize(3);
        assertThat(images).allSatisfy(image -> assertThat(image.contains(Tag.SOPInstanceUID))
                .isTrue());
        List<Dataset> patients = find("-P", "0008,0052=PATIENT", "PatientID", "PatientName");
        assertThat(patients).hasSize((int) hub.count("select count(distinct (patient_system, patient_id)) from study"));
    }

    @Test
    void wildcardsAndRangesAreMatched() throws IOException {
        Dataset ct = read(Samples.file("CT1_UNC.dcm"));
        String name = ct.string(Tag.PatientName, "");
        String date = ct.string(Tag.StudyDate, "");
        assertThat(find("-S", "0008,0052=STUDY", "0010,0010=" + name.substring(0, 4) + "*", "StudyInstanceUID"))
                .extracting(study -> study.string(Tag.StudyInstanceUID))
                .contains(ct.string(Tag.StudyInstanceUID));
        assertThat(find("-S", "0008,0052=STUDY", "0010,0010=NOBODY*", "StudyInstanceUID"))
                .isEmpty();
        assertThat(find("-S", "0008,0052=STUDY", "0008,0020=" + date + "-" + date, "StudyInstanceUID"))
                .isNotEmpty();
        assertThat(find("-S", "0008,0052=STUDY", "0008,0020=-19000101", "StudyInstanceUID"))
                .isEmpty();
        assertThat(find("-S", "0008,0052=STUDY", "0008,0061=MR", "StudyInstanceUID"))
                .extracting(study -> study.string(Tag.StudyInstanceUID))
                .contains(studyOf("MR1_UNC.dcm"))
                .doesNotContain(studyOf("series/ct-3slice-01.dcm"));
    }

    @Test
    void namesComeInTheCharactersOfTheQuestionOrInUnicode() throws IOException {
        String study = studyOf("charset/gb18030.dcm");
        Dataset unicode = find("-S", "0008,0052=STUDY", "0020,000d=" + study, "PatientName")
                .getFirst();
        assertThat(unicode.string(Tag.SpecificCharacterSet)).isEqualTo("ISO_IR 192");
        Dataset chinese = find("-S", "0008,0052=STUDY", "0008,0005=GB18030", "0020,000d=" + study, "PatientName")
                .getFirst();
        assertThat(chinese.string(Tag.SpecificCharacterSet)).isEqualTo("GB18030");
        assertThat(chinese.string(Tag.PatientName))
                .isEqualTo(unicode.string(Tag.PatientName))
                .isEqualTo(read(Samples.file("charset/gb18030.dcm")).string(Tag.PatientName))
                .matches(".*\\p{IsHan}.*");
        Dataset latin = find("-S", "0008,0052=STUDY", "0020,000d=" + studyOf("CT1_UNC.dcm"), "PatientName")
                .getFirst();
        assertThat(latin.contains(Tag.SpecificCharacterSet)).isFalse();
    }

    @Test
    void anotherHospitalIsToldWhoseAStudyIsInItsOwnWords() throws IOException {
        Dataset ct = read(Samples.file("CT1_UNC.dcm"));
        PatientKey owner = new PatientKey("https://his.haidu.example.org/patient", ct.string(Tag.PatientID, ""));
        String study = ct.string(Tag.StudyInstanceUID);
        Dataset foreign = findAs("READING2", "-S", "0008,0052=STUDY", "0020,000d=" + study, "PatientID")
                .getFirst();
        assertThat(foreign.string(Tag.PatientID)).isEqualTo(owner.id());
        assertThat(foreign.string(Tag.IssuerOfPatientID)).isEqualTo("HDHIS");
        PatientKey there = new PatientKey("https://his.chengguan.example.org/patient", "C-77");
        hub.persons.put(owner, Set.of(owner, there));
        hub.persons.put(there, Set.of(owner, there));
        Dataset known = findAs("READING2", "-S", "0008,0052=STUDY", "0010,0020=C-77", "StudyInstanceUID")
                .getFirst();
        assertThat(known.string(Tag.StudyInstanceUID)).isEqualTo(study);
        assertThat(known.string(Tag.PatientID)).isEqualTo("C-77");
        // Their number is nobody's at the hospital that the study is from.
        assertThat(findAs("CT1", "-S", "0008,0052=STUDY", "0010,0020=C-77", "StudyInstanceUID"))
                .isEmpty();
        hub.persons.clear();
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        assertThat(hub.run("findscu", "CT1", "-S", "-d", "-k", "0008,0052=PATIENT", "-k", "PatientID")
                        .said())
                .containsIgnoringCase("0xa900");
        assertThat(hub.run("findscu", "CT1", "-S", "-d", "-k", "0008,0052=NONE").said())
                .containsIgnoringCase("0xa900");
        assertThat(hub.run("findscu", "CT1", "-S", "-d", "-k", "0008,0052=STUDY", "-k", "0008,0020=yesterday")
                        .said())
                .containsIgnoringCase("0xa900");
    }

    @Test
    void aQueryIsCancelled() {
        DcmtkPeers.Ended ended =
                hub.run("findscu", "CT1", "-S", "-d", "--cancel", "1", "-k", "0008,0052=IMAGE", "-k", "SOPInstanceUID");
        // It may have ended before the cancellation came.
        assertThat(ended.said()).containsAnyOf("0xfe00", "0x0000");
    }
}
