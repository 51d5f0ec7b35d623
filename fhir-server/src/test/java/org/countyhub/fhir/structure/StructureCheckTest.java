package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.structure.Structures.accepted;
import static org.countyhub.fhir.structure.Structures.faults;
import static org.countyhub.fhir.structure.Structures.observation;
import static org.countyhub.fhir.structure.Structures.patient;
import static org.countyhub.fhir.structure.Structures.refused;

import org.countyhub.kernel.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructureCheckTest {
    @Test
    void aResourceNamesItsType() {
        assertThat(faults("{\"active\":true}")).containsExactly("required at Resource");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"Person2\"", "\"patient\"", "\"Resource\"", "\"DomainResource\"", "\"\"", "1", "null", "[]"})
    void anUnknownTypeIsRefused(String type) {
        assertThat(faults("{\"resourceType\":" + type + "}")).containsExactly("value at Resource");
    }

    @Test
    void aResourceMayBeEmpty() {
        accepted("{\"resourceType\":\"Patient\"}");
    }

    @Test
    void anUnknownElementIsRefusedWithItsPlace() {
        String component = "{\"code\":{\"text\":\"x\"}}";

        assertThat(faults(observation(
                        "\"component\":[" + component + "," + component + ",{\"code\":{\"text\":\"x\"},\"foo\":1}]")))
                .containsExactly("structure at Observation.component[2].foo");
    }

    @Test
    void aStrangeNameIsShownWithoutItsStrangeCharacters() {
        assertThat(faults(patient("\"a\\u0000<b>\":1"))).containsExactly("structure at Patient.a??b?");
    }

    @Test
    void onlyResourcesHaveAResourceType() {
        assertThat(faults(patient("\"name\":[{\"resourceType\":\"HumanName\"}]")))
                .containsExactly("structure at Patient.name[0].resourceType");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"active\":\"true\"; structure at Patient.active",
                "\"active\":1; structure at Patient.active",
                "\"active\":null; structure at Patient.active",
                "\"active\":[true]; structure at Patient.active",
                "\"active\":{\"value\":true}; structure at Patient.active",
                "\"multipleBirthInteger\":\"1\"; structure at Patient.multipleBirthInteger",
                "\"multipleBirthInteger\":1.0; value at Patient.multipleBirthInteger",
                "\"multipleBirthInteger\":3000000000; value at Patient.multipleBirthInteger",
                "\"birthDate\":19700101; structure at Patient.birthDate",
                "\"birthDate\":\"2025-02-30\"; value at Patient.birthDate",
                "\"birthDate\":\"\"; value at Patient.birthDate",
                "\"gender\":\"m\"; code-invalid at Patient.gender",
                "\"gender\":\"Male\"; code-invalid at Patient.gender",
                "\"name\":{\"family\":\"x\"}; structure at Patient.name",
                "\"name\":[]; structure at Patient.name",
                "\"name\":[{}]; structure at Patient.name[0]",
                "\"name\":[null]; structure at Patient.name[0]",
                "\"name\":[\"x\"]; structure at Patient.name[0]",
                "\"name\":[[{\"family\":\"x\"}]]; structure at Patient.name[0]",
                "\"name\":[{\"given\":\"x\"}]; structure at Patient.name[0].given",
                "\"name\":[{\"given\":[]}]; structure at Patient.name[0].given",
                "\"name\":[{\"given\":[\"a\",\"\"]}]; value at Patient.name[0].given[1]",
                "\"name\":[{\"given\":[\"a\",null]}]; structure at Patient.name[0].given[1]",
                "\"name\":[{\"family\":\"a\\u0000\"}]; value at Patient.name[0].family",
                "\"name\":[{\"family\":\"\\uD800\"}]; value at Patient.name[0].family",
                "\"maritalStatus\":[{\"text\":\"x\"}]; structure at Patient.maritalStatus",
                "\"maritalStatus\":\"M\"; structure at Patient.maritalStatus",
                "\"maritalStatus\":{}; structure at Patient.maritalStatus",
                "\"extension\":[{\"valueString\":\"x\"}]; required at Patient.extension[0].url",
            })
    void refuses(String properties, String fault) {
        assertThat(faults(patient(properties))).containsExactly(fault);
    }

    @Test
    void aTextBeyondOneMegabyteIsRefused() {
        assertThat(faults(patient("\"name\":[{\"family\":\"" + "x".repeat(1024 * 1024 + 1) + "\"}]")))
                .containsExactly("too-long at Patient.name[0].family");
    }

    @Test
    void aFewAllowedCodesAreNamed() {
        assertThat(refused(patient("\"gender\":\"m\"")))
                .extracting(Fault::diagnostics)
                .containsExactly("must be one of female, male, other, unknown");
    }

    @Test
    void whatIsRequiredMustBeThere() {
        assertThat(faults("{\"resourceType\":\"Observation\",\"id\":\"1\"}"))
                .containsExactly("required at Observation.status", "required at Observation.code");
    }

    @Test
    void aRequiredChoiceIsSatisfiedByAnyOfItsTypes() {
        String request = "{\"resourceType\":\"MedicationRequest\",\"status\":\"active\",\"intent\":\"order\","
                + "\"subject\":{\"display\":\"x\"}";

        accepted(request + ",\"medicationCodeableConcept\":{\"text\":\"x\"}}");
        accepted(request + ",\"medicationReference\":{\"display\":\"x\"}}");
        assertThat(faults(request + "}")).containsExactly("required at MedicationRequest.medication");
    }

    /** FHIR R4 section 2.6.2.3: an extension may stand in the place of a value. */
    @Test
    void anExtensionInPlaceOfARequiredValueSuffices() {
        accepted("{\"resourceType\":\"Observation\",\"code\":{\"text\":\"x\"},\"_status\":{\"extension\":[" + ABSENT
                + "]}}");
        assertThat(faults("{\"resourceType\":\"Observation\",\"code\":{\"text\":\"x\"},\"_status\":{\"id\":\"a\"}}"))
                .containsExactly("required at Observation.status");
    }

    @Test
    void aChoiceHasOneType() {
        assertThat(faults(observation("\"valueString\":\"x\",\"valueInteger\":1")))
                .containsExactly("structure at Observation.valueInteger");
        assertThat(faults(observation("\"valueString\":\"x\",\"_valueInteger\":{\"id\":\"1\"}")))
                .containsExactly("structure at Observation.valueInteger");
        accepted(observation("\"valueString\":\"x\",\"_valueString\":{\"id\":\"1\"},\"effectiveDateTime\":\"2020\""));
    }

    @Test
    void theBareNameOfAChoiceIsNoElement() {
        assertThat(faults(observation("\"value\":\"x\""))).containsExactly("structure at Observation.value");
    }

    @Test
    void onlyTheTypesOfAChoiceAreAllowed() {
        assertThat(faults(observation("\"valueMoney\":{\"value\":1}")))
                .containsExactly("structure at Observation.valueMoney");
    }

    @Test
    void atMostTwentyFaultsAreTold() {
        String names = "{\"foo\":1},".repeat(100);

        assertThat(faults(patient("\"name\":[" + names + "{}]"))).hasSize(20);
    }

    private static final String ABSENT =
            "{\"url\":\"http://hl7.org/fhir/StructureDefinition/data-absent-reason\",\"valueCode\":\"unknown\"}";
}
