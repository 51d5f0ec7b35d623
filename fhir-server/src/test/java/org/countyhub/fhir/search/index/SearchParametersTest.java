package org.countyhub.fhir.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.search.index.Extraction.DEFINITIONS;
import static org.countyhub.fhir.search.index.Extraction.PARAMETERS;
import static org.countyhub.fhir.search.index.Extraction.found;

import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchParametersTest {
    /** FHIR R4 section 3.1.1.4.1. */
    @Test
    void everyTypeHasTheParametersOfResource() {
        for (String type : DEFINITIONS.resourceTypes()) {
            assertThat(PARAMETERS.of(type))
                    .extracting(SearchParameter::code)
                    .contains("_id", "_lastUpdated", "_profile", "_security", "_source", "_tag");
        }
    }

    @Test
    void aCompositeKnowsItsComponentsInOrder() {
        assertThat(parameter("Observation", "code-value-quantity").components())
                .extracting(SearchParameter::toString)
                .containsExactly("Observation.code", "Observation.value-quantity");
    }

    @ParameterizedTest
    @CsvSource({
        "Observation, combo-code, code;component-code",
        "Observation, combo-value-quantity, component-value-quantity;value-quantity",
        "Observation, combo-code-value-quantity, code-value-quantity;component-code-value-quantity",
        "Observation, code, ''",
        "Observation, subject, ''",
        "Patient, phonetic, name",
        "Patient, name, ''",
        "Patient, telecom, ''",
        "Coverage, patient, beneficiary",
        "Bundle, message, ''"
    })
    void aParameterWhosePathsOthersCoverIsAnsweredByThose(String type, String code, String answeredBy) {
        assertThat(parameter(type, code).answeredBy())
                .extracting(SearchParameter::code)
                .containsExactlyInAnyOrder(answeredBy.isEmpty() ? new String[0] : answeredBy.split(";", -1));
    }

    @Test
    void aParameterThatOthersAnswerHasNoValuesOfItsOwn() {
        String observation = "{'resourceType':'Observation','code':{'coding':[{'code':'a'}]}}";

        assertThat(found("code", observation)).hasSize(1);
        assertThat(found("combo-code", observation)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Observation, patient",
        "Condition, patient",
        "AllergyIntolerance, patient",
        "Coverage, patient",
        "Task, patient",
        "AdverseEvent, subject",
        "AppointmentResponse, patient",
        "Account, ",
        "Appointment, ",
        "AuditEvent, ",
        "Group, ",
        "Patient, ",
        "Person, ",
        "Provenance, ",
        "Organization, "
    })
    void thePatientOfARecordIsKnownWhereItIsOnlyOne(String type, @Nullable String code) {
        SearchParameter patient = PARAMETERS.patientPath(type);

        assertThat(patient == null ? null : patient.code()).isEqualTo(code);
    }

    @Test
    void parametersAlongTheSamePathAsThePatientCoverIt() {
        assertThat(PARAMETERS.coversPatient(parameter("Observation", "subject")))
                .isTrue();
        assertThat(PARAMETERS.coversPatient(parameter("Observation", "patient")))
                .isTrue();
        assertThat(PARAMETERS.coversPatient(parameter("Coverage", "beneficiary")))
                .isTrue();
        assertThat(PARAMETERS.coversPatient(parameter("Coverage", "subscriber")))
                .isFalse();
        assertThat(PARAMETERS.coversPatient(parameter("Observation", "performer")))
                .isFalse();
        assertThat(PARAMETERS.coversPatient(parameter("Provenance", "target"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Observation, date",
        "DiagnosticReport, date",
        "ImagingStudy, started",
        "Specimen, collected",
        "Encounter, date",
        "Condition, recorded-date",
        "MedicationRequest, authoredon",
        "Procedure, date",
        "Immunization, date",
        "AllergyIntolerance, date",
        "DocumentReference, date",
        "ServiceRequest, authored",
        "Claim, created",
        "Account, period",
        "Slot, start",
        "Media, created",
        "Patient, ",
        "Organization, ",
        "Substance, "
    })
    void aRecordHasAClinicalDate(String type, @Nullable String code) {
        SearchParameter date = PARAMETERS.clinicalDate(type);

        assertThat(date == null ? null : date.code()).isEqualTo(code);
    }

    @Test
    void noClinicalDateHasMoreThanOneValueInARecord() {
        for (String type : DEFINITIONS.resourceTypes()) {
            SearchParameter date = PARAMETERS.clinicalDate(type);
            if (date != null && PARAMETERS.selection(date) instanceof Selection.Elements elements) {
                assertThat(elements.paths()).as(date.toString()).allMatch(CompiledPath::single);
            }
        }
    }

    /** Types of choice elements that a kind cannot compare; anything new here needs a rule or a reason. */
    @Test
    void typesThatAKindHasNoUseForAreTheseOnly() {
        Map<SearchType, Set<String>> unused = new TreeMap<>();
        DateConversion dates = new DateConversion(ZoneOffset.UTC);
        for (String type : DEFINITIONS.resourceTypes()) {
            for (SearchParameter parameter : PARAMETERS.of(type)) {
                if (PARAMETERS.selection(parameter) instanceof Selection.Elements elements) {
                    elements.paths().stream()
                            .filter(path -> Conversion.of(parameter.kind(), path.leaf(), null, dates) == null)
                            .forEach(path -> unused.computeIfAbsent(parameter.kind(), key -> new TreeSet<>())
                                    .add(path.leaf().name()));
                }
            }
        }
        assertThat(unused)
                .isEqualTo(Map.of(
                        SearchType.DATE, Set.of("Age", "Range", "string"),
                        SearchType.QUANTITY, Set.of("SampledData"),
                        SearchType.REFERENCE, Set.of("Attachment")));
    }

    private static SearchParameter parameter(String type, String code) {
        return Objects.requireNonNull(PARAMETERS.find(type, code));
    }
}
