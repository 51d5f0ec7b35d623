package org.countyhub.fhir.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 section 3.1.0.8.1: of many conditional creates of one thing, one creates and the others find. */
class ConditionalCreateRaceTest {
    private static final int ROUNDS = 5;
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String patient(String... identifiers) {
        List<String> all = new ArrayList<>();
        for (String identifier : identifiers) {
            all.add("{\"system\":\"" + identifier.replace("|", "\",\"value\":\"") + "\"}");
        }
        return "{\"resourceType\":\"Patient\",\"identifier\":[" + String.join(",", all) + "]}";
    }

    private static HttpResponse<String> create(String condition, String... identifiers) {
        return hub.post("/Patient", patient(identifiers), "If-None-Exist", condition);
    }

    private static String entry(String urn, String condition, String... identifiers) {
        return "{\"fullUrl\":\"" + urn + "\",\"resource\":" + patient(identifiers)
                + ",\"request\":{\"method\":\"POST\",\"url\":\"Patient\",\"ifNoneExist\":\"" + condition + "\"}}";
    }

    /** Whoever asked was told of the same resource, one of them as its creator, and it is the only one. */
    private static void requireOne(List<HttpResponse<String>> answers, String identifier) {
        Race.requireStatus(answers, 200, 201);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        assertThat(answers.stream().map(Race::reference).distinct()).hasSize(1);
        requireOne(identifier);
    }

    private static void requireOne(String identifier) {
        assertThat(Race.resources(hub.get("/Patient?identifier=" + identifier))).hasSize(1);
    }

    @Test
    void oneClientCreatesAndTheOthersFind() {
        for (int round = 0; round < ROUNDS; round++) {
            String card = "urn:card|single-" + round;
            requireOne(Race.of(Race.CLIENTS, number -> create("identifier=" + card, card)), card);
        }
    }

    @Test
    void theOrderOfAlternativesInTheConditionDoesNotMatter() {
        for (int round = 0; round < ROUNDS; round++) {
            String a = "urn:card|order-a-" + round;
            String b = "urn:card|order-b-" + round;
            requireOne(
                    Race.of(
                            Race.CLIENTS,
                            number -> number % 2 == 0
                                    ? create("identifier=" + a + "," + b, a, b)
                                    : create("identifier=" + b + "," + a, b, a)),
                    a);
        }
    }

    @Test
    void theWayAConditionIsEncodedDoesNotMatter() {
        for (int round = 0; round < ROUNDS; round++) {
            String card = "urn:card|encoded-" + round;
            String encoded = "identifier=urn%3Acard%7Cencoded-" + round;
            requireOne(
                    Race.of(Race.CLIENTS, number -> create(number % 2 == 0 ? "identifier=" + card : encoded, card)),
                    card);
        }
    }

    @Test
    void aConditionOnOneIdentifierMeetsOneOnAnotherOfTheSameResource() {
        for (int round = 0; round < ROUNDS; round++) {
            String a = "urn:card|several-a-" + round;
            String b = "urn:card|several-b-" + round;
            requireOne(Race.of(Race.CLIENTS, number -> create("identifier=" + (number % 2 == 0 ? a : b), a, b)), a);
        }
    }

    @Test
    void aConditionWithMoreThanTheIdentifierMeetsOneWithTheIdentifierAlone() {
        for (int round = 0; round < ROUNDS; round++) {
            String card = "urn:card|more-" + round;
            String active = patient(card).replace("\"identifier\"", "\"active\":true,\"identifier\"");
            requireOne(
                    Race.of(
                            Race.CLIENTS,
                            number -> hub.post(
                                    "/Patient",
                                    active,
                                    "If-None-Exist",
                                    "identifier=" + card + (number % 2 == 0 ? "" : "&active=true"))),
                    card);
        }
    }

    @Test
    void anAliasOfTheSystemIsTheSystem() {
        var naming = hub.post("/NamingSystem", """
                {"resourceType":"NamingSystem","name":"Race","status":"active","kind":"identifier","date":"2026-01-01",
                 "uniqueId":[{"type":"uri","value":"http://race.test/card","preferred":true},
                             {"type":"oid","value":"1.2.3.4"}]}""");
        assertThat(naming.statusCode()).as(naming.body()).isEqualTo(201);
        for (int round = 0; round < ROUNDS; round++) {
            String name = "http://race.test/card|alias-" + round;
            String alias = "urn:oid:1.2.3.4|alias-" + round;
            requireOne(
                    Race.of(Race.CLIENTS, number -> {
                        String card = number % 2 == 0 ? name : alias;
                        return create("identifier=" + card, card);
                    }),
                    alias);
        }
    }

