package org.countyhub.fhir.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.race.PersonModel.Answer;
import org.countyhub.fhir.race.PersonModel.Decision;
import org.countyhub.fhir.race.PersonModel.Group;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Patients that are created, changed, deleted and brought back, and persons that are merged, split and given back, in any
 * order: after each step the server says what a model that fits on a page says.
 */
class PersonStateTest {
    private static final int STEPS = 200;
    private static final int MOST_PATIENTS = 12;
    private static final int IDS = 4;
    private static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";

    private final PersonModel model = new PersonModel();
    private final List<String> log = new ArrayList<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private final Map<String, Integer> deleted = new LinkedHashMap<>();
    private final Map<String, Set<String>> results = new HashMap<>();
    private final Map<String, Decision> decisions = new LinkedHashMap<>();
    private final Set<Group> seen = new HashSet<>();
    private TestHub hub;
    private Random random = new Random();
    private int nameless;

    @BeforeEach
    void start() {
        hub = TestHub.start();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    /** Some that are always the same, and one that never is; what fails names it. */
    static List<Long> seeds() {
        return List.of(1L, 2L, 3L, new Random().nextLong());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everySequenceOfChangesEndsWhereTheModelEnds(long seed) {
        random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            act();
            requireSame();
        }
        assertThat(log).as("what was done").anyMatch(line -> line.startsWith("undo"));
    }

    private void act() {
        int dice = random.nextInt(100);
        if (model.ids.size() < 3 || (dice < 15 && model.ids.size() + deleted.size() < MOST_PATIENTS)) {
            create();
        } else if (dice < 35) {
            update(anyOf(model.ids.keySet()));
        } else if (dice < 42) {
            delete(anyOf(model.ids.keySet()));
        } else if (dice < 50) {
            if (!deleted.isEmpty()) {
                revive(anyOf(deleted.keySet()));
            }
        } else if (dice < 70) {
            merge(anyOf(model.ids.keySet()), anyOf(model.ids.keySet()), random.nextInt(5) == 0);
        } else if (dice < 85) {
            if (!decisions.isEmpty()) {
                undo(anyOf(decisions.keySet()));
            }
        } else if (dice < 92) {
            split(model.group(anyOf(model.ids.keySet())));
        } else {
            observe(anyOf(model.ids.keySet()));
        }
    }

    private <T> T anyOf(Collection<T> all) {
        return List.copyOf(all).get(random.nextInt(all.size()));
    }

    // --- patients

    private void create() {
        int id = random.nextInt(-1, IDS);
        HttpResponse<String> answer = hub.post("/Patient", patient(null, id, 0));
        String patient = done(answer, 201, "create with ID " + id);
        versions.put(patient, 1);
        link(patient, model.write(patient, id));
    }

    private void update(String patient) {
        int id = random.nextBoolean() ? model.id(patient) : random.nextInt(-1, IDS);
        put(patient, id, 200, "update");
    }

    private void revive(String patient) {
        deleted.remove(patient);
        put(patient, random.nextInt(-1, IDS), 201, "revive");
    }

    private void put(String patient, int id, int status, String what) {
        int version = versions.merge(patient, 1, Integer::sum);
        HttpResponse<String> answer =
                hub.put("/" + patient, patient(patient.substring("Patient/".length()), id, version));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        log.add(what + " " + patient + " with ID " + id);
        link(patient, model.write(patient, id));
    }

    private void delete(String patient) {
        HttpResponse<String> answer = hub.delete("/" + patient);
        log.add("delete " + patient + ": " + answer.statusCode());
        if (!results.getOrDefault(patient, Set.of()).isEmpty()) {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
            return;
        }
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 204);
        deleted.put(patient, versions.merge(patient, 1, Integer::sum));
        model.delete(patient);
    }

    private void observe(String patient) {
        HttpResponse<String> answer = hub.post("/Observation", """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"%s"}}""".formatted(patient));
        results.computeIfAbsent(patient, ignored -> new TreeSet<>()).add(done(answer, 201, "observe " + patient));
    }

    private String patient(@Nullable String id, int residentId, int version) {
        String name = residentId >= 0
                ? Character.toString(0x6C5F + 31 * residentId)
                : Character.toString(0x5B89 + 17 * nameless++);
        String identifier = residentId < 0
                ? ""
                : ",\"identifier\":[{\"system\":\"%s\",\"value\":\"%s\"}]".formatted(RESIDENT_ID, number(residentId));
        // The tag changes the resource and tells nobody who it is; nor does a source that retires its record.
        return """
                {"resourceType":"Patient",%s"active":%s,"name":[{"text":"%s"}],"meta":{"tag":[{"code":"v%d"}]}%s}""".formatted(
                        id == null ? "" : "\"id\":\"" + id + "\",", random.nextInt(4) > 0, name, version, identifier);
    }

