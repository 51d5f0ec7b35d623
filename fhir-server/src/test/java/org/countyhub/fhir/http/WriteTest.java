package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 sections 3.1.0.4 (update) and 3.1.0.8 (create). */
class WriteTest {
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String patient(String id, String family) {
        return """
                {"resourceType":"Patient","id":"%s","name":[{"family":"%s"}]}""".formatted(id, family);
    }

    @Test
    void createGivesAnIdOfItsOwnAndSaysWhere() {
        var answer = hub.post("/Patient", patient("mine", "Create"));

        var stored = Answers.json(answer, 201);
        assertThat(stored.path("id").asText()).isNotEqualTo("mine").matches("[A-Za-z0-9.-]{1,64}");
        assertThat(stored.at("/meta/versionId").asText()).isEqualTo("1");
        assertThat(stored.at("/meta/lastUpdated").asText()).isNotEmpty();
        assertThat(Answers.header(answer, "Location"))
                .isEqualTo(hub.base() + "/Patient/" + stored.path("id").asText() + "/_history/1");
        assertThat(Answers.header(answer, "ETag")).isEqualTo("W/\"1\"");
        assertThat(Answers.header(answer, "Last-Modified")).isNotEmpty();
    }

    @Test
    void whatTheServerStampsIsNotTakenFromTheClientAndOtherMetaIs() {
        String sent = """
                {"resourceType":"Patient","meta":{"versionId":"77","lastUpdated":"2001-01-01T00:00:00Z",
                 "tag":[{"code":"kept"}]}}""";

        var stored = Answers.json(hub.post("/Patient", sent), 201);

        assertThat(stored.at("/meta/versionId").asText()).isEqualTo("1");
        assertThat(stored.at("/meta/lastUpdated").asText()).doesNotStartWith("2001");
        assertThat(stored.at("/meta/tag/0/code").asText()).isEqualTo("kept");
    }

    @Test
    void updateMakesANewVersion() {
        hub.put("/Patient/u", patient("u", "One"));
        var answer = hub.put("/Patient/u", patient("u", "Two"));

        assertThat(Answers.json(answer, 200).at("/meta/versionId").asText()).isEqualTo("2");
        assertThat(Answers.header(answer, "ETag")).isEqualTo("W/\"2\"");
        assertThat(Answers.header(answer, "Location")).endsWith("/Patient/u/_history/2");
    }

    /** Section 3.1.0.4.1, update as create. */
    @Test
    void updateOfWhatDoesNotExistCreatesIt() {
        var answer = hub.put("/Patient/as-create", patient("as-create", "New"));

        assertThat(Answers.json(answer, 201).path("id").asText()).isEqualTo("as-create");
        assertThat(hub.get("/Patient/as-create").statusCode()).isEqualTo(200);
    }

    @Test
    void updateWithTheSameContentKeepsTheVersion() {
        hub.put("/Patient/same", patient("same", "Same"));
        String read = hub.get("/Patient/same").body();

        assertThat(Answers.json(hub.put("/Patient/same", patient("same", "Same")), 200)
                        .at("/meta/versionId")
                        .asText())
                .isEqualTo("1");
        assertThat(Answers.json(hub.put("/Patient/same", read), 200)
                        .at("/meta/versionId")
                        .asText())
                .isEqualTo("1");
        assertThat(Answers.json(hub.get("/Patient/same/_history"), 200).path("entry"))
                .hasSize(1);
    }

    @Test
    void updateRequiresTheIdOfTheAddress() {
        Answers.refused(hub.put("/Patient/x", patient("y", "Y")), 400, "Patient.id");
        Answers.refused(hub.put("/Patient/x", "{\"resourceType\":\"Patient\"}"), 400, "Patient.id");
        assertThat(hub.get("/Patient/x").statusCode()).isEqualTo(404);
    }

    /** Section 3.1.0.5, managing contention. */
    @Test
    void anUpdateThatExpectsAnotherVersionIsRefused() {
        hub.put("/Patient/contended", patient("contended", "One"));

        assertThat(hub.put("/Patient/contended", patient("contended", "Two"), "If-Match", "W/\"1\"")
                        .statusCode())
                .isEqualTo(200);
        Answers.refused(
                hub.put("/Patient/contended", patient("contended", "Lost"), "If-Match", "W/\"1\""), 412, "version");
        Answers.refused(hub.put("/Patient/contended", patient("contended", "Lost"), "If-Match", "x"), 412, "x");
        Answers.refused(hub.put("/Patient/unborn", patient("unborn", "Lost"), "If-Match", "W/\"1\""), 412, "exist");
        assertThat(hub.get("/Patient/contended").body()).contains("Two");
        assertThat(hub.get("/Patient/unborn").statusCode()).isEqualTo(404);
    }

