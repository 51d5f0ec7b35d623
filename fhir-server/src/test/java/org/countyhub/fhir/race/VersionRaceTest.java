package org.countyhub.fhir.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 sections 3.1.0.5 (managing resource contention) and 3.1.0.12 (history). */
class VersionRaceTest {
    private static final int MAX_TRIES = 2_000;
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String counter(String id, int value) {
        return """
                {"resourceType":"Observation","id":"%s","status":"final","code":{"text":"counter"},"valueInteger":%d}""".formatted(id, value);
    }

    private static int version(HttpResponse<String> answer) {
        return Integer.parseInt(
                answer.headers().firstValue("ETag").orElseThrow().replaceAll("[^0-9]", ""));
    }

    private static List<JsonNode> history(String reference) {
        List<JsonNode> versions = new ArrayList<>();
        String page = "/" + reference + "/_history?_count=50";
        while (!page.isEmpty()) {
            HttpResponse<String> answer = hub.get(page);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            versions.addAll(Race.resources(answer));
            String next = "";
            for (JsonNode link : Race.json(answer).path("link")) {
                if (link.path("relation").asText().equals("next")) {
                    String url = link.path("url").asText();
                    next = url.substring(url.indexOf("/fhir") + "/fhir".length());
                }
            }
            page = next;
        }
        return versions;
    }

    /** Every version from the newest to 1, each earlier than the one before it. */
    private static void requireWholeHistory(String reference, int versions) {
        List<JsonNode> history = history(reference);
        assertThat(history).hasSize(versions);
        OffsetDateTime later = OffsetDateTime.MAX;
        for (int i = 0; i < versions; i++) {
            JsonNode meta = history.get(i).path("meta");
            assertThat(meta.path("versionId").asInt()).isEqualTo(versions - i);
            OffsetDateTime time = OffsetDateTime.parse(meta.path("lastUpdated").asText());
            assertThat(time).isBefore(later);
            later = time;
        }
    }

    @Test
    void noIncrementUnderIfMatchIsLost() {
        assertThat(hub.put("/Observation/counted", counter("counted", 0)).statusCode())
                .isEqualTo(201);
        Race.of(Race.CLIENTS, number -> {
            for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
                HttpResponse<String> current = hub.get("/Observation/counted");
                String next = counter(
                        "counted", Race.json(current).path("valueInteger").asInt() + 1);
                HttpResponse<String> answer =
                        hub.put("/Observation/counted", next, "If-Match", "W/\"" + version(current) + "\"");
                if (answer.statusCode() == 200) {
                    return attempt;
                }
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(412);
                // As a patient client does; without it most of the run is spent on refusals.
                Thread.sleep(ThreadLocalRandom.current().nextInt(2 * Race.CLIENTS));
            }
            throw new AssertionError("client " + number + " was never let through");
        });
        assertThat(Race.json(hub.get("/Observation/counted"))
                        .path("valueInteger")
                        .asInt())
                .isEqualTo(Race.CLIENTS);
        requireWholeHistory("Observation/counted", Race.CLIENTS + 1);
    }

    @Test
    void everyUpdateWithoutIfMatchIsAVersion() {
        List<HttpResponse<String>> answers =
                Race.of(Race.CLIENTS, number -> hub.put("/Observation/written", counter("written", number)));
        Set<Integer> versions = new TreeSet<>();
        for (HttpResponse<String> answer : answers) {
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
            versions.add(version(answer));
        }
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        assertThat(versions).hasSize(Race.CLIENTS).contains(1, Race.CLIENTS);
        requireWholeHistory("Observation/written", Race.CLIENTS);
    }

    @Test
    void whatAClientWasToldOfItsVersionIsWhatTheVersionSays() {
        List<HttpResponse<String>> answers = Race.of(
                Race.CLIENTS,
                number -> hub.put("/Observation/told", counter("told", number), "Prefer", "return=representation"));
        for (int number = 0; number < Race.CLIENTS; number++) {
            HttpResponse<String> read = hub.get("/Observation/told/_history/" + version(answers.get(number)));
            assertThat(Race.json(read).path("valueInteger").asInt()).isEqualTo(number);
            assertThat(read.body()).isEqualTo(answers.get(number).body());
        }
    }

    @Test
    void patchesDoNotUndoEachOther() {
        assertThat(hub.put(
                                "/Patient/patched",
                                "{\"resourceType\":\"Patient\",\"id\":\"patched\",\"identifier\":[]}"
                                        .replace(",\"identifier\":[]", ",\"identifier\":[{\"value\":\"first\"}]"))
                        .statusCode())
                .isEqualTo(201);
        List<HttpResponse<String>> answers = Race.of(
                Race.CLIENTS,
                number -> hub.send(
                        "PATCH",
                        "/Patient/patched",
                        "[{\"op\":\"add\",\"path\":\"/identifier/-\",\"value\":{\"value\":\"" + number + "\"}}]",
                        "Content-Type",
                        "application/json-patch+json"));
        Race.requireStatus(answers, 200);
        assertThat(Race.json(hub.get("/Patient/patched")).path("identifier")).hasSize(Race.CLIENTS + 1);
        requireWholeHistory("Patient/patched", Race.CLIENTS + 1);
    }

    @Test
    void deletesAndUpdatesTakeTurns() {
        List<HttpResponse<String>> answers = Race.of(
                Race.CLIENTS,
                number -> number % 2 == 0
                        ? hub.put("/Observation/turns", counter("turns", number))
                        : hub.delete("/Observation/turns"));
        Race.requireStatus(answers, 200, 201, 204);
        String last = hub.get("/Observation/turns/_history?_count=1").body();
        assertThat(last).contains("\"resourceType\":\"Bundle\"");
        HttpResponse<String> newest = hub.get("/Observation/turns");
        assertThat(newest.statusCode()).isIn(200, 410);
        int versions = Race.json(hub.get("/Observation/turns/_history?_count=1000"))
                .path("entry")
                .size();
        for (int version = 1; version <= versions; version++) {
            assertThat(hub.get("/Observation/turns/_history/" + version).statusCode())
                    .isIn(200, 410);
        }
        assertThat(hub.get("/Observation/turns/_history/" + (versions + 1)).statusCode())
                .isEqualTo(404);
    }
}
