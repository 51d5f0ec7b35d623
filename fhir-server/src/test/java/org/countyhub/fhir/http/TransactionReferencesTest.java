package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What entries of a transaction call each other, and where it leads (FHIR R4 section 3.1.0.11.2). */
class TransactionReferencesTest {
    private static final String PATIENT = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0";
    private static final String OBSERVATION = "urn:uuid:88f151c0-a954-468a-88bd-5ae15c08e059";

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String patient(String code) {
        return """
            {"resourceType":"Patient","identifier":[{"system":"urn:ref","value":"%s"}]}\
            """.formatted(code);
    }

    private static String observation(String more) {
        return """
            {"resourceType":"Observation","status":"final","code":{"text":"x"},%s}\
            """.formatted(more);
    }

    /** Posts a patient and an observation; gives the observation as it was stored. */
    private static ObjectNode storedWith(String more) {
        ObjectNode answer = Answers.json(
                hub.post(
                        "",
                        Bundles.transaction()
                                .post(OBSERVATION, observation(more), null)
                                .post(PATIENT, patient("any"), null)
                                .toString(),
                        "Prefer",
                        "return=representation"),
                200);
        return (ObjectNode) answer.at("/entry/0/resource");
    }

    private static void requirePatient(String reference) {
        assertThat(reference).startsWith("Patient/");
        assertThat(hub.get("/" + reference).statusCode()).isEqualTo(200);
    }

    @Test
    void referencesLeadToTheNewResourceWhateverTheOrderOfEntries() {
        ObjectNode stored = storedWith("\"subject\":{\"reference\":\"" + PATIENT + "\"}");

        requirePatient(stored.at("/subject/reference").asText());
    }

    @Test
    void referencesInExtensionsOfElementsAndOfPrimitivesAreRewritten() {
        ObjectNode stored = storedWith("""
            "extension":[{"url":"urn:x","valueReference":{"reference":"%s"}}],
            "_status":{"extension":[{"url":"urn:x","valueReference":{"reference":"%s"}}]}
            """.formatted(PATIENT, PATIENT));

        requirePatient(stored.at("/extension/0/valueReference/reference").asText());
        requirePatient(
                stored.at("/_status/extension/0/valueReference/reference").asText());
    }

    @Test
    void referencesInContainedResourcesAreRewritten() {
        ObjectNode stored = storedWith("""
            "contained":[{"resourceType":"Specimen","id":"s","subject":{"reference":"%s"}}],
            "specimen":{"reference":"#s"}\
            """.formatted(PATIENT));

        requirePatient(stored.at("/contained/0/subject/reference").asText());
        assertThat(stored.at("/specimen/reference").asText()).isEqualTo("#s");
    }

    @Test
    void linksAndImagesOfNarrativesAreRewritten() {
        ObjectNode stored = storedWith("""
            "text":{"status":"generated","div":"<div xmlns='http://www.w3.org/1999/xhtml'>\
            <a href='%s'>p</a><img src='%s' alt='x'/> %s</div>"}\
            """.formatted(PATIENT, PATIENT, PATIENT));

        String div = stored.at("/text/div").asText();
        assertThat(div).containsPattern("href='Patient/[^']+'").containsPattern("src='Patient/[^']+'");
        assertThat(div).as("plain text stays").contains(" " + PATIENT + "<");
    }

    @Test
    void urisAndCanonicalsThatNameAnEntryAreRewritten() {
        ObjectNode stored = storedWith("""
            "extension":[{"url":"urn:x","valueUri":"%s"},{"url":"urn:x","valueCanonical":"%s"},
              {"url":"urn:x","valueUri":"urn:uuid:11111111-1cbf-4d64-b04d-cd9187a4c6e0"}]\
            """.formatted(PATIENT, PATIENT));

        requirePatient(stored.at("/extension/0/valueUri").asText());
        requirePatient(stored.at("/extension/1/valueCanonical").asText());
        assertThat(stored.at("/extension/2/valueUri").asText())
                .as("names no entry")
                .isEqualTo("urn:uuid:11111111-1cbf-4d64-b04d-cd9187a4c6e0");
    }

