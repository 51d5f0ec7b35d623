package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 sections 3.1.0.8.1 (conditional create), 3.1.0.4.3 (conditional update) and 3.1.0.6 (conditional patch). */
class ConditionalTest {
    private static final String PATCH = "[{\"op\":\"add\",\"path\":\"/active\",\"value\":true}]";

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        hub.post("/Patient", patient("", "two"));
        hub.post("/Patient", patient("", "two"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String patient(String id, String code) {
        return """
                {"resourceType":"Patient",%s"identifier":[{"system":"urn:c","value":"%s"}]}""".formatted(id.isEmpty() ? "" : "\"id\":\"" + id + "\",", code);
    }

    @Test
    void aCreateThatFindsItsResourceCreatesNothing() {
        var first = hub.post("/Patient", patient("", "one"), "If-None-Exist", "identifier=urn:c|one");
        var second = hub.post("/Patient", patient("", "one"), "If-None-Exist", "identifier=urn:c|one");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(Answers.header(second, "Location")).isEqualTo(Answers.header(first, "Location"));
        assertThat(Answers.json(second, 200).path("id"))
                .isEqualTo(Answers.json(first, 201).path("id"));
        assertThat(Answers.found(hub.get("/Patient?identifier=urn:c|one"))).hasSize(1);
    }

    @Test
    void aCreateWhoseCriteriaFindManyIsRefused() {
        Answers.refused(
                hub.post("/Patient", patient("", "two"), "If-None-Exist", "identifier=urn:c|two"),
                412,
                "more than one");
        Answers.refused(
                hub.post("/Patient", patient("", "x"), "If-None-Exist", "identifier=urn:c|two,urn:c|x"),
                412,
                "more than one");
    }

    @Test
    void criteriaMayComeWithTheAddressOfTheSearch() {
        String id = Answers.created(hub.post("/Patient", patient("", "address")));

        for (String criteria : new String[] {
            "?identifier=urn:c|address",
            "Patient?identifier=urn:c|address",
            hub.base() + "/Patient?identifier=urn:c%7Caddress"
        }) {
            var answer = hub.post("/Patient", patient("", "address"), "If-None-Exist", criteria);
            assertThat(Answers.json(answer, 200).path("id").asText()).isEqualTo(id);
        }
        Answers.refused(
                hub.post("/Patient", patient("", "x"), "If-None-Exist", "Person?identifier=urn:c|x"), 400, "Person");
    }

    @Test
    void criteriaThatAreNoneAreRefused() {
        Answers.refused(hub.post("/Patient", patient("", "x"), "If-None-Exist", "nothing=1"), 400, "nothing");
        Answers.refused(hub.post("/Patient", patient("", "x"), "If-None-Exist", "_count=1"), 400, "criteria");
        Answers.refused(hub.post("/Patient", patient("", "x"), "If-None-Exist", "identifier=%zz"), 400, "percent");
        for (String parameter : new String[] {
            "_include",
            "_revinclude",
            "_sort",
            "_total",
            "_count",
            "_elements",
            "_summary",
            "_cursor",
            "_include:iterate"
        }) {
            Answers.refusedAt(
                    hub.post("/Patient", patient("", "x"), "If-None-Exist", "identifier=urn:c|x&" + parameter + "=x"),
                    400,
                    parameter);
        }
        Answers.refusedAt(hub.put("/Patient?identifier=urn:c|x&_sort=_id", patient("", "x")), 400, "_sort");
        Answers.refusedAt(hub.delete("/Patient?identifier=urn:c|x&_include=Patient:link"), 400, "_include");
        assertThat(Answers.found(hub.get("/Patient?identifier=urn:c|x"))).isEmpty();
    }

    @Test
    void anUpdateMayAskForPartOfTheAnswer() {
        var answer = hub.put("/Patient?identifier=urn:c|part&_elements=active&_pretty=true", patient("", "part"));

        assertThat(Answers.json(answer, 201).has("identifier")).isFalse();
        assertThat(Answers.json(answer, 201).has("id")).isTrue();
    }

    @Test
    void anUpdateChangesTheOneMatch() {
        String id = Answers.created(hub.post("/Patient", patient("", "update")));

        var answer = hub.put("/Patient?identifier=urn:c|update", """
                {"resourceType":"Patient","identifier":[{"system":"urn:c","value":"update"}],"active":true}""");

        assertThat(Answers.json(answer, 200).path("id").asText()).isEqualTo(id);
        assertThat(Answers.json(hub.get("/Patient/" + id), 200).path("active").asBoolean())
                .isTrue();
    }

    @Test
    void anUpdateThatFindsNothingCreates() {
        assertThat(Answers.created(hub.put("/Patient?identifier=urn:c|fresh", patient("", "fresh"))))
                .isNotEmpty();
        assertThat(Answers.created(hub.put("/Patient?identifier=urn:c|named", patient("named", "named"))))
                .isEqualTo("named");
    }

    @Test
    void anUpdateWithAnotherIdThanTheMatchIsRefused() {
        hub.post("/Patient", patient("", "other-id"));

        Answers.refused(hub.put("/Patient?identifier=urn:c|other-id", patient("mine", "other-id")), 400, "Patient.id");
    }

    @Test
    void anUpdateOrPatchOfManyIsRefused() {
        Answers.refused(hub.put("/Patient?identifier=urn:c|two", patient("", "two")), 412, "more than one");
        Answers.refused(
                hub.send(
                        "PATCH", "/Patient?identifier=urn:c|two", PATCH, "Content-Type", "application/json-patch+json"),
                412,
                "more than one");
    }

    @Test
    void aPatchChangesTheOneMatchAndNeedsOne() {
        String id = Answers.created(hub.post("/Patient", patient("", "patch")));

        var answer = hub.send(
                "PATCH", "/Patient?identifier=urn:c|patch", PATCH, "Content-Type", "application/json-patch+json");

        assertThat(Answers.json(answer, 200).path("id").asText()).isEqualTo(id);
        assertThat(Answers.json(answer, 200).path("active").asBoolean()).isTrue();
        Answers.refused(
                hub.send(
                        "PATCH",
                        "/Patient?identifier=urn:c|none",
                        PATCH,
                        "Content-Type",
                        "application/json-patch+json"),
                404,
                "criteria");
    }

    @Test
    void criteriaMaySayMoreThanAnIdentifier() {
        hub.put("/Patient/crit", """
                {"resourceType":"Patient","id":"crit","name":[{"family":"Criteria"}],"birthDate":"1977-07-07"}""");

        assertThat(hub.post("/Patient", patient("", "y"), "If-None-Exist", "family=criteria&birthdate=1977-07-07")
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.post("/Patient", patient("", "y"), "If-None-Exist", "_id=crit")
                        .statusCode())
                .isEqualTo(200);
    }
}
