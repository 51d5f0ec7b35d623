package org.countyhub.fhir.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.countyhub.fhir.HubServer;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.transaction.WritePolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * After many clients have changed the same resources in every way, the tables hold what they would hold had the current
 * content been written once, and every version that there ever was.
 */
class ConsistencyTest {
    private static final int CLIENTS = 8;
    private static final int STEPS = 120;

    /** Every row of every search table, with the names of resources in place of their numbers. */
    private static final Map<String, String> SEARCH_ROWS = new TreeMap<>(Map.of(
            "tokens",
                    "select concat_ws(' ', k.name, t.value_hash, t.token_hash) from search_token t join k on k.id = t.resource_id",
            "strings",
                    "select concat_ws(' ', k.name, t.key, t.token_hash, t.value, t.exact) from search_string t join k on k.id = t.resource_id",
            "dates",
                    "select concat_ws(' ', k.name, t.key, t.low, t.high, t.token_hash) from search_date t join k on k.id = t.resource_id",
            "quantities",
                    "select concat_ws(' ', k.name, t.key, t.low, t.high, t.unit_hash, t.token_hash) from search_quantity t join k on k.id = t.resource_id",
            "references",
                    "select concat_ws(' ', k.name, coalesce(o.name, t.target::text), t.param) from search_reference t join k on k.id = t.resource_id left join k o on o.id = t.target",
            "records", """
                    select concat_ws(' ', k.name, p.name, r.dated_low, r.dated_high, (
                      select string_agg(concat_ws('=', e.param, coalesce(o.name, e.target::text)), ',' order by e.param, coalesce(o.name, e.target::text))
                      from unnest(r.edge_params, r.edge_targets) as e(param, target) left join k o on o.id = e.target))
                    from resource r join k on k.id = r.id left join k p on p.id = r.patient
                    where r.change in (1, 2)"""));

    private static final String NAMES = """
            with k as (select r.id, t.name || '/' || r.fhir_id as name from resource r join resource_type t on t.id = r.type)
            """;

    /** The same without what the server keeps of its own: a copy would name it anew, and it says what was. */
    private static final String SENT =
            NAMES.strip().replaceFirst("\\)$", " where t.name not in ('Person', 'Provenance', 'Task'))") + "\n";

    private static TestHub hub;

    @BeforeAll
    static void runTheWorkload() {
        hub = TestHub.start();
        List<HttpResponse<String>> answers = new ArrayList<>();
        Race.of(CLIENTS, number -> {
                    Workload workload = new Workload(hub, number);
                    List<HttpResponse<String>> mine = new ArrayList<>();
                    for (int step = 0; step < STEPS; step++) {
                        mine.add(workload.step());
                    }
                    return mine;
                })
                .forEach(answers::addAll);
        // Refused: a patch or reference to what is not there (404, 410, 422), and a delete of what is referred to
        // (409).
        Race.requireStatus(answers, 200, 201, 204, 404, 409, 410, 422);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 409)
                .allSatisfy(answer -> assertThat(answer.body()).contains("still referred to"));
        assertThat(answers).filteredOn(answer -> answer.statusCode() < 300).hasSizeGreaterThan(CLIENTS * STEPS / 4);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void theSearchTablesHoldWhatTheCurrentContentSays() {
        try (TestHub copy =
                TestHub.start(new WritePolicy(true, true, false), Clock.systemUTC(), HubServer.Limits.DEFAULT)) {
            List<String> entries = new ArrayList<>();
            for (String key : Tables.rows(
                    hub, SENT + "select k.name from k join resource r on r.id = k.id where r.change in (1, 2)")) {
                entries.add("{\"resource\":" + hub.get("/" + key).body() + ",\"request\":{\"method\":\"PUT\",\"url\":\""
                        + key + "\"}}");
            }
            HttpResponse<String> loaded = copy.post("", Race.transaction(entries));
            assertThat(loaded.statusCode()).as(loaded.body()).isEqualTo(200);
            SEARCH_ROWS.forEach((table, rows) -> assertThat(Tables.rows(hub, SENT + rows))
                    .as(table)
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(Tables.rows(copy, SENT + rows)));
        }
    }

    @Test
    void everyVersionIsKeptOnce() {
        assertThat(Tables.rows(hub, NAMES + """
                select k.name || ' ' || r.version from resource r join k on k.id = r.id
                left join lateral (
                  select count(*) as kept, min(h.version) as first, max(h.version) as last, count(distinct h.last_updated) as times
                  from resource_history h where h.resource_id = r.id) as h on true
                where r.version < 1 or h.kept <> r.version - 1 or h.times <> h.kept
                  or (r.version > 1 and (h.first <> 1 or h.last <> r.version - 1))""")).isEmpty();
    }

    @Test
    void timeGoesOnFromVersionToVersion() {
        assertThat(Tables.rows(hub, NAMES + """
                select k.name || ' ' || v.version from (
                  select id, version, last_updated from resource
                  union all select resource_id, version, last_updated from resource_history) as v
                join k on k.id = v.id
                join resource_history before on before.resource_id = v.id and before.version = v.version - 1
                where before.last_updated >= v.last_updated""")).isEmpty();
    }

    @Test
    void nothingRefersToWhatIsNotThere() {
        assertThat(Tables.rows(hub, SENT + """
                select k.name || ' refers to ' || o.name
                from resource r join k on k.id = r.id
                cross join lateral (select unnest(r.edge_targets) union select r.patient) as e(target)
                join resource target on target.id = e.target join k o on o.id = e.target
                where r.change in (1, 2) and target.change not in (1, 2)""")).isEmpty();
    }

    @Test
    void searchFindsWhatReadingShows() {
        for (int patient = 0; patient < 12; patient++) {
            List<String> found =
                    Race.resources(hub.get("/Observation?subject=Patient/p" + patient + "&_count=1000")).stream()
                            .map(observation -> observation.path("id").asText())
                            .toList();
            List<String> expected = Tables.rows(hub, NAMES + """
                    select r.fhir_id from resource r join k on k.id = r.id
                    where r.change in (1, 2) and k.name like 'Observation/%'""").stream()
                    .filter(new ReadSubject("Patient/p" + patient)::isThatOf)
                    .toList();
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** Reads an observation to see whose it is. */
    private record ReadSubject(String wanted) {
        private static final Map<String, String> SUBJECTS = new TreeMap<>();

        boolean isThatOf(String id) {
            return SUBJECTS.computeIfAbsent(id, key -> Race.json(hub.get("/Observation/" + key))
                            .at("/subject/reference")
                            .asText())
                    .equals(wanted);
        }
    }
}