    /** A uuid or an oid cannot be an address; what is stored must be valid, as it was when it was sent. */
    @Test
    void uuidsAndOidsThatNameAnEntryStayWhatTheyAre() {
        String oid = "urn:oid:1.2.840.99999.1";
        JsonNode answer = Answers.json(
                hub.post(
                        "",
                        Bundles.transaction()
                                .post(OBSERVATION, observation("""
                                    "extension":[{"url":"urn:x","valueUuid":"%s"},{"url":"urn:x","valueOid":"%s"},
                                      {"url":"urn:x","valueUrl":"%s"},{"url":"urn:x","valueUri":"%s"}]\
                                    """.formatted(PATIENT, oid, PATIENT, oid)), null)
                                .post(PATIENT, patient("any"), null)
                                .post(oid, patient("any"), null)
                                .toString(),
                        "Prefer",
                        "return=representation"),
                200);
        ObjectNode stored = (ObjectNode) answer.at("/entry/0/resource");

        assertThat(stored.at("/extension/0/valueUuid").asText()).isEqualTo(PATIENT);
        assertThat(stored.at("/extension/1/valueOid").asText()).isEqualTo(oid);
        requirePatient(stored.at("/extension/2/valueUrl").asText());
        requirePatient(stored.at("/extension/3/valueUri").asText());
        String address = "/Observation/" + stored.path("id").asText();
        assertThat(hub.put(address, stored.put("status", "amended").toString()).statusCode())
                .as("what was stored can be sent again")
                .isEqualTo(200);
    }

    @Test
    void entriesMayReferToEachOtherInACircle() {
        String a = "urn:uuid:aaaaaaaa-1cbf-4d64-b04d-cd9187a4c6e0";
        String b = "urn:uuid:bbbbbbbb-1cbf-4d64-b04d-cd9187a4c6e0";
        JsonNode answer = Answers.json(
                hub.post(
                        "",
                        Bundles.transaction()
                                .post(a, observation("\"hasMember\":[{\"reference\":\"" + b + "\"}]"), null)
                                .post(b, observation("\"derivedFrom\":[{\"reference\":\"" + a + "\"}]"), null)
                                .toString(),
                        "Prefer",
                        "return=representation"),
                200);

        assertThat(answer.at("/entry/0/resource/hasMember/0/reference").asText())
                .isEqualTo("Observation/" + answer.at("/entry/1/resource/id").asText());
        assertThat(answer.at("/entry/1/resource/derivedFrom/0/reference").asText())
                .isEqualTo("Observation/" + answer.at("/entry/0/resource/id").asText());
    }

    /** Section 2.36.4.1: a relative reference is resolved against the base of the referring entry's fullUrl. */
    @Test
    void relativeReferencesAreResolvedAgainstTheFullUrlOfTheirEntry() {
        String resource = observation("\"subject\":{\"reference\":\"Patient/77\"}");
        JsonNode answer = Answers.json(
                hub.post(
                        "",
                        Bundles.transaction()
                                .post("http://hospital.example/fhir/Observation/1", resource, null)
                                .post("http://hospital.example/fhir/Patient/77", patient("absolute"), null)
                                .toString(),
                        "Prefer",
                        "return=representation"),
                200);

        assertThat(answer.at("/entry/0/resource/subject/reference").asText())
                .isEqualTo("Patient/" + answer.at("/entry/1/resource/id").asText());
    }

    @Test
    void aReferenceThatNoEntryMeetsIsRefusedWithItsPlace() {
        var answer = hub.post(
                "",
                Bundles.transaction()
                        .post(observation("\"subject\":{\"reference\":\"" + PATIENT + "\"}"))
                        .toString());

        Answers.refused(answer, 422, "Bundle.entry[0].resource.subject.reference");
    }

    @Test
    void aReferenceToWhatDoesNotExistIsRefusedWithItsPlace() {
        var answer = hub.post(
                "",
                Bundles.transaction()
                        .post(observation("\"subject\":{\"reference\":\"Patient/never\"}"))
                        .toString());

        Answers.refused(answer, 422, "Bundle.entry[0].resource.subject.reference");
    }

    @Test
    void aReferenceToWhatTheSameTransactionDeletesIsRefused() {
        hub.put("/Patient/leaving", "{\"resourceType\":\"Patient\",\"id\":\"leaving\"}");

        var answer = hub.post(
                "",
                Bundles.transaction()
                        .delete("Patient/leaving")
                        .post(observation("\"subject\":{\"reference\":\"Patient/leaving\"}"))
                        .toString());

        Answers.refused(answer, 422, "Bundle.entry[1].resource.subject.reference");
        assertThat(hub.get("/Patient/leaving").statusCode()).isEqualTo(200);
    }