    @Test
    void decimalsKeepTheirPrecision() {
        String sent = """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},
                 "valueQuantity":{"value":1.20000000000000000010}}""";

        String id = Answers.created(hub.post("/Observation", sent));

        assertThat(hub.get("/Observation/" + id).body()).contains("1.20000000000000000010");
    }

    /** Section 3.1.0.1.8, Prefer. */
    @Test
    void theClientChoosesWhatAWriteAnswersWith() {
        var minimal = hub.post("/Patient", patient("x", "M"), "Prefer", "return=minimal");
        assertThat(minimal.statusCode()).isEqualTo(201);
        assertThat(minimal.body()).isEmpty();
        assertThat(Answers.header(minimal, "Location")).contains("/Patient/");

        var whole = hub.post("/Patient", patient("x", "R"), "Prefer", "return=representation");
        assertThat(Answers.json(whole, 201).path("resourceType").asText()).isEqualTo("Patient");

        var outcome = hub.post("/Patient", patient("x", "O"), "Prefer", "return=OperationOutcome; handling=strict");
        assertThat(Answers.json(outcome, 201).path("resourceType").asText()).isEqualTo("OperationOutcome");
        assertThat(outcome.body()).contains("information");

        assertThat(Answers.json(hub.post("/Patient", patient("x", "D"), "Prefer", "return=whatever"), 201)
                        .path("resourceType")
                        .asText())
                .isEqualTo("Patient");
    }

    @Test
    void aWriteWhoseAnswerCannotBeReadIsNotDone() {
        Answers.refused(hub.post("/Patient", patient("x", "Unread"), "Accept", "text/plain"), 406, "Accept");
        Answers.refused(hub.post("/Patient?_format=ttl", patient("x", "Unread")), 406, "_format");
        Answers.refused(hub.post("/Patient?_summary=some", patient("x", "Unread")), 400, "_summary");
        assertThat(Answers.found(hub.get("/Patient?family=Unread"))).isEmpty();
    }

    /** RFC 9110 section 13.1.2. */
    @Test
    void ifNoneMatchOfAnyWritesOnlyWhatIsNotThere() {
        assertThat(hub.put("/Patient/none-match", patient("none-match", "One"), "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(201);
        Answers.refusedAt(
                hub.put("/Patient/none-match", patient("none-match", "Two"), "If-None-Match", "*"),
                412,
                "If-None-Match");
        Answers.refusedAt(
                hub.put("/Patient/none-match", patient("none-match", "Two"), "If-None-Match", "W/\"1\""),
                412,
                "If-None-Match");
        hub.delete("/Patient/none-match");
        assertThat(hub.put("/Patient/none-match", patient("none-match", "Two"), "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(201);
    }

    /** RFC 9110 section 13.1.1. */
    @Test
    void ifMatchOfAnyWritesOnlyWhatIsThere() {
        Answers.refusedAt(hub.put("/Patient/match", patient("match", "One"), "If-Match", "*"), 412, "If-Match");
        Answers.refusedAt(hub.delete("/Patient/match", "If-Match", "*"), 412, "If-Match");
        hub.put("/Patient/match", patient("match", "One"));
        assertThat(hub.put("/Patient/match", patient("match", "Two"), "If-Match", "*")
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.put("/Patient/match", patient("match", "Three"), "If-Match", "W/\"7\", W/\"2\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.delete("/Patient/match", "If-Match", "*").statusCode()).isEqualTo(204);
        Answers.refusedAt(hub.put("/Patient/match", patient("match", "Four"), "If-Match", "*"), 412, "If-Match");
    }

    /** RFC 7240 section 2: a value may be quoted. */
    @Test
    void preferencesMayBeQuotedAndInSeveralFields() {
        assertThat(hub.post("/Patient", patient("x", "Q"), "Prefer", "return=\"minimal\"")
                        .body())
                .isEmpty();
        assertThat(hub.post("/Patient", patient("x", "Q"), "Prefer", "respond-async, Return = \"OperationOutcome\"")
                        .body())
                .contains("OperationOutcome");
        assertThat(hub.post(
                                "/Patient?nothing=1",
                                patient("x", "Q"),
                                "Prefer",
                                "handling=lenient",
                                "Prefer",
                                "return=minimal")
                        .statusCode())
                .isEqualTo(201);
        assertThat(hub.post("/Patient", patient("x", "Q"), "Prefer", "xreturn=minimal")
                        .body())
                .contains("Patient");
    }
}
