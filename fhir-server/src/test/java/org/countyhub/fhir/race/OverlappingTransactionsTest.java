package org.countyhub.fhir.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 section 3.1.0.11.2: a transaction is carried out whole or not at all, and none stands in another's way. */
class OverlappingTransactionsTest {
    private static final int CLIENTS = 32;
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String entry(String method, String url, String resource) {
        return "{" + (resource.isEmpty() ? "" : "\"resource\":" + resource + ",") + "\"request\":{\"method\":\""
                + method + "\",\"url\":\"" + url + "\"}}";
    }

    private static String marked(String id, String group, String mark) {
        return """
                {"resourceType":"Basic","id":"%s","identifier":[{"system":"urn:group","value":"%s"}],
                 "code":{"coding":[{"system":"urn:mark","code":"%s"}]}}""".formatted(id, group, mark);
    }

    private static Set<String> marks(String group) {
        HttpResponse<String> found = hub.get("/Basic?identifier=urn:group|" + group + "&_count=100");
        Set<String> marks = new HashSet<>();
        for (JsonNode basic : Race.resources(found)) {
            marks.add(basic.at("/code/coding/0/code").asText());
        }
        return marks;
    }

    private static List<String> shuffled(List<String> entries, int seed) {
        List<String> order = new ArrayList<>(entries);
        Collections.shuffle(order, new Random(seed));
        return order;
    }

    @Test
    void theSameResourcesInDifferentOrdersAreNeverSeenHalfWritten() {
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            int base = round * CLIENTS;
            answers.addAll(Race.of(CLIENTS, number -> {
                if (number % 8 == 7) {
                    for (int i = 0; i < 4; i++) {
                        assertThat(marks("shared")).hasSizeLessThan(2);
                    }
                }
                List<String> entries = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    entries.add(
                            entry("PUT", "Basic/shared-" + i, marked("shared-" + i, "shared", "m" + (base + number))));
                }
                return hub.post("", Race.transaction(shuffled(entries, base + number)));
            }));
        }
        Race.requireStatus(answers, 200);
        assertThat(marks("shared")).hasSize(1);
        for (int i = 0; i < 8; i++) {
            JsonNode last = Race.json(hub.get("/Basic/shared-" + i));
            assertThat(last.at("/meta/versionId").asInt()).isEqualTo(6 * CLIENTS);
        }
    }

    @Test
    void oneTransactionTooLargeToLockOneByOneStandsInNobodysWay() {
        List<HttpResponse<String>> answers = Race.of(CLIENTS, number -> {
            int size = number % 8 == 0 ? 400 : 8;
            List<String> entries = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                entries.add(
                        entry("PUT", "Basic/large-" + i, marked("large-" + i, i < 8 ? "large" : "rest", "m" + number)));
            }
            return hub.post("", Race.transaction(shuffled(entries, number)));
        });
        Race.requireStatus(answers, 200);
        assertThat(marks("large")).hasSize(1);
        assertThat(Race.json(hub.get("/Basic/large-0")).at("/meta/versionId").asInt())
                .isEqualTo(CLIENTS);
    }

    @Test
    void ringsOfReferencesDoNotDeadlock() {
        int size = 6;
        for (int i = 0; i < size; i++) {
            Race.requireStatus(List.of(hub.put("/Patient/ring-" + i, ring(i, ""))), 201);
        }
        List<HttpResponse<String>> answers = Race.of(CLIENTS, number -> {
            int from = number % size;
            int over = (number + 1 + number / size % (size - 1)) % size;
            return hub.post(
                    "",
                    Race.transaction(shuffled(
                            List.of(
                                    entry("PUT", "Patient/ring-" + from, ring(from, "Patient/ring-" + over)),
                                    entry("POST", "Observation", observation("Patient/ring-" + over))),
                            number)));
        });
        Race.requireStatus(answers, 200);
    }

    private static String ring(int number, String other) {
        String link =
                other.isEmpty() ? "" : ",\"link\":[{\"type\":\"seealso\",\"other\":{\"reference\":\"" + other + "\"}}]";
        return "{\"resourceType\":\"Patient\",\"id\":\"ring-" + number + "\",\"active\":true" + link + "}";
    }

    private static String observation(String subject) {
        return """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"%s"}}""".formatted(subject);
    }

    /**
     * Every transaction wants its two marks and one more thing that others want too or want gone. Whether or not that is
     * possible, both marks are there or none is.
     */
    @Test
    void whatIsRefusedLeavesNothingBehind() {
        for (int round = 0; round < 6; round++) {
            int base = round * CLIENTS;
            List<HttpResponse<String>> answers = Race.of(CLIENTS, number -> {
                int mark = base + number;
                List<String> entries = new ArrayList<>(List.of(
                        entry("PUT", "Basic/left-" + mark, marked("left-" + mark, "pair-" + mark, "left")),
                        entry("PUT", "Basic/right-" + mark, marked("right-" + mark, "pair-" + mark, "right"))));
                entries.addAll(contested(number, mark % 3));
                return hub.post("", Race.transaction(shuffled(entries, mark)));
            });
            for (int number = 0; number < CLIENTS; number++) {
                HttpResponse<String> answer = answers.get(number);
                boolean refusedForGoodReason = answer.statusCode() == 422
                        || (answer.statusCode() == 409 && answer.body().contains("still referred to"));
                assertThat(answer.statusCode() == 200 || refusedForGoodReason)
                        .as(answer.statusCode() + " " + answer.body())
                        .isTrue();
                assertThat(marks("pair-" + (base + number))).hasSize(answer.statusCode() == 200 ? 2 : 0);
            }
        }
        requireConsistentSearch();
    }

    private static List<String> contested(int number, int person) {
        String card = "identifier=urn:card|contested-" + person;
        String patient = """
                {"resourceType":"Patient","identifier":[{"system":"urn:card","value":"contested-%d"}]}""".formatted(person);
        return switch (number % 5) {
            case 0 ->
                List.of(
                        "{\"fullUrl\":\"urn:uuid:p\",\"resource\":" + patient
                                + ",\"request\":{\"method\":\"POST\",\"url\":\"Patient\",\"ifNoneExist\":\"" + card
                                + "\"}}",
                        entry(
                                "PUT",
                                "Observation/contested-" + person,
                                observation("urn:uuid:p")
                                        .replace("\"status\"", "\"id\":\"contested-" + person + "\",\"status\"")));
            case 1 -> List.of(entry("DELETE", "Patient?" + card, ""));
            case 2 -> List.of(entry("DELETE", "Observation/contested-" + person, ""));
            case 3 -> List.of(entry("PUT", "Patient?" + card, patient));
            default -> List.of(entry("POST", "Observation", observation("Patient?" + card)));
        };
    }

    /** Whatever search finds refers to a patient that is there, and there is at most one of each. */
    private static void requireConsistentSearch() {
        for (int person = 0; person < 3; person++) {
            assertThat(Race.resources(hub.get("/Patient?identifier=urn:card|contested-" + person)))
                    .hasSizeLessThan(2);
        }
        for (JsonNode observation : Race.resources(hub.get("/Observation?_count=1000"))) {
            String subject = observation.at("/subject/reference").asText();
            assertThat(hub.get("/" + subject).statusCode()).as(subject).isEqualTo(200);
        }
    }
}
