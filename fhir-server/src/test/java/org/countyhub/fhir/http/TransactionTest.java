package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 section 3.1.0.11.2, transaction. */
class TransactionTest {
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static ObjectNode done(Bundles bundle) {
        ObjectNode answer = Answers.json(hub.post("", bundle.toString()), 200);
        assertThat(answer.path("type").asText()).isEqualTo("transaction-response");
        return answer;
    }

    private static List<String> statuses(JsonNode answer) {
        return StreamSupport.stream(answer.path("entry").spliterator(), false)
                .map(entry -> entry.path("response").path("status").asText())
                .toList();
    }

    private static String patient(String id, String family) {
        return """
            {"resourceType":"Patient","id":"%s","name":[{"family":"%s"}]}\
            """.formatted(id, family);
    }

    @Test
    void answersInTheOrderOfTheEntries() {
        hub.put("/Patient/order-1", patient("order-1", "Old"));
        hub.put("/Patient/order-2", patient("order-2", "Old"));

        JsonNode answer = done(Bundles.transaction()
                .get("Patient/order-2")
                .put("Patient/order-2", patient("order-2", "New"))
                .post(patient("ignored", "Third"))
                .delete("Patient/order-1"));

        assertThat(statuses(answer)).containsExactly("200 OK", "200 OK", "201 Created", "204 No Content");
        assertThat(answer.at("/entry/1/response/location").asText()).endsWith("Patient/order-2/_history/2");
        assertThat(answer.at("/entry/1/response/etag").asText()).isEqualTo("W/\"2\"");
        assertThat(answer.at("/entry/1/response/lastModified").asText()).isNotEmpty();
    }

    /** Deletes come before creates, those before updates and patches, and reads see all of them. */
    @Test
    void readsSeeWhatTheSameTransactionWrote() {
        hub.put("/Patient/seen", patient("seen", "Before"));

        JsonNode answer = done(Bundles.transaction()
                .get("Patient/seen")
                .get("Patient?family=Sees")
                .put("Patient/seen", patient("seen", "After"))
                .post(patient("x", "Sees")));

        assertThat(answer.at("/entry/0/resource/name/0/family").asText()).isEqualTo("After");
        assertThat(answer.at("/entry/1/resource/total").asInt()).isEqualTo(1);
    }

    @Test
    void aFailingEntryLeavesNothingOfTheOthers() {
        RowCounts before = RowCounts.of(hub.database());

        var answer = hub.post(
                "",
                Bundles.transaction()
                        .post(patient("x", "Lost"))
                        .put("Patient/lost", patient("lost", "Lost"))
                        .delete("Patient?family=")
                        .toString());

        Answers.refused(answer, 400, "Bundle.entry[2]");
        assertThat(RowCounts.of(hub.database())).isEqualTo(before);
    }

    @Test
    void aFailingReadUndoesTheWrites() {
        RowCounts before = RowCounts.of(hub.database());

        var answer = hub.post(
                "",
                Bundles.transaction()
                        .post(patient("x", "Lost"))
                        .get("Patient/never-there")
                        .toString());

        Answers.refused(answer, 404, "Bundle.entry[1]");
        assertThat(RowCounts.of(hub.database())).isEqualTo(before);
    }

    @Test
    void aStaleVersionInOneEntryFailsAll() {
        hub.put("/Patient/stale", patient("stale", "One"));
        Bundles bundle = Bundles.transaction().post(patient("x", "StaleLost"));
        bundle.entry(null, Answers.json(patient("stale", "Two")), "PUT", "Patient/stale")
                .put("ifMatch", "W/\"7\"");

        Answers.refused(hub.post("", bundle.toString()), 412, "Bundle.entry[1]");
        assertThat(Answers.found(hub.get("/Patient?family=StaleLost"))).isEmpty();
    }

