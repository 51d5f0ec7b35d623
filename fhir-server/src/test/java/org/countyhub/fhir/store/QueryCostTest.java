package org.countyhub.fhir.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the county's main queries cost on 20,000 resources, in pages of 8 KB that PostgreSQL looks at, by its own
 * statistics. A query that walks a table or a whole index looks at thousands. Each bound is about twice what was measured.
 */
class QueryCostTest {
    private static final int PATIENTS = 1_000;
    private static final int REPORTS = 3;
    private static final int RESULTS = 5;
    private static final int CODES = 8;
    private static final int ENTRIES = 1_000;
    /** More than it takes for the driver to name a statement (3) and the database to plan it without its values (5). */
    private static final int RUNS = 12;

    private static final String PAGES = """
            select sum(coalesce(heap_blks_read, 0) + coalesce(heap_blks_hit, 0) + coalesce(idx_blks_read, 0)
              + coalesce(idx_blks_hit, 0) + coalesce(toast_blks_read, 0) + coalesce(toast_blks_hit, 0))
            from pg_statio_user_tables""";
    private static final String SEQUENTIAL_SCANS = """
            select coalesce(sum(seq_scan), 0) from pg_stat_user_tables
            where relname like 'search_%' or relname like 'resource%' and relname <> 'resource_type'""";

    private static TestHub hub;

    @BeforeAll
    static void load() throws SQLException {
        hub = TestHub.start();
        List<String> entries = new ArrayList<>();
        for (int patient = 0; patient < PATIENTS; patient++) {
            entries.add(entry("Patient/p" + patient, patient(patient)));
            for (int report = 0; report < REPORTS; report++) {
                addReport(entries, patient, report);
            }
            if (entries.size() >= ENTRIES || patient == PATIENTS - 1) {
                HttpResponse<String> answer = hub.post(
                        "",
                        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + String.join(",", entries)
                                + "]}",
                        "Prefer",
                        "return=minimal");
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                entries.clear();
            }
        }
        try (Connection connection = hub.database().source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("vacuum analyze");
        }
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String entry(String key, String resource) {
        return "{\"resource\":" + resource + ",\"request\":{\"method\":\"PUT\",\"url\":\"" + key + "\"}}";
    }

    private static String patient(int number) {
        return """
                {"resourceType":"Patient","id":"p%1$d","gender":"female","birthDate":"19%2$02d-01-01",
                 "identifier":[{"system":"urn:card","value":"%1$d"},{"system":"urn:ssn","value":"s%1$d"}],
                 "name":[{"family":"family%3$d","given":["given%1$d"]}]}""".formatted(number, number % 100, number % 50);
    }

    private static void addReport(List<String> entries, int patient, int report) {
        List<String> results = new ArrayList<>();
        String date = "20%02d-%02d-%02dT08:00:00+08:00".formatted(24 + report, 1 + patient % 12, 1 + patient % 28);
        for (int result = 0; result < RESULTS; result++) {
            String id = "o" + patient + "-" + report + "-" + result;
            results.add("{\"reference\":\"Observation/" + id + "\"}");
            entries.add(
                    entry("Observation/" + id, """
                    {"resourceType":"Observation","id":"%s","status":"final","effectiveDateTime":"%s",
                     "code":{"coding":[{"system":"http://loinc.org","code":"c%d"}]},
                     "subject":{"reference":"Patient/p%d"},"valueQuantity":{"value":%d,"unit":"g/L"}}""".formatted(id, date, (patient + result) % CODES, patient, patient)));
        }
        String id = "r" + patient + "-" + report;
        entries.add(entry("DiagnosticReport/" + id, """
                {"resourceType":"DiagnosticReport","id":"%s","status":"final","code":{"text":"panel"},
                 "effectiveDateTime":"%s","subject":{"reference":"Patient/p%d"},"result":[%s]}""".formatted(id, date, patient, String.join(",", results))));
    }

    /** Runs a query with other values each time. */
    private static void requireAtMost(int pages, int expectedEntries, IntFunction<String> query) throws SQLException {
        long scansBefore = statistic(SEQUENTIAL_SCANS);
        long pagesBefore = statistic(PAGES);
        for (int run = 0; run < RUNS; run++) {
            HttpResponse<String> answer = hub.get(query.apply(run * 37 % PATIENTS));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body().split("\"fullUrl\"", -1)).hasSize(expectedEntries + 1);
        }
        double cost = (statistic(PAGES) - pagesBefore) / (double) RUNS;
        assertThat(statistic(SEQUENTIAL_SCANS) - scansBefore)
                .as("sequential scans")
                .isZero();
        assertThat(cost).as("pages for each query").isBetween(1.0, (double) pages);
    }

    /** Has every connection of the server hand in its counts, and reads one. */
    private static long statistic(String sql) throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            int connections = hub.pool().getHikariPoolMXBean().getTotalConnections();
            for (int i = 0; i < connections; i++) {
                Connection connection = hub.pool().getConnection();
                all.add(connection);
                try (var statement = connection.createStatement()) {
                    statement.execute("select pg_stat_force_next_flush()");
                }
            }
            try (var statement = all.getFirst().createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    @Test
    void aPatientByIdentifier() throws SQLException {
        requireAtMost(20, 1, patient -> "/Patient?identifier=urn:card|" + patient);
    }

    @Test
    void thePatientsReportsNewestFirst() throws SQLException {
        requireAtMost(
                20, REPORTS, patient -> "/DiagnosticReport?patient.identifier=urn:card|" + patient + "&_sort=-date");
    }

    @Test
    void thePatientsReportsWithTheirResults() throws SQLException {
        requireAtMost(
                130,
                REPORTS * (1 + RESULTS),
                patient -> "/DiagnosticReport?patient.identifier=urn:card|" + patient
                        + "&_sort=-date&_include=DiagnosticReport:result");
    }

    @Test
    void thePatientsObservationsOfOneKind() throws SQLException {
        requireAtMost(
                110,
                REPORTS,
                patient -> "/Observation?subject=Patient/p" + patient + "&code=http://loinc.org|c" + patient % CODES
                        + "&_sort=-date");
    }

    @Test
    void everythingAboutAPatient() throws SQLException {
        requireAtMost(
                400,
                REPORTS * (1 + RESULTS),
                patient -> "/Patient/p" + patient + "/$everything?_type=Observation,DiagnosticReport");
    }

    @Test
    void onePageOfOneKindOfObservationInOneMonth() throws SQLException {
        requireAtMost(
                400,
                20,
                patient -> "/Observation?code=http://loinc.org|c" + patient % CODES
                        + "&date=2025-%02d".formatted(1 + patient % 12));
    }

    @Test
    void patientsByName() throws SQLException {
        requireAtMost(180, 20, patient -> "/Patient?name=family" + (10 + patient % 40));
    }
}
