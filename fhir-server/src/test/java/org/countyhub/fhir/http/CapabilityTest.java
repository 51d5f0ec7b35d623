package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.countyhub.fhir.HubServer;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.index.SearchParameters;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.fhir.transaction.WritePolicy;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FHIR R4 section 3.1.0.10: the statement says what the server does, no more and no less. */
class CapabilityTest {
    private static final int MAX_MILLIS = 20;

    private static TestHub hub;
    private static JsonNode rest;

    private final Definitions definitions = new Definitions(FhirContext.forR4Cached());
    private final SearchParameters parameters = new SearchParameters(FhirContext.forR4Cached(), definitions);

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        rest = Answers.json(hub.get("/metadata"), 200).at("/rest/0");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void isACapabilityStatementOfR4() {
        CapabilityStatement statement = FhirContext.forR4Cached()
                .newJsonParser()
                .setParserErrorHandler(new StrictErrorHandler())
                .parseResource(CapabilityStatement.class, hub.get("/metadata").body());

        assertThat(statement.getFhirVersion().toCode()).isEqualTo("4.0.1");
        assertThat(statement.getImplementation().getUrl()).isEqualTo(hub.base());
        assertThat(statement.getRestFirstRep().getResource())
                .hasSize(definitions.resourceTypes().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/fhir+json", "application/fhir+xml"})
    void isServedInTwentyMilliseconds(String format) {
        for (int i = 0; i < 50; i++) {
            hub.get("/metadata", "Accept", format);
        }
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            long start = System.nanoTime();
            hub.get("/metadata", "Accept", format);
            nanos.add(System.nanoTime() - start);
        }
        nanos.sort(null);

        assertThat(nanos.get(10) / 1_000_000).isLessThan(MAX_MILLIS);
    }

    @Test
    void isTheSameInXml() {
        CapabilityStatement json = FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(CapabilityStatement.class, hub.get("/metadata").body());
        CapabilityStatement xml = FhirContext.forR4Cached()
                .newXmlParser()
                .parseResource(
                        CapabilityStatement.class,
                        hub.get("/metadata?_format=xml").body());

        assertThat(xml.equalsDeep(json)).isTrue();
        assertThat(xml.getImplementation().getUrl()).isEqualTo(hub.base());
    }

    private static JsonNode patient(TestHub hub) {
        for (JsonNode resource : Answers.json(hub.get("/metadata"), 200).at("/rest/0/resource")) {
            if (resource.path("type").asText().equals("Patient")) {
                return resource;
            }
        }
        throw new AssertionError("no Patient");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    @Test
    void saysHowResourcesAreChanged() {
        assertThat(texts(Answers.json(hub.get("/metadata"), 200).path("patchFormat")))
                .containsExactlyInAnyOrder(
                        "application/json-patch+json", "application/fhir+json", "application/fhir+xml");
        JsonNode patient = patient(hub);
        assertThat(patient.path("versioning").asText())
                .as("an update without If-Match is taken")
                .isEqualTo("versioned");
        assertThat(patient.path("readHistory").asBoolean()).isTrue();
        assertThat(patient.path("updateCreate").asBoolean()).isTrue();
        assertThat(patient.path("conditionalCreate").asBoolean()).isTrue();
        assertThat(patient.path("conditionalRead").asText()).isEqualTo("full-support");
        assertThat(patient.path("conditionalUpdate").asBoolean()).isTrue();
        assertThat(patient.path("conditionalDelete").asText()).isEqualTo("single");
        assertThat(texts(patient.path("referencePolicy"))).containsExactly("literal", "logical", "enforced");
    }

    @Test
    void saysWhatThePolicyLetsPass() {
        WritePolicy all = new WritePolicy(true, true, true);
        WritePolicy deletes = new WritePolicy(false, true, false);
        for (WritePolicy policy : List.of(all, deletes)) {
            try (TestHub other = TestHub.start(policy, Clock.systemUTC(), HubServer.Limits.DEFAULT)) {
                JsonNode patient = patient(other);
                assertThat(texts(patient.path("referencePolicy")))
                        .as("references may come to lead nowhere")
                        .containsExactly("literal", "logical");
                assertThat(patient.path("conditionalDelete").asText())
                        .isEqualTo(policy.multipleDeletes() ? "multiple" : "single");
            }
        }
    }

    /** One request names many parameters: if one of them were not known, the answer would name it. */
    @Test
    void everyParameterListedIsAccepted() {
        for (JsonNode resource : rest.path("resource")) {
            String type = resource.path("type").asText();
            List<String> conditions = new ArrayList<>();
            for (JsonNode listed : resource.path("searchParam")) {
                conditions.add(listed.path("name").asText() + "="
                        + value(
                                listed.path("name").asText(),
                                listed.path("type").asText()));
            }
            for (int from = 0; from < conditions.size(); from += 8) {
                String query = String.join("&", conditions.subList(from, Math.min(from + 8, conditions.size())));
                var answer = hub.get("/" + type + "?" + query);
                assertThat(answer.statusCode())
                        .as(type + "?" + query + " " + answer.body())
                        .isEqualTo(200);
            }
        }
    }

    private static String value(String name, String type) {
        return switch (type) {
            case "date" -> "2020";
            case "reference" -> "http://x.example/1";
            case "uri" -> "urn:x";
            default -> name.equals("_id") ? "x" : "value";
        };
    }

    @Test
    void everyParameterThatIsNotListedIsRefusedByName() {
        Map<String, TreeSet<String>> listed = new HashMap<>();
        for (JsonNode resource : rest.path("resource")) {
            TreeSet<String> names = listed.computeIfAbsent(resource.path("type").asText(), key -> new TreeSet<>());
            resource.path("searchParam")
                    .forEach(parameter -> names.add(parameter.path("name").asText()));
        }
        int refused = 0;
        for (String type : definitions.resourceTypes()) {
            for (SearchParameter parameter : parameters.of(type)) {
                if (!listed.getOrDefault(type, new TreeSet<>()).contains(parameter.code())) {
                    Answers.refused(hub.get("/" + type + "?" + parameter.code() + "=1"), 400, parameter.code());
                    refused++;
                }
            }
        }
        assertThat(refused).as("quantities, numbers, composites").isGreaterThan(20);
    }

    @Test
    void everyIncludeListedIsAccepted() {
        for (String type : List.of("Patient", "Observation", "DiagnosticReport", "Bundle", "Provenance")) {
            for (JsonNode resource : rest.path("resource")) {
                if (resource.path("type").asText().equals(type)) {
                    accepted(type, "_include", resource.path("searchInclude"));
                    accepted(type, "_revinclude", resource.path("searchRevInclude"));
                }
            }
        }
    }

    private static void accepted(String type, String name, JsonNode includes) {
        List<String> all = new ArrayList<>();
        includes.forEach(include -> all.add(name + "=" + include.asText()));
        for (int from = 0; from < all.size(); from += 40) {
            String query = String.join("&", all.subList(from, Math.min(from + 40, all.size())));
            assertThat(hub.get("/" + type + "?" + query).statusCode())
                    .as(type + "?" + query)
                    .isEqualTo(200);
        }
    }

    @Test
    void theInteractionsListedAreThoseThatAreThere() {
        JsonNode patient = null;
        for (JsonNode resource : rest.path("resource")) {
            patient = resource.path("type").asText().equals("Patient") ? resource : patient;
        }

        assertThat(patient).isNotNull();
        assertThat(patient.findValuesAsText("code"))
                .containsExactlyInAnyOrder(
                        "read",
                        "vread",
                        "update",
                        "patch",
                        "delete",
                        "history-instance",
                        "history-type",
                        "create",
                        "search-type");
        assertThat(patient.path("conditionalDelete").asText()).isEqualTo("single");
        assertThat(rest.path("interaction").findValuesAsText("code"))
                .containsExactlyInAnyOrder("transaction", "batch", "history-system");
    }
}
