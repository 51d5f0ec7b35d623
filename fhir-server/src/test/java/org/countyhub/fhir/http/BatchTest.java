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

        String[] expected = {"200", "404", "200", "400", "201", "400", "204", "404", "200", "200", "200", "400", "400"};
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

    /** R4 section 2.24.0.1: an instant may be a leap second. */
    @Test
    void aConditionMayBeALeapSecond() {
        Bundles bundle = Bundles.batch();
        bundle.entry(null, null, "GET", "Patient/p").put("ifModifiedSince", "2016-12-31T23:59:60Z");
        bundle.entry(null, null, "GET", "Patient/p").put("ifModifiedSince", "9999-12-31T23:59:60.5+14:00");

        JsonNode answer = done(bundle);

        assertThat(status(answer, 0)).isEqualTo("200");
        assertThat(status(answer, 1)).isEqualTo("304");
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

    /** Section 3.1.0.11.1: what is wrong with one entry is no fault of the others. */
    @Test
    void anEntryThatIsNotR4FailsByItself() {
        JsonNode answer = Answers.json(hub.post("", """
            {"resourceType":"Bundle","type":"batch","entry":[
             {"resource":{"resourceType":"Patient","name":[{"family":"Fine"},{"family":1}]},"request":{"method":"POST","url":"Patient"}},
             {"request":{"method":"FETCH","url":"Patient/p"}},
             {"request":{"method":"GET","url":""}},
             {"request":{"method":"GET"}},
             {"request":{"method":"GET","url":"Patient/p"},"nothing":1},
             {"resource":{"resourceType":"Nothing"},"request":{"method":"POST","url":"Patient"}},
             {"request":{"method":"GET","url":"Patient/p","ifModifiedSince":"yesterday"}},
             7,
             {"request":{"method":"POST","url":"Patient"}},
             {"resource":{"resourceType":"Patient","name":[{"family":"BesideBroken"}]},"request":{"method":"POST","url":"Patient"}}]}\
            """), 200);

        String[] places = {
            "Bundle.entry[0].resource.name[1].family",
            "Bundle.entry[1].request.method",
            "Bundle.entry[2].request.url",
            "Bundle.entry[3].request.url",
            "Bundle.entry[4].nothing",
            "Bundle.entry[5].resource",
            "Bundle.entry[6].request.ifModifiedSince",
            "Bundle.entry[7]",
            "Bundle.entry[8]"
        };
        for (int i = 0; i < places.length; i++) {
            JsonNode response = answer.path("entry").path(i).path("response");
            assertThat(response.path("status").asText()).as(places[i]).isEqualTo("400 Bad Request");
            assertThat(response.at("/outcome/issue/0/expression/0").asText()).isEqualTo(places[i]);
        }
        assertThat(status(answer, 9)).isEqualTo("201");
        assertThat(Answers.found(hub.get("/Patient?family=BesideBroken"))).hasSize(1);
        assertThat(Answers.found(hub.get("/Patient?family=Fine"))).isEmpty();
    }

    @Test
    void whatIsWrongWithTheBundleItselfFailsAll() {
        String entry = "{\"resource\":{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"InBroken\"}]},"
                + "\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}";
        Answers.refusedAt(
                hub.post(
                        "", "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"nothing\":1,\"entry\":[" + entry + "]}"),
                400,
                "Bundle.nothing");
        Answers.refusedAt(
                hub.post(
                        "",
                        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"total\":\"x\",\"entry\":[" + entry + "]}"),
                400,
                "Bundle.total");
        Answers.refusedAt(
                hub.post("", "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":" + entry + "}"),
                400,
                "Bundle.entry");
        Answers.refusedAt(
                hub.post("", "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[]}"), 400, "Bundle.entry");
        assertThat(Answers.found(hub.get("/Patient?family=InBroken"))).isEmpty();
    }

    @Test
    void faultsAreAtTheirPlaceInTheBundle() {
        Bundles bundle = Bundles.batch()
                .put("Patient/p", "{\"resourceType\":\"Patient\",\"id\":\"other\"}")
                .put(
                        "Patient/p",
                        "{\"resourceType\":\"Observation\",\"id\":\"p\",\"status\":\"final\",\"code\":{\"text\":\"x\"}}")
                .post("""
                    {"resourceType":"Observation","status":"final","code":{"text":"x"},"performer":[{"reference":"Patient/never"}]}""")
                .post(null, "{\"resourceType\":\"Patient\"}", "nothing=1")
                .delete("Patient?nothing=1");
        bundle.entry(null, Answers.json("{\"resourceType\":\"Patient\",\"id\":\"p\"}"), "PUT", "Patient/p")
                .put("ifMatch", "W/\"9\"");

        JsonNode answer = done(bundle);

        String[] places = {
            "Bundle.entry[0].resource.id",
            "Bundle.entry[1].resource",
            "Bundle.entry[2].resource.performer[0].reference",
            "Bundle.entry[3].request.ifNoneExist",
            "Bundle.entry[4].request.url",
            "Bundle.entry[5].request.ifMatch"
        };
        for (int i = 0; i < places.length; i++) {
            assertThat(answer.path("entry")
                            .path(i)
                            .at("/response/outcome/issue/0/expression/0")
                            .asText())
                    .isEqualTo(places[i]);
        }
    }
}
