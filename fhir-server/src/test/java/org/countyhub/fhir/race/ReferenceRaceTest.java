package org.countyhub.fhir.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Under the strict policy nothing refers to a resource that is not there, whoever comes first. */
class ReferenceRaceTest {
    private static final int ROUNDS = 12;
    private static final int CLIENTS = 16;
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String createPatient(String card) {
        return Race.reference(hub.post("/Patient", """
                {"resourceType":"Patient","identifier":[{"system":"urn:card","value":"%s"}]}""".formatted(card)));
    }

    private static String observation(String subject) {
        return """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"%s"}}""".formatted(subject);
    }

    /**
     * One client deletes while the others refer to it: the delete succeeds and everyone after it is told so, or it is
     * refused. Either way what was acknowledged holds.
     */
    private static void race(Referring referring) {
        for (int round = 0; round < ROUNDS; round++) {
            String card = referring.getClass().getSimpleName().hashCode() + "-" + round;
            String patient = createPatient(card);
            int deleter = round % CLIENTS;
            List<HttpResponse<String>> answers = Race.of(
                    CLIENTS,
                    number -> number == deleter
                            ? hub.delete("/" + patient)
                            : referring.refer(patient, "identifier=urn:card|" + card));
            boolean deleted = answers.get(deleter).statusCode() == 204;
            int referrers = 0;
            for (int number = 0; number < CLIENTS; number++) {
                HttpResponse<String> answer = answers.get(number);
                if (number == deleter) {
                    assertThat(answer.statusCode()).as(answer.body()).isIn(204, 409);
                } else {
                    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201, 422);
                    referrers += answer.statusCode() == 422 ? 0 : 1;
                }
            }
            assertThat(hub.get("/" + patient).statusCode()).isEqualTo(deleted ? 410 : 200);
            if (deleted) {
                assertThat(referrers).isZero();
            } else {
                assertThat(referrers).isEqualTo(CLIENTS - 1);
            }
            requireNothingDangles();
        }
    }

    @FunctionalInterface
    private interface Referring {
        HttpResponse<String> refer(String patient, String condition);
    }

    private static void requireNothingDangles() {
        assertThat(Tables.count(hub, """
                select count(*) from search_reference e join resource target on target.id = e.target
                where target.change not in (1, 2)""")).isZero();
        assertThat(Tables.count(hub, """
                select count(*) from resource r join resource target on target.id = r.patient
                where r.change in (1, 2) and target.change not in (1, 2)""")).isZero();
    }

    @Test
    void creates() {
        race((patient, condition) -> hub.post("/Observation", observation(patient)));
    }

    @Test
    void transactions() {
        race((patient, condition) -> hub.post(
                "",
                Race.transaction(List.of("{\"resource\":" + observation(patient)
                        + ",\"request\":{\"method\":\"POST\",\"url\":\"Observation\"}}"))));
    }

    @Test
    void conditionalReferences() {
        race((patient, condition) -> hub.post(
                "",
                Race.transaction(List.of("{\"resource\":" + observation("Patient?" + condition)
                        + ",\"request\":{\"method\":\"POST\",\"url\":\"Observation\"}}"))));
    }

    @Test
    void referencesOutsideOfSearchParameters() {
        race((patient, condition) -> hub.post("/Basic", """
                {"resourceType":"Basic","code":{"text":"x"},
                 "extension":[{"url":"urn:x","valueReference":{"reference":"%s"}}]}""".formatted(patient)));
    }

    @Test
    void patches() {
        race((patient, condition) -> {
            String basic = Race.reference(hub.post("/Basic", "{\"resourceType\":\"Basic\",\"code\":{\"text\":\"x\"}}"));
            return hub.send(
                    "PATCH",
                    "/" + basic,
                    "[{\"op\":\"add\",\"path\":\"/subject\",\"value\":{\"reference\":\"" + patient + "\"}}]",
                    "Content-Type",
                    "application/json-patch+json");
        });
    }

    @Test
    void updatesWithTheSameContent() {
        for (int round = 0; round < ROUNDS; round++) {
            String patient = createPatient("same-" + round);
            String body = observation(patient).replace("\"status\"", "\"id\":\"same-" + round + "\",\"status\"");
            assertThat(hub.put("/Observation/same-" + round, body).statusCode()).isEqualTo(201);
            String id = "same-" + round;
            List<HttpResponse<String>> answers = Race.of(4, number -> switch (number) {
                case 0 -> hub.delete("/" + patient);
                case 1 -> hub.delete("/Observation/" + id);
                default -> hub.put("/Observation/" + id, body);
            });
            Race.requireStatus(answers, 200, 201, 204, 409, 422);
            requireNothingDangles();
        }
    }

    @Test
    void patchesThatReferToEachOtherDoNotLockEachOtherOut() {
        for (int round = 0; round < ROUNDS; round++) {
            String a = Race.reference(hub.post("/Patient", "{\"resourceType\":\"Patient\"}"));
            String b = Race.reference(hub.post("/Patient", "{\"resourceType\":\"Patient\"}"));
            List<HttpResponse<String>> answers = Race.of(CLIENTS, number -> {
                String from = number % 2 == 0 ? a : b;
                String to = number % 2 == 0 ? b : a;
                return hub.send(
                        "PATCH",
                        "/" + from,
                        "[{\"op\":\"add\",\"path\":\"/link\",\"value\":[{\"type\":\"seealso\",\"other\":{\"reference\":\""
                                + to + "\",\"display\":\"" + number + "\"}}]}]",
                        "Content-Type",
                        "application/json-patch+json");
            });
            Race.requireStatus(answers, 200);
        }
    }
}
