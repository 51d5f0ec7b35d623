package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.countyhub.fhir.HubServer;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.transaction.WritePolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 sections 3.1.0.7 (delete) and 3.1.0.7.1 (conditional delete), and what the county's policy lets pass. */
class DeleteTest {
    private static TestHub hub;
    private static TestHub lenient;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        lenient = TestHub.start(new WritePolicy(true, true, true), Clock.systemUTC(), HubServer.Limits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        hub.close();
        lenient.close();
    }

    private static String patient(String id, String family) {
        return """
                {"resourceType":"Patient","id":"%s","name":[{"family":"%s"}]}""".formatted(id, family);
    }

    private static String observation(String id, String patient) {
        return """
                {"resourceType":"Observation","id":"%s","status":"final","code":{"text":"x"},
                 "subject":{"reference":"Patient/%s"}}""".formatted(id, patient);
    }

    @Test
    void whatIsDeletedIsGoneAndItsHistoryStays() {
        hub.put("/Patient/a", patient("a", "A"));

        var answer = hub.delete("/Patient/a");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(Answers.header(answer, "ETag")).isEqualTo("W/\"2\"");
        assertThat(hub.get("/Patient/a").statusCode()).isEqualTo(410);
        assertThat(Answers.found(hub.get("/Patient?family=A"))).isEmpty();
        assertThat(hub.get("/Patient/a/_history/1").statusCode()).isEqualTo(200);
    }

    @Test
    void deletingAgainOrWhatNeverWasChangesNothing() {
        hub.put("/Patient/b", patient("b", "B"));
        hub.delete("/Patient/b");

        assertThat(hub.delete("/Patient/b").statusCode()).isEqualTo(204);
        assertThat(hub.delete("/Patient/never").statusCode()).isEqualTo(204);
        assertThat(Answers.json(hub.get("/Patient/b/_history"), 200).path("entry"))
                .hasSize(2);
    }

    @Test
    void anUpdateBringsADeletedResourceBack() {
        hub.put("/Patient/c", patient("c", "C"));
        hub.delete("/Patient/c");

        var answer = hub.put("/Patient/c", patient("c", "Back"));

        assertThat(Answers.json(answer, 201).at("/meta/versionId").asText()).isEqualTo("3");
        assertThat(Answers.found(hub.get("/Patient?family=Back"))).containsExactly("Patient/c");
    }

    @Test
    void whatIsReferredToIsKept() {
        hub.put("/Patient/d", patient("d", "D"));
        hub.put("/Observation/d", observation("d", "d"));

        Answers.refused(hub.delete("/Patient/d"), 409, "Observation/d");
        assertThat(hub.get("/Patient/d").statusCode()).isEqualTo(200);

        hub.delete("/Observation/d");
        assertThat(hub.delete("/Patient/d").statusCode()).isEqualTo(204);
    }

    @Test
    void aTransactionMayDeleteAResourceWithAllThatRefersToIt() {
        hub.put("/Patient/e", patient("e", "E"));
        hub.put("/Observation/e", observation("e", "e"));

        var answer = hub.post(
                "",
                Bundles.transaction()
                        .delete("Patient/e")
                        .delete("Observation/e")
                        .toString());

        assertThat(Answers.json(answer, 200).path("entry")).hasSize(2);
        assertThat(hub.get("/Patient/e").statusCode()).isEqualTo(410);
    }

    @Test
    void aDeletionMayExpectAVersion() {
        hub.put("/Patient/f", patient("f", "F"));

        Answers.refused(hub.delete("/Patient/f", "If-Match", "W/\"2\""), 412, "version");
        assertThat(hub.delete("/Patient/f", "If-Match", "W/\"1\"").statusCode()).isEqualTo(204);
    }

    @Test
    void criteriaDeleteTheirOneMatch() {
        hub.put("/Patient/g", patient("g", "OnlyOne"));

        assertThat(hub.delete("/Patient?family=OnlyOne").statusCode()).isEqualTo(204);
        assertThat(hub.get("/Patient/g").statusCode()).isEqualTo(410);
        assertThat(hub.delete("/Patient?family=OnlyOne").statusCode()).isEqualTo(204);
    }

    @Test
    void criteriaThatFindManyAreRefusedUnlessPolicyLetsThem() {
        for (TestHub each : new TestHub[] {hub, lenient}) {
            each.put("/Patient/h1", patient("h1", "Many"));
            each.put("/Patient/h2", patient("h2", "Many"));
        }

        Answers.refused(hub.delete("/Patient?family=Many"), 412, "more than one");
        assertThat(Answers.found(hub.get("/Patient?family=Many"))).hasSize(2);

        assertThat(lenient.delete("/Patient?family=Many").statusCode()).isEqualTo(204);
        assertThat(Answers.found(lenient.get("/Patient?family=Many"))).isEmpty();
    }

    @Test
    void whatIsReferredToMayGoWhereThePolicyLetsIt() {
        lenient.put("/Patient/i", patient("i", "I"));
        lenient.put("/Observation/i", observation("i", "i"));

        assertThat(lenient.delete("/Patient/i").statusCode()).isEqualTo(204);
        assertThat(Answers.found(lenient.get("/Observation?patient=Patient/i"))).containsExactly("Observation/i");
    }

    @Test
    void whatIsOnlyReferredToSoFarIsNotThere() {
        lenient.put("/Observation/j", observation("j", "not-yet"));

        Answers.refused(lenient.get("/Patient/not-yet"), 404, "Patient/not-yet");
        Answers.refused(lenient.get("/Patient/not-yet/_history"), 404, "Patient/not-yet");
        Answers.refused(lenient.get("/Patient/not-yet/_history/0"), 404, "version");
        var deleted = lenient.delete("/Patient/not-yet");
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(Answers.header(deleted, "ETag")).isEmpty();
        assertThat(Answers.found(lenient.get("/Patient?_id=not-yet"))).isEmpty();
        assertThat(Answers.json(lenient.put("/Patient/not-yet", patient("not-yet", "Here")), 201)
                        .at("/meta/versionId")
                        .asText())
                .isEqualTo("1");
        assertThat(Answers.found(lenient.get("/Observation?patient.family=Here")))
                .containsExactly("Observation/j");
    }

    @Test
    void aReferenceToNothingIsRefusedUnlessPolicyLetsIt() {
        Answers.refused(hub.post("/Observation", observation("x", "nobody")), 422, "Observation.subject.reference");
        assertThat(lenient.post("/Observation", observation("x", "nobody")).statusCode())
                .isEqualTo(201);
    }
}
