package org.countyhub.imaging.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.imaging.dicom.CharacterSet;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.junit.jupiter.api.Test;

class CoercionTest {
    private static final Instant NOW = Instant.parse("2026-03-02T01:02:03Z");
    private static final Source EAST =
            new Source("east", null, "urn:oid:1.2.1", "urn:oid:1.2.9", Map.of("WEST HOSPITAL", "urn:oid:1.2.2"), null);
    private static final PatientKey WEST_PATIENT = new PatientKey("urn:oid:1.2.2", "0001");
    private static final PatientKey EAST_PATIENT = new PatientKey("urn:oid:1.2.1", "E77");
    private static final PatientKey CARD = new PatientKey("urn:oid:2.16.156.10011.1.3", "11010519491231002X");
    private static final Dataset HEADER = Dataset.builder()
            .set(Tag.PatientName, Vr.PN, "张^三")
            .set(Tag.PatientID, Vr.LO, "0001")
            .set(Tag.IssuerOfPatientID, Vr.LO, "LOCAL")
            .set(Tag.InstitutionName, Vr.LO, "西医院")
            .build();

    private static Dataset outgoing(Set<PatientKey> person) {
        return new Coercion("County hub").outgoing(HEADER, WEST_PATIENT, EAST, person, NOW);
    }

    private static List<String> ids(List<Dataset> items) {
        return items.stream().map(item -> item.string(Tag.PatientID, "")).toList();
    }

    @Test
    void whoAsksGetsTheNumberItKnows() {
        Dataset coerced = outgoing(Set.of(WEST_PATIENT, EAST_PATIENT, CARD));
        assertThat(coerced.string(Tag.PatientID)).isEqualTo("E77");
        assertThat(coerced.string(Tag.IssuerOfPatientID)).isEqualTo("urn:oid:1.2.1");
        Dataset qualifiers =
                coerced.items(Tag.IssuerOfPatientIDQualifiersSequence).getFirst();
        assertThat(qualifiers.string(Tag.UniversalEntityID)).isEqualTo("1.2.1");
        assertThat(qualifiers.string(Tag.UniversalEntityIDType)).isEqualTo("ISO");
        assertThat(coerced.string(Tag.PatientName)).isEqualTo("张^三");
    }

    @Test
    void theOtherNumbersAreToldWithTheirIssuers() {
        List<Dataset> others =
                outgoing(Set.of(WEST_PATIENT, EAST_PATIENT, CARD)).items(Tag.OtherPatientIDsSequence);
        assertThat(ids(others)).containsExactly("0001", "11010519491231002X");
        assertThat(others.getFirst().string(Tag.IssuerOfPatientID)).isEqualTo("WEST HOSPITAL");
        assertThat(others.getLast().string(Tag.IssuerOfPatientID)).isEqualTo("urn:oid:2.16.156.10011.1.3");
    }

    @Test
    void whatWasReplacedIsKept() {
        Dataset original = outgoing(Set.of(WEST_PATIENT, EAST_PATIENT))
                .items(Tag.OriginalAttributesSequence)
                .getFirst();
        assertThat(original.string(Tag.ModifyingSystem)).isEqualTo("County hub");
        assertThat(original.string(Tag.ReasonForTheAttributeModification)).isEqualTo("COERCE");
        assertThat(original.string(Tag.AttributeModificationDateTime)).isEqualTo("20260302010203+0000");
        assertThat(original.string(Tag.SourceOfPreviousValues)).isEqualTo("西医院");
        Dataset modified = original.items(Tag.ModifiedAttributesSequence).getFirst();
        assertThat(modified.string(Tag.PatientID)).isEqualTo("0001");
        assertThat(modified.string(Tag.IssuerOfPatientID)).isEqualTo("LOCAL");
        assertThat(modified.contains(Tag.OtherPatientIDsSequence)).isFalse();
    }

    @Test
    void earlierOriginalsAndOtherNumbersStay() {
        Dataset header = HEADER.toBuilder()
                .set(
                        Tag.OtherPatientIDsSequence,
                        List.of(Dataset.builder()
                                .set(Tag.PatientID, Vr.LO, "OLD")
                                .build()))
                .set(
                        Tag.OriginalAttributesSequence,
                        List.of(Dataset.builder()
                                .set(Tag.ModifyingSystem, Vr.LO, "PACS")
                                .build()))
                .build();
        Dataset coerced = new Coercion("County hub")
                .outgoing(header, WEST_PATIENT, EAST, Set.of(WEST_PATIENT, EAST_PATIENT), NOW);
        assertThat(ids(coerced.items(Tag.OtherPatientIDsSequence))).containsExactly("OLD", "0001");
        assertThat(coerced.items(Tag.OriginalAttributesSequence))
                .extracting(item -> item.string(Tag.ModifyingSystem))
                .containsExactly("PACS", "County hub");
    }

    @Test
    void aNumberThatWhoAsksDoesNotKnowSaysWhoseItIs() {
        Dataset coerced = outgoing(Set.of(WEST_PATIENT));
        assertThat(coerced.string(Tag.PatientID)).isEqualTo("0001");
        assertThat(coerced.string(Tag.IssuerOfPatientID)).isEqualTo("WEST HOSPITAL");
        assertThat(coerced.items(Tag.OtherPatientIDsSequence)).isEmpty();
    }

