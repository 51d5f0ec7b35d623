package org.countyhub.imaging.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.query.Level;
import org.countyhub.imaging.study.query.Matching;
import org.countyhub.imaging.study.query.Query;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {
    private static final String STUDY = "1.2.3.100";

    private final Bridge bridge = new Bridge();

    @AfterEach
    void close() {
        bridge.close();
    }

    private static Dataset.Builder image(String patient, String study, String series, String instance) {
        return Dataset.builder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .set(Tag.SOPClassUID, Vr.UI, "1.2.840.10008.5.1.4.1.1.7")
                .set(Tag.SOPInstanceUID, Vr.UI, instance)
                .set(Tag.StudyInstanceUID, Vr.UI, study)
                .set(Tag.SeriesInstanceUID, Vr.UI, series)
                .set(Tag.PatientID, Vr.LO, patient)
                .set(Tag.PatientName, Vr.PN, "Zhang^San=张^三")
                .set(Tag.Modality, Vr.CS, "OT");
    }

    private static Dataset first() {
        return image("P1", STUDY, "1.2.3.101", "1.2.3.102").build();
    }

    private static String place(Throwable refused) {
        return String.valueOf(
                ((ProblemException) refused).problem().faults().getFirst().expression());
    }

    @Test
    void everySampleIsKeptAsItCame() throws IOException {
        List<Path> samples;
        try (var files = Files.list(Samples.file("CT1_UNC.dcm").getParent())) {
            samples = files.filter(file -> file.toString().endsWith(".dcm"))
                    .sorted()
                    .toList();
        }
        assertThat(samples).hasSizeGreaterThanOrEqualTo(20);
        for (Path sample : samples) {
            StoreOutcome outcome = bridge.store(Bridge.HAIDU, sample);
            assertThat(outcome)
                    .as(sample.getFileName().toString())
                    .isInstanceOfAny(StoreOutcome.Added.class, StoreOutcome.Held.class);
        }
        Path sample = Samples.file("CT1_UNC.dcm");
        byte[] sent;
        Part10.FileMeta meta;
        try (InputStream in = Files.newInputStream(sample)) {
            meta = Part10.read(in);
            sent = in.readAllBytes();
        }
        Stored stored =
                bridge.studies.bySopInstanceUid(List.of(meta.sopInstanceUid())).getFirst();
        try (InputStream in = bridge.blobs.open(stored.blob(), 0, stored.size())) {
            assertThat(Part10.read(in)).isEqualTo(meta);
            assertThat(in.readAllBytes()).isEqualTo(sent);
        }
        try (InputStream in = bridge.blobs.open(stored.blob(), stored.datasetPosition(), 100)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOf(sent, 100));
        }
    }

    @Test
    void theSameBytesAgainAreNoNews() {
        assertThat(bridge.store(Bridge.HAIDU, first())).isInstanceOf(StoreOutcome.Added.class);
        assertThat(bridge.store(Bridge.HAIDU, first())).isInstanceOf(StoreOutcome.Known.class);

        assertThat(bridge.files()).isEqualTo(1);
        assertThat(bridge.studies.study(STUDY).orElseThrow().instances()).isEqualTo(1);
        assertThat(bridge.studies.study(STUDY).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void aPatientIdInACharacterSetThatNobodyDeclaresIsHeld() {
        Dataset named = first().toBuilder()
                .remove(Tag.SpecificCharacterSet)
                .set(new Element.Bytes(Tag.PatientID, Vr.LO, "体检01".getBytes(Charset.forName("GB18030"))))
                .set(new Element.Bytes(Tag.PatientName, Vr.PN, "张^三".getBytes(Charset.forName("GB18030"))))
                .build();

        assertThat(held(bridge.store(Bridge.XIAMEI, named))).isEqualTo(QuarantineReason.UNREADABLE_PATIENT_ID);
        assertThat(bridge.store(Bridge.HAIDU, named)).isInstanceOf(StoreOutcome.Added.class);
        assertThat(bridge.studies.study(STUDY).orElseThrow().patient().id()).isEqualTo("体检01");
    }

    @Test
    void otherBytesOfTheSameUidAreHeldAndTheFirstStays() {
        bridge.store(Bridge.HAIDU, first());
        Dataset other = first().toBuilder().set(Tag.InstanceNumber, Vr.IS, "7").build();

        assertThat(held(bridge.store(Bridge.HAIDU, other))).isEqualTo(QuarantineReason.OTHER_BYTES);
        assertThat(held(bridge.store(Bridge.HAIDU, other))).isEqualTo(QuarantineReason.OTHER_BYTES);

        assertThat(bridge.quarantine.count()).as("the same bytes are held once").isEqualTo(1);
        assertThat(bridge.files()).isEqualTo(2);
    }

    private static QuarantineReason held(StoreOutcome outcome) {
        return ((StoreOutcome.Held) outcome).reason();
    }

    @Test
    void equalPatientIdsOfTwoHospitalsAreTwoPatients() {
        bridge.store(Bridge.HAIDU, first());

        assertThat(held(bridge.store(
                        Bridge.XIAMEI,
                        image("P1", STUDY, "1.2.3.101", "1.2.3.103").build())))
                .isEqualTo(QuarantineReason.OTHER_PATIENT);
        assertThat(bridge.store(
                        Bridge.XIAMEI,
                        image("P1", "1.2.4", "1.2.4.1", "1.2.4.2").build()))
                .isInstanceOf(StoreOutcome.Added.class);
        assertThat(bridge.studies.study("1.2.4").orElseThrow().patient())
                .isEqualTo(new PatientKey("https://his.xiamei.example.org/patient", "P1"));
    }

    @Test
    void anIssuerThatTheHospitalMayNameIsTheIssuerAndAnyOtherIsHeld() {
        Dataset named =
                first().toBuilder().set(Tag.IssuerOfPatientID, Vr.LO, "COUNTY").build();
        Dataset unknown = image("P1", "1.2.5", "1.2.5.1", "1.2.5.2")
                .set(Tag.IssuerOfPatientID, Vr.LO, "WHO KNOWS")
                .build();

        bridge.store(Bridge.HAIDU, named);
        assertThat(bridge.studies.study(STUDY).orElseThrow().patient())
                .isEqualTo(new PatientKey("https://county.example.org/card", "P1"));
        assertThat(held(bridge.store(Bridge.HAIDU, unknown))).isEqualTo(QuarantineReason.UNKNOWN_ISSUER);
    }

    @Test
    void whatLacksItsPatientOrAUidIsHeld() {
        Dataset nobody = first().toBuilder().set(Tag.PatientID, Vr.LO, " ").build();
        Dataset nowhere = first().toBuilder().remove(Tag.SeriesInstanceUID).build();

        assertThat(held(bridge.store(Bridge.HAIDU, nobody))).isEqualTo(QuarantineReason.NO_PATIENT_ID);
        assertThat(held(bridge.store(Bridge.HAIDU, nowhere))).isEqualTo(QuarantineReason.MISSING_UID);
        assertThat(bridge.studies.study(STUDY)).isEmpty();
    }

    @Test
    void anotherBirthDateOrSexWithinAStudyIsHeld() {
        bridge.store(
                Bridge.HAIDU,
                first().toBuilder()
                        .set(Tag.PatientBirthDate, Vr.DA, "19700101")
                        .set(Tag.PatientSex, Vr.CS, "M")
                        .build());

        Dataset younger = image("P1", STUDY, "1.2.3.101", "1.2.3.103")
                .set(Tag.PatientBirthDate, Vr.DA, "19990101")
                .build();
        Dataset unsaid = image("P1", STUDY, "1.2.3.101", "1.2.3.104").build();
        assertThat(held(bridge.store(Bridge.HAIDU, younger))).isEqualTo(QuarantineReason.OTHER_DEMOGRAPHICS);
        assertThat(bridge.store(Bridge.HAIDU, unsaid)).isInstanceOf(StoreOutcome.Added.class);
    }

    @Test
    void aSeriesBelongsToOneStudy() {
        bridge.store(Bridge.HAIDU, first());

        assertThat(held(bridge.store(
                        Bridge.HAIDU,
                        image("P1", "1.2.9", "1.2.3.101", "1.2.9.1").build())))
                .isEqualTo(QuarantineReason.OTHER_STUDY);
    }

    @Test
    void aSenderThatSaysAnotherUidThanTheDataSetIsRefusedAndLeavesNothing() {
        Part10.FileMeta meta =
                new Part10.FileMeta(TransferSyntax.EXPLICIT_LITTLE_ENDIAN, "1.2.840.10008.5.1.4.1.1.7", "1.2.3.999");

        assertThatThrownBy(() ->
                        bridge.ingest.store(new Sender(Bridge.HAIDU, "TEST", "127.0.0.1"), meta, encoded(first())))
                .isInstanceOf(ProblemException.class)
                .satisfies(refused -> assertThat(place(refused)).startsWith("(0008,0018)"));
        assertThat(bridge.files()).isZero();
    }

    private static InputStream encoded(Dataset dataset) throws IOException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        org.countyhub.imaging.dicom.DatasetWriter.write(dataset, out, TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
        return new ByteArrayInputStream(out.toByteArray());
    }

    @Test
    void aUidThatIsNoneIsRefusedWithItsPlaceAndLeavesNothing() {
        for (String uid : List.of("../../etc/passwd", "1..2", "/1.2", "1".repeat(65))) {
            assertThatThrownBy(() -> bridge.store(
                            Bridge.HAIDU,
                            image("P1", uid, "1.2.3.101", "1.2.3.102").build()))
                    .as(uid)
                    .isInstanceOf(ProblemException.class)
                    .satisfies(refused -> assertThat(place(refused)).startsWith("(0020,000D)"));
        }
        assertThat(bridge.files()).isZero();
    }

    @Test
    void aPatientIdThatCanBeNoneIsRefusedWithItsPlaceAndLeavesNothing() {
        for (String id : List.of("P\0" + "1", "9".repeat(257))) {
            assertThatThrownBy(() -> bridge.store(
                            Bridge.HAIDU,
                            image(id, STUDY, "1.2.3.101", "1.2.3.102").build()))
                    .isInstanceOf(ProblemException.class)
                    .satisfies(refused -> assertThat(place(refused)).startsWith("(0010,0020)"));
        }
        assertThat(bridge.files()).isZero();
    }

    /** What repeats itself would be compressed in an index, and fit. */
    private static String noise(int seed) {
        return new java.util.Random(seed)
                .ints(3_000, 0x4E00, 0x9FFF)
                .mapToObj(Character::toString)
                .collect(java.util.stream.Collectors.joining());
    }

    @Test
    void textOfAnyLengthIsTaken() {
        Dataset wordy = image("9".repeat(256), STUDY, "1.2.3.101", "1.2.3.102")
                .set(Tag.PatientName, Vr.PN, noise(1) + "=" + noise(2))
                .set(Tag.AccessionNumber, Vr.SH, noise(3))
                .set(Tag.StudyID, Vr.SH, noise(4))
                .set(Tag.StudyDate, Vr.DA, noise(5))
                .set(Tag.ReferringPhysicianName, Vr.PN, noise(6))
                .set(Tag.Modality, Vr.CS, noise(7))
                .set(Tag.PatientBirthDate, Vr.DA, noise(8))
                .build();

        assertThat(bridge.store(Bridge.HAIDU, wordy)).isInstanceOf(StoreOutcome.Added.class);
    }

    @Test
    void aBrokenStreamLeavesNothing(@TempDir Path directory) throws IOException {
        byte[] whole = Files.readAllBytes(Samples.file("CT1_UNC.dcm"));
        Path half = directory.resolve("half.dcm");
        Files.write(half, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> bridge.store(Bridge.HAIDU, half))
                .isInstanceOf(ProblemException.class)
                .satisfies(refused -> assertThat(place(refused)).startsWith("(7FE0,0010)"));
        assertThat(bridge.files()).isZero();
    }

    @Test
    void manyAtOnceAreCountedRight() throws Exception {
        List<CompletableFuture<StoreOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Dataset one = image("P1", STUDY, "1.2.3." + (200 + i % 4), "1.2.3.1000." + i)
                    .build();
            outcomes.add(bridge.ingest.store(
                    new Sender(Bridge.HAIDU, "TEST", "127.0.0.1"),
                    new Part10.FileMeta(
                            TransferSyntax.EXPLICIT_LITTLE_ENDIAN,
                            "1.2.840.10008.5.1.4.1.1.7",
                            one.string(Tag.SOPInstanceUID, "")),
                    encoded(one)));
        }
        for (CompletableFuture<StoreOutcome> outcome : outcomes) {
            assertThat(outcome.get()).isInstanceOf(StoreOutcome.Added.class);
        }
        Study study = bridge.studies.study(STUDY).orElseThrow();
        assertThat(study.instances()).isEqualTo(400);
        assertThat(study.series()).hasSize(4).allMatch(series -> series.instances() == 100);
        List<Stored> all = new ArrayList<>();
        bridge.studies.instances(STUDY, Optional.empty(), all::add);
        assertThat(all).hasSize(400);
    }

    @Test
    void studiesAreFoundByNameDateAndPatient() {
        bridge.store(
                Bridge.HAIDU,
                first().toBuilder().set(Tag.StudyDate, Vr.DA, "20260401").build());
        bridge.store(
                Bridge.HAIDU,
                image("P2", "1.2.6", "1.2.6.1", "1.2.6.2")
                        .set(Tag.StudyDate, Vr.DA, "20250101")
                        .build());

        assertThat(found(new Matching.Wildcard(Tag.PatientName, "zhang*"))).containsExactly(STUDY, "1.2.6");
        assertThat(found(new Matching.Wildcard(Tag.PatientName, "张*"))).containsExactly(STUDY, "1.2.6");
        assertThat(found(new Matching.Fuzzy(Tag.PatientName, "san"))).containsExactly(STUDY, "1.2.6");
        assertThat(found(new Matching.Range(Tag.StudyDate, "20260101", null))).containsExactly(STUDY);
        assertThat(found(new Matching.Range(Tag.StudyDate, "20240101", "20241231")))
                .isEmpty();
        assertThat(found(new Matching.Patients(
                        Tag.PatientID, java.util.Set.of(new PatientKey(Bridge.HAIDU.patientSystem(), "P2")))))
                .containsExactly("1.2.6");
        assertThat(found(new Matching.Values(Tag.ModalitiesInStudy, List.of("CT"))))
                .isEmpty();
    }

    private List<String> found(Matching matching) {
        return bridge.queries.find(new Query(Level.STUDY, List.of(matching), 10, 0)).stream()
                .map(result -> result.attributes().string(Tag.StudyInstanceUID, ""))
                .toList();
    }

    @Test
    void whatIsHeldIsAcceptedUnderThePatientThatSomebodyNames() {
        bridge.store(Bridge.HAIDU, first().toBuilder().remove(Tag.PatientID).build());
        long id = bridge.quarantine.open(0, 10).getFirst().id();
        PatientKey patient = new PatientKey(Bridge.HAIDU.patientSystem(), "P9");

        bridge.quarantine.accept(id, patient, "steward");

        Study study = bridge.studies.study(STUDY).orElseThrow();
        assertThat(study.patient()).isEqualTo(patient);
        assertThat(study.attributes().string(Tag.PatientID)).isEqualTo("P9");
        Dataset found = bridge.queries
                .find(new Query(Level.IMAGE, List.of(), 10, 0))
                .getFirst()
                .attributes();
        assertThat(found.string(Tag.PatientID)).as("in its metadata").isEqualTo("P9");
        assertThat(found.items(Tag.OriginalAttributesSequence))
                .as("what was corrected")
                .hasSize(1);
        assertThat(bridge.quarantine.count()).isZero();
        assertThatThrownBy(() -> bridge.quarantine.accept(id, patient, "steward"))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aStrangeIssuerIsGoneFromWhatIsSaidOfWhatWasAccepted() {
        Dataset strange = first().toBuilder()
                .set(Tag.IssuerOfPatientID, Vr.LO, "WHO KNOWS")
                .set(Tag.IssuerOfPatientIDQualifiersSequence, List.of(universal("9.9.9")))
                .build();
        bridge.store(Bridge.HAIDU, strange);
        PatientKey patient = new PatientKey(Bridge.HAIDU.patientSystem(), "P1");
        bridge.quarantine.accept(bridge.quarantine.open(0, 10).getFirst().id(), patient, "steward");

        Dataset said = bridge.queries
                .find(new Query(Level.IMAGE, List.of(), 10, 0))
                .getFirst()
                .attributes();
        assertThat(said.string(Tag.PatientID)).isEqualTo("P1");
        assertThat(said.string(Tag.IssuerOfPatientID)).isEqualTo("HDHIS");
        assertThat(said.items(Tag.IssuerOfPatientIDQualifiersSequence))
                .extracting(item -> item.string(Tag.UniversalEntityID))
                .containsExactly(Bridge.HAIDU.patientSystem());
        assertThat(bridge.studies.bySopInstanceUid(List.of("1.2.3.102")).getFirst())
                .matches(Stored::patientCorrected);
    }

    private static Dataset universal(String entity) {
        return Dataset.builder()
                .set(Tag.UniversalEntityID, Vr.UT, entity)
                .set(Tag.UniversalEntityIDType, Vr.CS, "ISO")
                .build();
    }

    @Test
    void whatIsAcceptedUnderThePatientThatItNamesIsNotCorrected() {
        bridge.store(
                Bridge.HAIDU,
                first().toBuilder().set(Tag.PatientBirthDate, Vr.DA, "19700101").build());
        Dataset younger = image("P1", STUDY, "1.2.3.101", "1.2.3.103")
                .set(Tag.PatientBirthDate, Vr.DA, "19990101")
                .build();
        assertThat(held(bridge.store(Bridge.HAIDU, younger))).isEqualTo(QuarantineReason.OTHER_DEMOGRAPHICS);
        assertThat(bridge.studies.bySopInstanceUid(List.of("1.2.3.102")).getFirst())
                .matches(stored -> !stored.patientCorrected());
        Dataset unissued = image("P2", "1.2.8", "1.2.8.1", "1.2.8.2").build();
        bridge.store(
                Bridge.HAIDU,
                unissued.toBuilder()
                        .set(Tag.IssuerOfPatientID, Vr.LO, "WHO KNOWS")
                        .build());
        long id = bridge.quarantine.open(0, 10).getLast().id();
        bridge.quarantine.accept(id, new PatientKey(Bridge.HAIDU.patientSystem(), "P2"), "steward");
        assertThat(bridge.studies.bySopInstanceUid(List.of("1.2.8.2")).getFirst())
                .as("its issuer is another")
                .matches(Stored::patientCorrected);
    }

    @Test
    void issuersThatContradictEachOtherAreHeld() {
        Dataset two = first().toBuilder()
                .set(Tag.IssuerOfPatientID, Vr.LO, "HDHIS")
                .set(Tag.IssuerOfPatientIDQualifiersSequence, List.of(universal("https://county.example.org/card")))
                .build();
        assertThat(held(bridge.store(Bridge.HAIDU, two))).isEqualTo(QuarantineReason.UNKNOWN_ISSUER);
    }

    @Test
    void acceptingWhatStillContradictsChangesNothing() {
        bridge.store(Bridge.HAIDU, first());
        bridge.store(Bridge.XIAMEI, image("P1", STUDY, "1.2.3.101", "1.2.3.103").build());
        long id = bridge.quarantine.open(0, 10).getFirst().id();

        assertThatThrownBy(() ->
                        bridge.quarantine.accept(id, new PatientKey(Bridge.XIAMEI.patientSystem(), "P1"), "steward"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("OTHER_PATIENT");
        assertThat(bridge.quarantine.count()).isEqualTo(1);
        bridge.quarantine.discard(id, "steward");
        assertThat(bridge.files()).isEqualTo(1);
    }
}
