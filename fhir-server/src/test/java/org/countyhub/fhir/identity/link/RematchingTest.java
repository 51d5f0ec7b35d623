package org.countyhub.fhir.identity.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.countyhub.fhir.CountyRegister;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.identity.estimate.HubParts;
import org.countyhub.fhir.identity.link.RematchStore.Work;
import org.countyhub.fhir.identity.link.Rematching.Outcome;
import org.countyhub.fhir.identity.match.Thresholds;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a new model makes of what an earlier one decided. Equal name, birth date and sex weigh 7.4 bits in the start model. */
class RematchingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double PRIOR = 7e-7;
    private static final Thresholds ASKING = Thresholds.START;
    private static final Thresholds LINKING = new Thresholds(5, 0, 5, 18);
    private static final Thresholds SILENT = new Thresholds(60, 60, 5, 18);

    private static TestHub hub;
    private static HubParts parts;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        parts = new HubParts(hub);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String patient(String family, String more) {
        return """
                {"resourceType":"Patient","name":[{"family":"%s","given":["建国"]}],"gender":"male",
                 "birthDate":"1971-03-04"%s}""".formatted(family, more);
    }

    private static String create(String family) {
        return create(family, "");
    }

    private static String create(String family, String more) {
        HttpResponse<String> answer = hub.post("/Patient", patient(family, more));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return "Patient/" + json(answer.body()).path("id").asText();
    }

    private static String residentId(String id) {
        return ",\"identifier\":[{\"system\":\"urn:oid:2.16.156.10011.1.3\",\"value\":\"%s\"}]".formatted(id);
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private static List<JsonNode> found(String query) {
        HttpResponse<String> answer = hub.get(query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return StreamSupport.stream(json(answer.body()).path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .toList();
    }

    private static JsonNode task(String patient) {
        List<JsonNode> tasks = found("/Task?focus=" + patient);
        assertThat(tasks).hasSize(1);
        return tasks.getFirst();
    }

    private static String personOf(String patient) {
        List<JsonNode> persons = found("/Person?link=" + patient);
        assertThat(persons).as(patient).hasSize(1);
        return persons.getFirst().path("id").asText();
    }

    private static JsonNode evidence(JsonNode resource, String part) {
        for (JsonNode each : LinkRecords.evidenceOf((ObjectNode) resource).path("extension")) {
            if (each.path("url").asText().equals(part)) {
                return each;
            }
        }
        throw new AssertionError("no " + part + " in " + resource);
    }

    private static int modelOf(JsonNode resource) {
        return evidence(resource, "model").path("valueInteger").asInt();
    }

    private static Map<Work, Map<Outcome, Integer>> rematch() {
        Map<Work, Map<Outcome, Integer>> outcomes = hub.server().matching().rematch();
        outcomes.values().forEach(each -> assertThat(each).doesNotContainKey(Outcome.FAILED));
        return outcomes;
    }

    @Test
    void whatIsCertainNowIsLinkedAndItsQuestionAnswered() {
        int asked = parts.use(PRIOR, ASKING);
        String one = create("钱");
        String other = create("钱");
        assertThat(modelOf(task(other))).isEqualTo(asked);

        int version = parts.use(PRIOR, LINKING);
        rematch();

        assertThat(personOf(other)).isEqualTo(personOf(one));
        JsonNode task = task(other);
        assertThat(task.path("status").asText()).isEqualTo("completed");
        assertThat(task.path("statusReason").path("text").asText())
                .contains("version " + version)
                .contains("Person/" + personOf(one));
        assertThat(modelOf(task)).isEqualTo(version);
        List<JsonNode> decisions = found("/Provenance?target=" + other);
        assertThat(decisions).hasSize(1);
        assertThat(modelOf(decisions.getFirst())).isEqualTo(version);
        String undone = "/Person/" + personOf(one) + "/$unmerge?decision=Provenance/"
                + decisions.getFirst().path("id").asText();
        assertThat(hub.post(undone, "{\"resourceType\":\"Parameters\"}").statusCode())
                .isEqualTo(200);
        assertThat(personOf(other)).isNotEqualTo(personOf(one));
    }

    @Test
    void whatIsNobodysNowIsAskedNoMore() {
        parts.use(PRIOR, ASKING);
        String one = create("孙");
        String other = create("孙");

        int version = parts.use(PRIOR, SILENT);
        rematch();

        assertThat(task(other).path("status").asText()).isEqualTo("cancelled");
        assertThat(task(other).path("statusReason").path("text").asText()).contains("version " + version);
        assertThat(personOf(other)).isNotEqualTo(personOf(one));
    }

    @Test
    void whatIsStillToBeAskedIsAskedWithTheEvidenceOfToday() {
        parts.use(PRIOR, ASKING);
        create("李");
        String other = create("李");
        double before = evidence(task(other), "weight").path("valueDecimal").asDouble();

        int version = parts.use(PRIOR / 4, ASKING);
        rematch();

        JsonNode task = task(other);
        assertThat(task.path("status").asText()).isEqualTo("requested");
        assertThat(evidence(task, "weight").path("valueDecimal").asDouble()).isEqualTo(before - 2);
        assertThat(modelOf(task)).isEqualTo(version);
        assertThat(found("/Task?focus=" + other + "&status=requested")).hasSize(1);
    }

    @Test
    void aQuestionOfWhichNothingIsNewStaysAsItIs() {
        parts.use(PRIOR, ASKING);
        create("周");
        JsonNode before = task(create("周"));

        parts.use(PRIOR, new Thresholds(8, 0.5, 5, 18));
        Map<Outcome, Integer> questions = rematch().getOrDefault(Work.QUESTIONS, Map.of());

        assertThat(found("/Task?_id=" + before.path("id").asText())).containsExactly(before);
        assertThat(questions.get(Outcome.UNCHANGED)).isPositive();
    }

    @Test
    void whatAStewardHasTakenUpIsLeftToThem() {
        parts.use(PRIOR, ASKING);
        String one = create("吴");
        String other = create("吴");
        CountyRegister county = new CountyRegister(hub);
        assertThat(county.answer(county.question(other), "later", county.steward())
                        .statusCode())
                .isEqualTo(200);

        parts.use(PRIOR, LINKING);
        rematch();

        assertThat(task(other).path("status").asText()).isEqualTo("on-hold");
        assertThat(personOf(other)).isNotEqualTo(personOf(one));
    }

    @Test
    void aContradictionIsNotOutweighed() {
        parts.use(PRIOR, ASKING);
        String one = create("郑", residentId("110105197103040019"));
        String other = create("郑", residentId("110105197103040035"));
        int asked = found("/Task?focus=" + other).size();

        parts.use(PRIOR, new Thresholds(-50, -60, 0, 18));
        rematch();

        assertThat(personOf(other)).isNotEqualTo(personOf(one));
        assertThat(found("/Task?focus=" + other)).hasSize(asked);
    }

    @Test
    void patientsThatStandAloneAreFoundWhenTheyAreCertain() {
        parts.use(PRIOR, SILENT);
        String one = create("王");
        String other = create("王");
        String third = create("冯");
        assertThat(found("/Task?focus=" + other)).isEmpty();

        int version = parts.use(PRIOR, LINKING);
        rematch();

        assertThat(personOf(other)).isEqualTo(personOf(one));
        assertThat(personOf(third)).isNotEqualTo(personOf(one));
        List<JsonNode> decisions = found("/Provenance?target=Person/" + personOf(one));
        assertThat(decisions).hasSize(1);
        assertThat(modelOf(decisions.getFirst())).isEqualTo(version);
        assertThat(found("/Task?focus=" + one)).isEmpty();
        assertThat(found("/Task?focus=" + other)).isEmpty();
    }

    @Test
    void whatAStewardHasPutApartStaysApart() {
        parts.use(PRIOR, LINKING);
        String one = create("褚");
        String other = create("褚");
        String person = personOf(one);
        assertThat(personOf(other)).isEqualTo(person);
        hub.post("/Person/" + person + "/$unmerge?patient=" + other, "{\"resourceType\":\"Parameters\"}");
        String own = personOf(other);

        parts.use(PRIOR * 2, LINKING);
        rematch();

        assertThat(personOf(other)).isEqualTo(own).isNotEqualTo(personOf(one));
    }

    @Test
    void aRoundGoesOnWhereItStopped() {
        parts.use(PRIOR, SILENT);
        List<String> patients = new ArrayList<>();
        for (String family : List.of("卫", "卫", "蒋", "蒋", "沈", "沈")) {
            patients.add(create(family));
        }
        parts.use(PRIOR, LINKING);
        Rematching rematching = hub.server().rematching();

        int runs = 0;
        int linked = 0;
        Map<Outcome, Integer> outcomes = rematching.run(Work.LONERS, 1, () -> true);
        while (!outcomes.isEmpty()) {
            runs++;
            linked += outcomes.getOrDefault(Outcome.LINKED, 0);
            outcomes = rematching.run(Work.LONERS, 1, () -> true);
        }

        assertThat(runs).isGreaterThanOrEqualTo(patients.size() / 2);
        assertThat(linked).isGreaterThanOrEqualTo(3);
        for (int i = 0; i < patients.size(); i += 2) {
            assertThat(personOf(patients.get(i + 1))).isEqualTo(personOf(patients.get(i)));
        }
        assertThat(rematching.run(Work.LONERS, 1_000, () -> true)).isEmpty();
    }

    @Test
    void writesGoOnMeanwhile() throws Exception {
        parts.use(PRIOR, ASKING);
        AtomicBoolean writing = new AtomicBoolean(true);
        List<String> families = List.of("何", "吕", "施", "张", "孔", "曹");
        try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> written = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int own = writer;
                written.add(writers.submit(() -> {
                    int many = 0;
                    while (writing.get()) {
                        String patient = create(families.get((many + own) % families.size()));
                        ObjectNode stored = json(hub.get("/" + patient).body());
                        stored.putArray("telecom")
                                .addObject()
                                .put("system", "phone")
                                .put("value", "1395555" + (1000 + 7 * many + own));
                        HttpResponse<String> updated = hub.put("/" + patient, stored.toString());
                        assertThat(updated.statusCode()).as(updated.body()).isEqualTo(200);
                        many++;
                    }
                    return many;
                }));
            }
            for (int round = 0; round < 6; round++) {
                parts.use(PRIOR * (1 + round), round % 2 == 0 ? LINKING : ASKING);
                rematch();
            }
            writing.set(false);
            for (Future<Integer> each : written) {
                assertThat(each.get()).isPositive();
            }
        }
        assertThat(number("""
                select count(*) from resource r join resource_type t on t.id = r.type
                where t.name = 'Patient' and r.change in (1, 2)
                  and 1 <> (select count(*) from person_link l where l.patient = r.id)""")).isZero();
        assertThat(number("select count(*) from person_link")).isEqualTo(linksOfPersons());
    }

    private static long linksOfPersons() {
        long links = 0;
        String query = "/Person?_count=200";
        while (!query.isEmpty()) {
            ObjectNode bundle = json(hub.get(query).body());
            for (JsonNode entry : bundle.path("entry")) {
                links += entry.path("resource").path("link").size();
            }
            query = "";
            for (JsonNode link : bundle.path("link")) {
                String url = link.path("url").asText();
                query = link.path("relation").asText().equals("next") ? url.substring(url.indexOf("/Person")) : query;
            }
        }
        return links;
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = hub.database().source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
