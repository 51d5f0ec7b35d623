package org.countyhub.fhir.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.countyhub.fhir.HubProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stewards merge and undo while the server is killed: each decision is made wholly, or not at all. */
class PersonKillTest {
    private static final int STEWARDS = 6;
    private static final int ROUNDS = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A steward who merges the persons of two patients, undoes it, and begins again. */
    private static final class Steward {
        final String one;
        final String other;
        /** The decision that made them one; null while they are two. */
        @Nullable
        String merged;
        /** Whether the last wish was never answered. */
        boolean unanswered;

        Steward(HubProcess hub, int number) {
            one = create(hub, 0x6C5F + 40 * number);
            other = create(hub, 0x5B89 + 40 * number);
        }

        private static String create(HubProcess hub, int name) {
            JsonNode created = json(hub.send("POST", "/Patient", """
                    {"resourceType":"Patient","name":[{"text":"%s"}]}""".formatted(Character.toString(name))), 201);
            return "Patient/" + created.path("id").asText();
        }

        /** Decides once; false when the server is gone. */
        boolean decide(HubProcess hub) {
            try {
                unanswered = true;
                if (merged == null) {
                    merged = decision(json(hub.send("POST", "/Patient/$merge", """
                            {"resourceType":"Parameters","parameter":[
                              {"name":"source-patient","valueReference":{"reference":"%s"}},
                              {"name":"target-patient","valueReference":{"reference":"%s"}}]}""".formatted(one, other)), 200));
                } else {
                    json(
                            hub.send(
                                    "POST",
                                    "/" + personOf(hub, other) + "/$unmerge?decision=" + merged,
                                    "{\"resourceType\":\"Parameters\"}"),
                            200);
                    merged = null;
                }
                unanswered = false;
                return true;
            } catch (UncheckedIOException e) {
                return false;
            }
        }

        /** Both patients have one person each, or share one, by every way of looking; and what was answered holds. */
        void requireWhole(HubProcess hub) {
            String personOfOne = personOf(hub, one);
            String personOfOther = personOf(hub, other);
            boolean shared = personOfOne.equals(personOfOther);
            assertThat(linked(hub, personOfOne)).isEqualTo(shared ? Set.of(one, other) : Set.of(one));
            assertThat(linked(hub, personOfOther)).isEqualTo(shared ? Set.of(one, other) : Set.of(other));
            List<JsonNode> decisions = found(hub, "/Provenance?_count=500&_sort=-_lastUpdated&target=" + one);
            assertThat(decisions).as("as many merges as undone ones").satisfies(all -> assertThat(all.size() % 2 == 1)
                    .isEqualTo(shared));
            if (!unanswered) {
                assertThat(shared).as("what was answered").isEqualTo(merged != null);
            }
            merged = shared ? "Provenance/" + decisions.getFirst().path("id").asText() : null;
        }
    }

    private static String personOf(HubProcess hub, String patient) {
        List<JsonNode> persons = found(hub, "/Person?link=" + patient);
        assertThat(persons).as(patient).hasSize(1);
        return "Person/" + persons.getFirst().path("id").asText();
    }

    /** The patients that the searches by person reach. */
    private static Set<String> linked(HubProcess hub, String person) {
        Set<String> patients = new TreeSet<>();
        found(hub, "/Patient?person=" + person)
                .forEach(patient -> patients.add("Patient/" + patient.path("id").asText()));
        return patients;
    }

    private static List<JsonNode> found(HubProcess hub, String search) {
        List<JsonNode> resources = new ArrayList<>();
        json(hub.send("GET", search, ""), 200).path("entry").forEach(entry -> resources.add(entry.path("resource")));
        return resources;
    }

    private static String decision(JsonNode parameters) {
        for (JsonNode parameter : parameters.path("parameter")) {
            if (parameter.path("name").asText().equals("decision")) {
                return parameter.path("valueReference").path("reference").asText();
            }
        }
        throw new AssertionError("no decision in " + parameters);
    }

    private static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + answer.body(), e);
        }
    }

    @Test
    void aMergeThatTheServerDidNotOutliveIsMadeWhollyOrNotAtAll(@TempDir Path dataDirectory) throws Exception {
        List<Steward> stewards = new ArrayList<>();
        AtomicInteger decided = new AtomicInteger();
        for (int round = 0; round < ROUNDS; round++) {
            try (HubProcess hub = HubProcess.start(dataDirectory)) {
                if (stewards.isEmpty()) {
                    for (int i = 0; i < STEWARDS; i++) {
                        stewards.add(new Steward(hub, i));
                    }
                }
                stewards.forEach(steward -> steward.requireWhole(hub));
                int wanted = decided.get() + ThreadLocalRandom.current().nextInt(30, 90);
                try (ExecutorService threads = Executors.newFixedThreadPool(STEWARDS)) {
                    List<Future<?>> work = new ArrayList<>();
                    for (Steward steward : stewards) {
                        work.add(threads.submit(() -> {
                            while (steward.decide(hub)) {
                                if (decided.incrementAndGet() == wanted) {
                                    hub.kill();
                                }
                            }
                            return null;
                        }));
                    }
                    for (Future<?> future : work) {
                        future.get();
                    }
                }
            }
        }
        try (HubProcess hub = HubProcess.start(dataDirectory)) {
            stewards.forEach(steward -> steward.requireWhole(hub));
        }
    }
}
