package org.countyhub.bench.county;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportsTest {
    private static final County COUNTY = County.of(1, 500);
    private static final IParser STRICT =
            FhirContext.forR4Cached().newJsonParser().setParserErrorHandler(new StrictErrorHandler());

    @ParameterizedTest
    @EnumSource(ReportKind.class)
    void everyKindIsR4AsAStrictParserReadsIt(ReportKind kind) {
        for (int i = 0; i < 40; i++) {
            ObjectNode bundle = Reports.of(COUNTY.order(i, kind));

            Bundle parsed = STRICT.parseResource(Bundle.class, bundle.toString());

            assertThat(parsed.getEntry()).hasSize(bundle.path("entry").size());
        }
    }

    @Test
    void theDirectoryAndThePatientsAreR4() {
        Bundle directory =
                STRICT.parseResource(Bundle.class, Directory.bundle(COUNTY).toString());
        Bundle patients = STRICT.parseResource(
                Bundle.class, Reports.patients(COUNTY.persons()).toString());

        assertThat(directory.getEntry()).hasSizeGreaterThan(150);
        assertThat(patients.getEntry()).hasSizeBetween(500, 1_500);
    }

    @Test
    void anOrderAlwaysGivesTheSameBundle() {
        assertThat(Reports.of(COUNTY.order(3)))
                .isEqualTo(Reports.of(County.of(1, 500).order(3)));
    }

    @Test
    void referencesPointIntoTheBundleOrToTheDirectory() {
        Set<String> directory = new HashSet<>();
        entries(Directory.bundle(COUNTY))
                .forEach(entry -> directory.add(entry.at("/request/url").asText()));

        bundles().forEach(bundle -> {
            Set<String> known = new HashSet<>(directory);
            entries(bundle).forEach(entry -> known.add(entry.path("fullUrl").asText()));
            assertThat(known).containsAll(bundle.findValuesAsText("reference"));
        });
        assertThat(directory).containsAll(Directory.bundle(COUNTY).findValuesAsText("reference"));
    }

    @Test
    void everyEntryIsAConditionalCreateByItsOwnIdentifier() {
        bundles().flatMap(ReportsTest::entries).forEach(entry -> {
            JsonNode identifier = entry.at("/resource/identifier/0");
            String token = identifier.path("system").asText() + "|"
                    + identifier.path("value").asText();
            assertThat(entry.at("/request/method").asText()).isEqualTo("POST");
            assertThat(entry.at("/request/ifNoneExist").asText()).isEqualTo("identifier=" + token);
            assertThat(token).doesNotContainAnyWhitespaces().doesNotContain("#", "%", "&", ",", "$", "\\");
        });
    }

    @Test
    void noTwoResourcesShareTheIdentifierTheyAreCreatedBy() {
        Map<String, JsonNode> sent = new HashMap<>();
        bundles().flatMap(ReportsTest::entries).forEach(entry -> {
            String key = entry.at("/request/url").asText() + "?"
                    + entry.at("/request/ifNoneExist").asText();
            JsonNode resource = entry.path("resource");
            JsonNode before = sent.putIfAbsent(key, resource);
            // A patient comes with every report, always the same.
            assertThat(before == null || before.equals(resource)).as(key).isTrue();
        });
    }

    @Test
    void aBiochemistryBundleHasSixteenResources() {
        ObjectNode bundle = Reports.laboratory(COUNTY.order(5, ReportKind.LABORATORY), Panel.BIOCHEMISTRY);

        Map<String, Integer> types = new TreeMap<>();
        entries(bundle)
                .forEach(entry -> types.merge(entry.at("/resource/resourceType").asText(), 1, Integer::sum));
        assertThat(types)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Patient", 1, "ServiceRequest", 1, "Specimen", 1, "Observation", 12, "DiagnosticReport", 1));
    }

    @Test
    void anImagingReportNamesItsStudyAndTheStudyCountsItsSeries() {
        for (int i = 0; i < 60; i++) {
            List<JsonNode> entries =
                    entries(Reports.of(COUNTY.order(i, ReportKind.IMAGING))).toList();
            JsonNode study = resource(entries, "ImagingStudy");
            JsonNode report = resource(entries, "DiagnosticReport");
            int images = 0;
            for (JsonNode series : study.path("series")) {
                images += series.path("numberOfInstances").asInt();
            }

            assertThat(study.path("numberOfInstances").asInt()).isEqualTo(images);
            assertThat(report.path("imagingStudy")).hasSize(1);
            assertThat(report.path("conclusion").asText()).doesNotContain("{").isNotEmpty();
            assertThat(entries.toString()).doesNotContain("mm×{", "约 {");
        }
    }

    @Test
    void aPathologyReportCodesItsDiagnosis() {
        for (int i = 0; i < 40; i++) {
            JsonNode report = resource(
                    entries(Reports.of(COUNTY.order(i, ReportKind.PATHOLOGY))).toList(), "DiagnosticReport");

            assertThat(report.at("/conclusionCode/0/coding/0/system").asText()).isEqualTo(Systems.ICD_10);
        }
    }

    @Test
    void aHospitalThatNamesTheOlderOidSendsTheAlias() {
        Person person = COUNTY.persons().stream()
                .filter(p -> p.registrations().stream().anyMatch(ReportsTest::aliased))
                .findFirst()
                .orElseThrow();

        assertThat(Reports.patients(List.of(person)).toString()).contains("urn:oid:2.16.840.1.113883.2.23.1.19.1");
    }

    private static boolean aliased(Registration registration) {
        return registration.hospital().namesOidAlias()
                && registration.cards().stream().anyMatch(card -> card.type() == CardType.RESIDENT_ID);
    }

    private static JsonNode resource(List<JsonNode> entries, String type) {
        return entries.stream()
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<ObjectNode> bundles() {
        return IntStream.range(0, 600).mapToObj(i -> Reports.of(COUNTY.order(i)));
    }

    private static Stream<JsonNode> entries(JsonNode bundle) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false);
    }
}