    @Test
    void conditionalReferencesLeadToTheirOneMatch() {
        String id = Answers.created(hub.post("/Patient", patient("conditional")));

        JsonNode answer = Answers.json(
                hub.post(
                        "",
                        Bundles.transaction()
                                .post(observation(
                                        "\"subject\":{\"reference\":\"Patient?identifier=urn:ref|conditional\"}"))
                                .toString(),
                        "Prefer",
                        "return=representation"),
                200);

        assertThat(answer.at("/entry/0/resource/subject/reference").asText()).isEqualTo("Patient/" + id);
    }

    @Test
    void conditionalReferencesInExtensionsAreRewritten() {
        String reference = "{\"reference\":\"Patient?identifier=urn:ref|extended\"}";
        String id = Answers.created(hub.post("/Patient", patient("extended")));

        ObjectNode stored = storedWith("""
            "extension":[{"url":"urn:x","extension":[{"url":"urn:y","valueReference":%s}]}],
            "_status":{"extension":[{"url":"urn:x","valueReference":%s}]}
            """.formatted(reference, reference));

        assertThat(stored.at("/extension/0/extension/0/valueReference/reference")
                        .asText())
                .isEqualTo("Patient/" + id);
        assertThat(stored.at("/_status/extension/0/valueReference/reference").asText())
                .isEqualTo("Patient/" + id);
    }

    @Test
    void conditionalReferencesInContainedResourcesAreRewritten() {
        String id = Answers.created(hub.post("/Patient", patient("contained")));

        ObjectNode stored = storedWith("""
            "contained":[{"resourceType":"Specimen","id":"s","subject":{"reference":"Patient?identifier=urn:ref|contained"},
              "extension":[{"url":"urn:x","valueReference":{"reference":"Patient?identifier=urn:ref|contained"}}]}],
            "specimen":{"reference":"#s"}\
            """);

        assertThat(stored.at("/contained/0/subject/reference").asText()).isEqualTo("Patient/" + id);
        assertThat(stored.at("/contained/0/extension/0/valueReference/reference")
                        .asText())
                .isEqualTo("Patient/" + id);
    }

    @Test
    void conditionalReferencesWithNoOrManyMatchesFailTheTransaction() {
        hub.post("/Patient", patient("many"));
        hub.post("/Patient", patient("many"));

        Answers.refused(
                hub.post(
                        "",
                        Bundles.transaction()
                                .post(observation("\"subject\":{\"reference\":\"Patient?identifier=urn:ref|many\"}"))
                                .toString()),
                412,
                "Bundle.entry[0].resource.subject");
        Answers.refused(
                hub.post(
                        "",
                        Bundles.transaction()
                                .post(observation("\"subject\":{\"reference\":\"Patient?identifier=urn:ref|none\"}"))
                                .toString()),
                422,
                "Bundle.entry[0].resource.subject");
    }

    /** Conditional references are resolved last, when the other entries have been processed. */
    @Test
    void conditionalReferencesMayMeanWhatAnEntryOfTheSameCriteriaMakes() {
        for (String code : new String[] {"made", "made", "put"}) {
            Bundles bundle = Bundles.transaction()
                    .post(observation("\"subject\":{\"reference\":\"Patient?identifier=urn:ref|" + code + "\"}"));
            if (code.equals("put")) {
                bundle.put("Patient?identifier=urn:ref|put", patient("put"));
            } else {
                bundle.post(null, patient("made"), "identifier=urn:ref|made");
            }
            JsonNode answer = Answers.json(hub.post("", bundle.toString(), "Prefer", "return=representation"), 200);

            assertThat(answer.at("/entry/0/resource/subject/reference").asText())
                    .isEqualTo("Patient/" + answer.at("/entry/1/resource/id").asText());
        }
    }

    /** A conditional create that finds its resource lends its fullUrl to what it found. */
    @Test
    void referencesToAConditionalCreateLeadToWhatItFound() {
        String id = Answers.created(hub.post("/Patient", patient("kept")));

        JsonNode answer = Answers.json(
                hub.post(
                        "",
                        Bundles.transaction()
                                .post(PATIENT, patient("kept"), "identifier=urn:ref|kept")
                                .post(observation("\"subject\":{\"reference\":\"" + PATIENT + "\"}"))
                                .toString(),
                        "Prefer",
                        "return=representation"),
                200);

        assertThat(answer.at("/entry/0/response/status").asText()).isEqualTo("200 OK");
        assertThat(answer.at("/entry/1/resource/subject/reference").asText()).isEqualTo("Patient/" + id);
    }
}
