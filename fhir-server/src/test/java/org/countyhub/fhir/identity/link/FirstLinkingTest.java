package org.countyhub.fhir.identity.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.Test;

/** Patients that were stored before there were persons. */
class FirstLinkingTest {
    private static final int PATIENTS = 500;

    private static void put(TestHub hub, int number) {
        // Every second one is the record of the same person at another hospital.
        String card = "3505%013d".formatted(number / 2);
        String patient = """
                {"resourceType":"Patient","id":"p-%d","name":[{"family":"王","given":["明%d"]}],"birthDate":"1985-03-07",
                 "identifier":[{"system":"urn:oid:2.16.156.10011.1.15","value":"%s"}]}""".formatted(number, number / 2, card);
        assertThat(hub.put("/Patient/p-" + number, patient).statusCode()).isEqualTo(201);
    }

    private static List<String> query(TestHub hub, String sql) {
        try (Connection connection = hub.database().source().getConnection();
                Statement statement = connection.createStatement()) {
            List<String> values = new ArrayList<>();
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        values.add(rows.getString(1));
                    }
                }
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The patients of each person that has any. */
    private static List<String> links(TestHub hub) {
        return query(hub, """
                select string_agg(r.fhir_id, ' ' order by r.id) from person_link l join resource r on r.id = l.patient
                group by l.person order by 1""");
    }

    private static void forget(TestHub hub, String where) {
        query(hub, "delete from person_key where patient in (select patient from person_link " + where + ")");
        query(hub, "delete from person_link " + where);
        query(hub, "update person_backlog set through = 0");
    }

    private static void awaitEnd(TestHub hub) throws InterruptedException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        String end = Long.toString(Backlog.END);
        while (!query(hub, "select through from person_backlog").equals(List.of(end))) {
            assertThat(System.nanoTime()).as("still linking").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    @Test
    void theyAreLinkedWhenAServerStartsAsIfTheyWereWritten() throws InterruptedException {
        try (TestHub hub = TestHub.start()) {
            for (int i = 0; i < PATIENTS; i++) {
                put(hub, i);
            }
            awaitEnd(hub);
            List<String> linked = links(hub);
            List<String> keys = query(hub, "select key || ' ' || patient from person_key order by 1");
            assertThat(linked).hasSize(PATIENTS / 2);

            forget(hub, "");
            try (TestHub one = TestHub.startBeside(hub);
                    TestHub other = TestHub.startBeside(hub)) {
                awaitEnd(one);
                awaitEnd(other);
            }
            assertThat(links(hub)).isEqualTo(linked);
            assertThat(query(hub, "select key || ' ' || patient from person_key order by 1"))
                    .isEqualTo(keys);
            assertThat(query(hub, "select max(version) from resource r join person_link l on l.patient = r.id"))
                    .containsExactly("1");
        }
    }

    @Test
    void whatIsLinkedAlreadyStaysAndTheOthersFindIt() throws InterruptedException {
        try (TestHub hub = TestHub.start()) {
            for (int i = 0; i < 20; i++) {
                put(hub, i);
            }
            awaitEnd(hub);
            List<String> linked = links(hub);
            forget(hub, "where patient in (select id from resource where fhir_id in ('p-1', 'p-5', 'p-6'))");
            try (TestHub beside = TestHub.startBeside(hub)) {
                awaitEnd(beside);
            }
            assertThat(links(hub)).isEqualTo(linked);
        }
    }
}