    @Test
    void twoWritesToOneResourceAreRefused() {
        hub.put("/Patient/twice", patient("twice", "Once"));

        for (Bundles bundle : List.of(
                Bundles.transaction()
                        .put("Patient/twice", patient("twice", "A"))
                        .put("Patient/twice", patient("twice", "B")),
                Bundles.transaction()
                        .put("Patient/twice", patient("twice", "A"))
                        .delete("Patient/twice"),
                Bundles.transaction()
                        .put("Patient/twice", patient("twice", "A"))
                        .put("Patient?family=Once", patient("twice", "B")),
                Bundles.transaction()
                        .post(null, patient("x", "A"), "family=Once")
                        .delete("Patient/twice"))) {
            Answers.refused(hub.post("", bundle.toString()), 400, "two entries");
        }
        assertThat(Answers.json(hub.get("/Patient/twice"), 200)
                        .at("/meta/versionId")
                        .asText())
                .isEqualTo("1");
    }

    /** Section 2.36.4: fullUrl is unique within a bundle (bdl-7), or references could mean either resource. */
    @Test
    void twoEntriesOfOneFullUrlAreRefused() {
        Bundles bundle = Bundles.transaction()
                .post("urn:uuid:8f2b8d3e-3e1c-4f6c-9d44-5d4ef3a1c001", patient("x", "A"), null)
                .post("urn:uuid:8f2b8d3e-3e1c-4f6c-9d44-5d4ef3a1c001", patient("x", "B"), null);

        Answers.refused(hub.post("", bundle.toString()), 400, "fullUrl");
    }

    @Test
    void patchesOfBothKindsAreEntries() {
        hub.put("/Patient/patched-1", patient("patched-1", "One"));
        hub.put("/Patient/patched-2", patient("patched-2", "Two"));
        String fhirPath = """
            {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
              {"name":"type","valueCode":"replace"},{"name":"path","valueString":"Patient.name[0].family"},
              {"name":"value","valueString":"Patched"}]}]}\
            """;
        // [{"op":"replace","path":"/name/0/family","value":"Patched"}]
        String json = """
            {"resourceType":"Binary","contentType":"application/json-patch+json","data":\
            "W3sib3AiOiJyZXBsYWNlIiwicGF0aCI6Ii9uYW1lLzAvZmFtaWx5IiwidmFsdWUiOiJQYXRjaGVkIn1d"}\
            """;

        JsonNode answer =
                done(Bundles.transaction().patch("Patient/patched-1", fhirPath).patch("Patient/patched-2", json));

        assertThat(statuses(answer)).containsExactly("200 OK", "200 OK");
        assertThat(Answers.found(hub.get("/Patient?family=Patched&_sort=_id")))
                .containsExactly("Patient/patched-1", "Patient/patched-2");
    }

    @Test
    void createsThatNameAnIdInTheAddressAreRefused() {
        Bundles bundle = Bundles.transaction();
        bundle.entry(null, Answers.json(patient("x", "Addressed")), "POST", "Patient/addressed");

        Answers.refused(hub.post("", bundle.toString()), 405, "Bundle.entry[0]");
        assertThat(Answers.found(hub.get("/Patient?family=Addressed"))).isEmpty();
    }

    @Test
    void entriesAnswerWithTheResourceWhenTheClientPrefersIt() {
        var answer = hub.post(
                "", Bundles.transaction().post(patient("x", "Shown")).toString(), "Prefer", "return=representation");

        assertThat(Answers.json(answer, 200)
                        .at("/entry/0/resource/name/0/family")
                        .asText())
                .isEqualTo("Shown");
    }

    @Test
    void otherBundlesAreRefused() {
        Answers.refused(hub.post("", "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}"), 400, "Bundle.type");
        Answers.refused(hub.post("", patient("x", "NoBundle")), 400, "Bundle");
    }

    @Test
    void anEmptyTransactionIsAnsweredWithAnEmptyOne() {
        assertThat(done(Bundles.transaction().delete("Patient/never-there")).path("entry"))
                .hasSize(1);
        JsonNode none = Answers.json(hub.post("", "{\"resourceType\":\"Bundle\",\"type\":\"transaction\"}"), 200);
        assertThat(none.has("entry")).isFalse();
    }
}