    /** Resident IDs of people who share neither birth date nor sequence number. */
    private static String number(int residentId) {
        String digits = "350583"
                + LocalDate.of(1950 + 11 * residentId, 1 + residentId, 3 + 5 * residentId)
                        .toString()
                        .replace("-", "")
                + "%03d".formatted(11 + 2 * residentId);
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (digits.charAt(i) - '0') * (1 << (17 - i)) % 11;
        }
        return digits + "10X98765432".charAt(sum % 11);
    }

    // --- stewards

    private void merge(String source, String target, boolean preview) {
        Answer expected = model.mayMerge(source, target);
        HttpResponse<String> answer = hub.post("/Patient/$merge", """
                {"resourceType":"Parameters","parameter":[
                  {"name":"source-patient","valueReference":{"reference":"%s"}},
                  {"name":"target-patient","valueReference":{"reference":"%s"}},
                  {"name":"preview","valueBoolean":%s}]}""".formatted(source, target, preview));
        log.add("merge " + source + " into " + target + (preview ? " (preview): " : ": ") + expected);
        assertThat(answer.statusCode()).as(story(answer)).isEqualTo(expected.status);
        if (expected == Answer.DONE && !preview) {
            decisions.put(decision(answer), model.merge(source, target));
        }
    }

    private void undo(String provenance) {
        Decision decision = Objects.requireNonNull(decisions.get(provenance));
        Group to = decision.moves().getFirst().to();
        Answer expected = model.mayUndo(decision);
        boolean untouched = decision.changes().entrySet().stream()
                .allMatch(changes -> changes.getKey().changes == changes.getValue());
        HttpResponse<String> answer =
                hub.post("/" + to.key + "/$unmerge?decision=" + provenance, "{\"resourceType\":\"Parameters\"}");
        log.add("undo " + provenance + ": " + expected + (untouched ? ", untouched" : ""));
        assertThat(answer.statusCode()).as(story(answer)).isEqualTo(expected.status);
        if (expected == Answer.DONE) {
            decisions.put(decision(answer), model.undo(decision));
            if (untouched) {
                decision.before()
                        .forEach((group, content) ->
                                assertThat(content(group)).as(story(answer)).isEqualTo(content));
            }
        }
    }

    private void split(Group group) {
        List<String> some =
                group.members.stream().filter(member -> random.nextBoolean()).toList();
        if (some.isEmpty()) {
            return;
        }
        String query = String.join(
                "&", some.stream().map(patient -> "patient=" + patient).toList());
        boolean all = some.size() == group.members.size();
        HttpResponse<String> answer =
                hub.post("/" + group.key + "/$unmerge?" + query, "{\"resourceType\":\"Parameters\"}");
        log.add("split " + some + " off " + group.key);
        assertThat(answer.statusCode()).as(story(answer)).isEqualTo(all ? 422 : 200);
        if (!all) {
            decisions.put(decision(answer), model.split(some));
        }
    }

    /** An automatic link has a Provenance, which nobody has seen yet. */
    private void link(String patient, @Nullable Decision decision) {
        List<String> unknown = Race.resources(hub.get("/Provenance?target=" + patient + "&_count=200")).stream()
                .map(provenance -> "Provenance/" + provenance.path("id").asText())
                .filter(provenance -> !decisions.containsKey(provenance))
                .toList();
        assertThat(unknown)
                .as("links of " + patient
                        + hub.get("/Task?_count=200&focus=" + patient).body() + "\n" + story())
                .hasSize(decision == null ? 0 : 1);
        if (decision != null) {
            decisions.put(unknown.getFirst(), decision);
        }
    }

    private static String decision(HttpResponse<String> answer) {
        for (JsonNode parameter : Race.json(answer).path("parameter")) {
            if (parameter.path("name").asText().equals("decision")) {
                return parameter.path("valueReference").path("reference").asText();
            }
        }
        throw new AssertionError("no decision in " + answer.body());
    }

    // --- what the server must say

    private void requireSame() {
        Set<String> keys = new HashSet<>();
        for (Group group : model.groups()) {
            List<JsonNode> persons = Race.resources(
                    hub.get("/Person?link=" + group.members.iterator().next()));
            assertThat(persons).as(story()).hasSize(1);
            String key = "Person/" + persons.getFirst().path("id").asText();
            if (group.key == null) {
                group.key = key;
                seen.add(group);
            }
            assertThat(key).as(story()).isEqualTo(group.key);
            assertThat(keys.add(key)).as(key + " is two persons\n" + story()).isTrue();
            requireSame(group);
        }
        seen.stream().filter(group -> group.members.isEmpty()).forEach(this::requireSame);
        deleted.keySet().forEach(patient -> assertThat(Race.resources(hub.get("/Person?link=" + patient)))
                .as(patient + " is deleted\n" + story())
                .isEmpty());
        assertThat(links()).as(story()).isEqualTo(model.ids.size());
    }

    private void requireSame(Group group) {
        group.content = content(group);
        Set<String> links = new HashSet<>();
        group.content
                .path("link")
                .forEach(link -> links.add(link.path("target").path("reference").asText()));
        assertThat(links).as(group.key + "\n" + story()).isEqualTo(group.members);
        Set<String> visible = new TreeSet<>();
        for (String patient : group.members) {
            visible.addAll(results.getOrDefault(patient, Set.of()));
            assertThat(Race.json(hub.get("/" + patient)).at("/meta/versionId").asInt())
                    .as(patient + " is written by its source only\n" + story())
                    .isEqualTo(versions.get(patient));
        }
        Set<String> found = new TreeSet<>();
        Race.resources(hub.get("/Observation?_count=200&person=" + group.key))
                .forEach(result -> found.add("Observation/" + result.path("id").asText()));
        assertThat(found).as("results of " + group.key + "\n" + story()).isEqualTo(visible);
    }

    private int links() {
        try (Connection connection = hub.database().source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from person_link")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode content(Group group) {
        ObjectNode content = (ObjectNode) Race.json(hub.get("/" + group.key));
        ((ObjectNode) content.path("meta")).remove(List.of("versionId", "lastUpdated"));
        return content;
    }

    private String done(HttpResponse<String> answer, int status, String what) {
        assertThat(answer.statusCode()).as(story(answer)).isEqualTo(status);
        String key = Race.reference(answer);
        log.add(what + ": " + key);
        return key;
    }

    private String story(HttpResponse<String> answer) {
        return answer.body() + "\n" + story();
    }

    private String story() {
        return "after " + log.size() + " steps:\n" + String.join("\n", log);
    }
}
