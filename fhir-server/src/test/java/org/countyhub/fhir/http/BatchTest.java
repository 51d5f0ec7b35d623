package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 section 3.1.0.11.1, batch. */
class BatchTest {
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        hub.put("/Patient/p", "{\"resourceType\":\"Patient\",\"id\":\"p\",\"active\":true}");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static JsonNode done(Bundles bundle) {
        JsonNode answer = Answers.json(hub.post("", bundle.toString()), 200);
        assertThat(answer.path("type").asText()).isEqualTo("batch-response");
        return answer;
    }

    private static String status(JsonNode answer, int entry) {
        return answer.path("entry").path(entry).at("/response/status").asText().substring(0, 3);
    }

    @Test
    void eachEntryStandsForItself() {
        Bundles bundle = Bundles.batch()
                .get("Patient/p")
                .get("Patient/never")
                .get("Patient?active=true")
                .get("Patient?nothing=1")
                .post("{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Batched\"}]}")
                .put("Patient/a_b", "{\"resourceType\":\"Patient\"}")
                .delete("Patient/gone")
                .get("Nothing/1")
                .get("Patient/p/_history/1")
                .get("Patient/_history?_count=1")
                .get("metadata")
                .get("Patient/%zz")
                .get("/");

        JsonNode answer = done(bundle);

        String[] expected = {"200", "404", "200", "400", "201", "400", "204", "404", "200", "200", "200", "400", "405"};
        for (int i = 0; i < expected.length; i++) {
            assertThat(status(answer, i)).as("entry " + i).isEqualTo(expected[i]);
        }
        assertThat(answer.at("/entry/0/resource/id").asText()).isEqualTo("p");
        assertThat(answer.at("/entry/1/response/outcome/resourceType").asText()).isEqualTo("OperationOutcome");
        assertThat(answer.at("/entry/2/resource/type").asText()).isEqualTo("searchset");
        assertThat(Answers.found(hub.get("/Patient?family=Batched"))).hasSize(1);
    }

    @Test
    void anEntryMayBeConditional() {
        Bundles bundle = Bundles.batch();
        bundle.entry(null, null, "GET", "Patient/p").put("ifNoneMatch", "W/\"1\"");
        bundle.entry(null, Answers.json("{\"resourceType\":\"Patient\",\"id\":\"p\"}"), "PUT", "Patient/p")
                .put("ifMatch", "W/\"9\"");
        bundle.entry(null, Answers.json("{\"resourceType\":\"Patient\"}"), "POST", "Patient")
                .put("ifNoneExist", "active=true&_id=p");

        JsonNode answer = done(bundle);

        assertThat(status(answer, 0)).isEqualTo("304");
        assertThat(status(answer, 1)).isEqualTo("412");
        assertThat(status(answer, 2)).isEqualTo("200");
    }

    @Test
    void anEntryWithoutRequestFailsByItself() {
        JsonNode answer = Answers.json(hub.post("", """
            {"resourceType":"Bundle","type":"batch","entry":[
             {"resource":{"resourceType":"Patient"}},
             {"request":{"method":"GET","url":"Patient/p"}}]}\
            """), 200);

        assertThat(status(answer, 0)).isEqualTo("400");
        assertThat(answer.at("/entry/0/response/outcome").toString()).contains("Bundle.entry[0].request");
        assertThat(status(answer, 1)).isEqualTo("200");
    }

    @Test
    void addressesMayBeginWithASlashOrTheServersOwn() {
        JsonNode answer = done(
                Bundles.batch().get("/Patient/p").get(hub.base() + "/Patient/p").get(hub.base() + "x/Patient/p"));

        assertThat(status(answer, 0)).isEqualTo("200");
        assertThat(status(answer, 1)).isEqualTo("200");
        assertThat(status(answer, 2)).isEqualTo("404");
    }

    /** Section 3.1.0.11.1: entries of a batch do not depend on each other. */
    @Test
    void entriesDoNotReferToEachOther() {
        JsonNode answer = done(Bundles.batch()
                .post("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "{\"resourceType\":\"Patient\"}", null)
                .post("""
                    {"resourceType":"Observation","status":"final","code":{"text":"x"},
                     "subject":{"reference":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"}}\
                    """));

        assertThat(status(answer, 0)).isEqualTo("201");
        assertThat(status(answer, 1)).isEqualTo("422");
    }
}