    @Test
    void transactionsAndSingleCreatesMeetInOneResource() {
        for (int round = 0; round < ROUNDS; round++) {
            String card = "urn:card|bundle-" + round;
            List<HttpResponse<String>> answers = Race.of(
                    Race.CLIENTS,
                    number -> number % 4 == 0
                            ? create("identifier=" + card, card)
                            : hub.post(
                                    "",
                                    Race.transaction(List.of(
                                            entry("urn:uuid:" + number, "identifier=" + card, card),
                                            """
                                    {"resource":{"resourceType":"Observation","status":"final","code":{"text":"x"},
                                     "subject":{"reference":"urn:uuid:%d"}},
                                     "request":{"method":"POST","url":"Observation"}}""".formatted(number)))));
            Race.requireStatus(answers, 200, 201);
            requireOne(card);
            String patient = "Patient/"
                    + Race.resources(hub.get("/Patient?identifier=" + card))
                            .getFirst()
                            .path("id")
                            .asText();
            JsonNode observations = Race.json(hub.get("/Observation?subject=" + patient + "&_total=accurate"));
            assertThat(observations.path("total").asInt()).isEqualTo(Race.CLIENTS * 3 / 4);
        }
    }

    @Test
    void transactionsThatCreateTheSameThingsInDifferentOrdersShareThem() {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> cards = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                cards.add("urn:card|shuffled-" + round + "-" + i);
            }
            List<HttpResponse<String>> answers = Race.of(Race.CLIENTS, number -> {
                List<String> order = new ArrayList<>(cards);
                Collections.shuffle(order, new Random(number));
                return hub.post(
                        "",
                        Race.transaction(order.stream()
                                .map(card -> entry("urn:uuid:" + card.hashCode(), "identifier=" + card, card))
                                .toList()));
            });
            Race.requireStatus(answers, 200);
            cards.forEach(ConditionalCreateRaceTest::requireOne);
        }
    }

    @Test
    void conditionalUpdatesMakeOneResource() {
        for (int round = 0; round < ROUNDS; round++) {
            String card = "urn:card|update-" + round;
            List<HttpResponse<String>> answers = Race.of(
                    Race.CLIENTS,
                    number -> hub.put(
                            "/Patient?identifier=" + card,
                            patient(card)
                                    .replace(
                                            "\"identifier\"",
                                            "\"gender\":\"%s\",\"identifier\""
                                                    .formatted(number % 2 == 0 ? "female" : "male"))));
            requireOne(answers, card);
        }
    }

    @Test
    void creatingAndDeletingNeverLeavesTwo() {
        for (int round = 0; round < ROUNDS; round++) {
            String card = "urn:card|deleted-" + round;
            List<HttpResponse<String>> answers = Race.of(Race.CLIENTS, number -> switch (number % 4) {
                case 0 -> hub.delete("/Patient?identifier=" + card);
                case 1 -> hub.put("/Patient?identifier=" + card, patient(card));
                default -> create("identifier=" + card, card);
            });
            Race.requireStatus(answers, 200, 201, 204);
            assertThat(Race.resources(hub.get("/Patient?identifier=" + card))).hasSizeLessThan(2);
        }
    }

    @Test
    void aTransactionWhoseMatchIsDeletedMeanwhileCreatesItAgain() {
        for (int round = 0; round < ROUNDS; round++) {
            String card = "urn:card|vanishing-" + round;
            List<HttpResponse<String>> answers = Race.of(
                    Race.CLIENTS,
                    number -> number % 4 == 0
                            ? hub.delete("/Patient?identifier=" + card)
                            : hub.post(
                                    "",
                                    Race.transaction(List.of(
                                            entry("urn:uuid:" + number, "identifier=" + card, card),
                                            """
                                    {"resource":{"resourceType":"Observation","status":"final","code":{"text":"x"},
                                     "subject":{"reference":"urn:uuid:%d"}},
                                     "request":{"method":"PUT","url":"Observation?identifier=urn:race|%d"}}""".formatted(number, number).replace(
                                                    "\"status\"",
                                                    "\"identifier\":[{\"system\":\"urn:race\",\"value\":\"" + number
                                                            + "\"}],\"status\"")))));
            // A delete is refused when an observation came first; nothing else is.
            Race.requireStatus(
                    answers.stream()
                            .filter(answer -> !answer.body().contains("still referred to"))
                            .toList(),
                    200,
                    204);
            assertThat(Race.resources(hub.get("/Patient?identifier=" + card))).hasSize(1);
        }
    }
}