    @Test
    void whoKnowsThePatientUnderTwoNumbersIsGivenNeitherAsTheNumber() {
        Dataset coerced = outgoing(Set.of(WEST_PATIENT, EAST_PATIENT, new PatientKey("urn:oid:1.2.1", "E78")));
        assertThat(coerced.string(Tag.PatientID)).isEqualTo("0001");
        assertThat(ids(coerced.items(Tag.OtherPatientIDsSequence))).containsExactly("E77", "E78");
    }

    @Test
    void theHospitalItselfGetsWhatItSent() {
        Dataset sent = HEADER.toBuilder()
                .set(Tag.PatientID, Vr.LO, "E77")
                .remove(Tag.IssuerOfPatientID)
                .build();
        assertThat(new Coercion("County hub")
                        .outgoing(sent, EAST_PATIENT, EAST, Set.of(WEST_PATIENT, EAST_PATIENT), NOW))
                .isSameAs(sent);
    }

    @Test
    void theHospitalsOwnIssuerIsRightInAnyOfItsWords() {
        Source north = new Source("north", null, "urn:oid:1.2.1", "urn:oid:1.2.9", Map.of("N", "urn:oid:1.2.1"), null);
        for (String issuer : List.of("N", "urn:oid:1.2.1", "1.2.1")) {
            Dataset sent = HEADER.toBuilder()
                    .set(Tag.PatientID, Vr.LO, "E77")
                    .set(Tag.IssuerOfPatientID, Vr.LO, issuer)
                    .build();
            assertThat(new Coercion("County hub").outgoing(sent, EAST_PATIENT, north, Set.of(EAST_PATIENT), NOW))
                    .as(issuer)
                    .isSameAs(sent);
        }
    }

    @Test
    void aStrangeIssuerOfTheRightNumberIsCorrected() {
        Dataset named = HEADER.toBuilder().set(Tag.PatientID, Vr.LO, "E77").build();
        Dataset qualified = named.toBuilder()
                .remove(Tag.IssuerOfPatientID)
                .set(
                        Tag.IssuerOfPatientIDQualifiersSequence,
                        List.of(Dataset.builder()
                                .set(Tag.UniversalEntityID, Vr.UT, "1.2.2")
                                .set(Tag.UniversalEntityIDType, Vr.CS, "ISO")
                                .build()))
                .build();
        for (Dataset sent : List.of(named, qualified)) {
            Dataset coerced = new Coercion("County hub").outgoing(sent, EAST_PATIENT, EAST, Set.of(EAST_PATIENT), NOW);
            assertThat(coerced.string(Tag.PatientID)).isEqualTo("E77");
            assertThat(coerced.string(Tag.IssuerOfPatientID)).isEqualTo("urn:oid:1.2.1");
            assertThat(coerced.items(Tag.IssuerOfPatientIDQualifiersSequence))
                    .extracting(item -> item.string(Tag.UniversalEntityID))
                    .containsExactly("1.2.1");
        }
    }

    @Test
    void whatAStewardHasCorrectedGoesOutCorrectedToItsHospitalToo() {
        PatientKey second = new PatientKey("urn:oid:1.2.1", "E78");
        Dataset coerced =
                new Coercion("County hub").outgoing(HEADER, EAST_PATIENT, EAST, Set.of(EAST_PATIENT, second), NOW);
        assertThat(coerced.string(Tag.PatientID)).isEqualTo("E77");
        assertThat(ids(coerced.items(Tag.OtherPatientIDsSequence))).containsExactly("E78");
        assertThat(coerced.items(Tag.OriginalAttributesSequence)
                        .getFirst()
                        .items(Tag.ModifiedAttributesSequence)
                        .getFirst()
                        .string(Tag.PatientID))
                .isEqualTo("0001");
    }

    @Test
    void aNumberInChineseIsWrittenSoThatItCanBeRead() {
        Dataset latin = Dataset.builder(CharacterSet.DEFAULT)
                .set(Tag.PatientID, Vr.LO, "0001")
                .set(Tag.PatientName, Vr.PN, "M\u00fcller")
                .build();
        PatientKey chinese = new PatientKey("urn:oid:1.2.1", "门诊7");
        Dataset coerced =
                new Coercion("County hub").outgoing(latin, WEST_PATIENT, EAST, Set.of(WEST_PATIENT, chinese), NOW);
        assertThat(coerced.string(Tag.SpecificCharacterSet)).isEqualTo("ISO_IR 192");
        assertThat(coerced.string(Tag.PatientID)).isEqualTo("门诊7");
        assertThat(coerced.string(Tag.PatientName)).isEqualTo("M\u00fcller");
    }

    @Test
    void anIssuerThatIsTooLongForTheAttributeIsToldAsAUniversalEntityOnly() {
        PatientKey far = new PatientKey("https://example.org/" + "x".repeat(60), "F1");
        Dataset coerced = new Coercion("County hub").outgoing(HEADER, far, EAST, Set.of(far), NOW);
        assertThat(coerced.contains(Tag.IssuerOfPatientID)).isFalse();
        assertThat(coerced.items(Tag.IssuerOfPatientIDQualifiersSequence)
                        .getFirst()
                        .string(Tag.UniversalEntityID))
                .isEqualTo(far.system());
    }
}
