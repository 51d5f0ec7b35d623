package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.disclosure.DisclosureLog.Bounds;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The record of disclosures loses nothing: at a shutdown, when it is slow, and when it cannot be written. */
class DisclosureQueueTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    private static TestHub hub;
    private static Residents residents;
    private static String person;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        residents = new Residents(hub);
        person = residents.personOf(residents.stranger("q1"));
        residents.recorded("true");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static int recorded(String requester) {
        return residents.recorded("d.requester = '" + requester + "'").size();
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Asks several times at once. */
    private static List<CompletableFuture<HttpResponse<String>>> ask(
            ExecutorService clients, TestHub at, String requester, int times) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> at.get("/" + person, "X-Requester", requester), clients));
        }
        return answers;
    }

    @Test
    void whatWaitsIsWrittenAtAShutdown() {
        try (TestHub other = TestHub.startBeside(hub, new Bounds(100, 100, LONG, LONG, 36))) {
            for (int i = 0; i < 7; i++) {
                assertThat(other.get("/" + person, "X-Requester", "Device/shutdown")
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(recorded("Device/shutdown")).isZero();
        }

        assertThat(recorded("Device/shutdown")).isEqualTo(7);
    }

    @Test
    void aFullBatchDoesNotWaitForTheInterval() {
        try (TestHub other = TestHub.startBeside(hub, new Bounds(100, 5, LONG, LONG, 36))) {
            for (int i = 0; i < 5; i++) {
                other.get("/" + person, "X-Requester", "Device/batch");
            }
            await(() -> recorded("Device/batch") == 5);
        }
    }

    @Test
    void answersWaitForAPlaceInTheQueueAndNoneIsLost() throws SQLException {
        try (TestHub other = TestHub.startBeside(hub, new Bounds(2, 1, SHORT, LONG, 36));
                ExecutorService clients = Executors.newFixedThreadPool(8);
                Connection holder = hub.database().source().getConnection()) {
            holder.setAutoCommit(false);
            execute(holder, "lock table disclosure in share mode");
            List<CompletableFuture<HttpResponse<String>>> answers = ask(clients, other, "Device/full", 8);
            await(() -> answers.stream().filter(CompletableFuture::isDone).count() == 3);
            LockSupport.parkNanos(300_000_000);
            assertThat(answers.stream().filter(CompletableFuture::isDone)).hasSize(3);

            holder.rollback();

            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        }
        assertThat(recorded("Device/full")).isEqualTo(8);
    }

    @Test
    void nobodyIsAnsweredWhoCannotBeRecorded() throws SQLException {
        try (TestHub other = TestHub.startBeside(hub, new Bounds(2, 1, SHORT, SHORT, 36));
                ExecutorService clients = Executors.newFixedThreadPool(8);
                Connection holder = hub.database().source().getConnection()) {
            holder.setAutoCommit(false);
            execute(holder, "lock table disclosure in share mode");
            List<Integer> statuses = ask(clients, other, "Device/refused", 8).stream()
                    .map(answer -> answer.join().statusCode())
                    .toList();
            assertThat(statuses).contains(200, 503).containsOnly(200, 503);
            assertThat(other.get("/Observation").statusCode()).isEqualTo(200);
            holder.rollback();
            long answered = statuses.stream().filter(status -> status == 200).count();
            await(() -> recorded("Device/refused") == answered);
        }
    }

    @Test
    void whatCannotBeWrittenIsTriedAgain() throws SQLException {
        try (TestHub other = TestHub.startBeside(hub, new Bounds(100, 100, SHORT, LONG, 36));
                Connection connection = hub.database().source().getConnection()) {
            execute(connection, "alter table disclosure rename to elsewhere");
            other.get("/" + person, "X-Requester", "Device/again");
            LockSupport.parkNanos(200_000_000);
            execute(connection, "alter table elsewhere rename to disclosure");

            await(() -> recorded("Device/again") == 1);
        }
    }

    private static void addMonth(Connection connection, YearMonth month) throws SQLException {
        execute(
                connection,
                "create table " + part(month) + " partition of disclosure for values from ('" + month
                        + "-01 00:00:00+00') to ('" + month.plusMonths(1) + "-01 00:00:00+00')");
    }

    private static String part(YearMonth month) {
        return "disclosure_" + month.toString().replace("-", "");
    }

    private static List<String> indexes(YearMonth month) {
        return residents.rows("select i.indexdef from pg_indexes i where i.tablename = '" + part(month)
                + "' and i.indexdef like '%gin (subjects)'");
    }

    @Test
    void aMonthIsIndexedWhenItIsOverAndForgottenInTheEnd() throws SQLException {
        YearMonth now = YearMonth.now(ZoneOffset.UTC);
        try (Connection connection = hub.database().source().getConnection()) {
            addMonth(connection, now.minusMonths(1));
            addMonth(connection, now.minusMonths(12));
            addMonth(connection, now.minusMonths(13));
        }
        try (TestHub other = TestHub.startBeside(hub, Bounds.DEFAULT.keeping(12))) {
            assertThat(other.get("/metadata").statusCode()).isEqualTo(200);
            await(() -> indexes(now.minusMonths(1)).size() == 1);
        }
        assertThat(indexes(now.minusMonths(12))).hasSize(1);
        assertThat(residents.rows(
                        "select c.relname from pg_class c where c.relname like 'disclosure_2_____' order by 1"))
                .contains(part(now.minusMonths(12)), part(now))
                .doesNotContain(part(now.minusMonths(13)));
        assertThat(indexes(now)).isEmpty();
    }
}
