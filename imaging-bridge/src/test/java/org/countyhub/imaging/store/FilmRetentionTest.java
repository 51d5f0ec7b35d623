package org.countyhub.imaging.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.access.Ground;
import org.countyhub.imaging.access.Reader;
import org.countyhub.imaging.access.Reading;
import org.countyhub.imaging.film.FactorKind;
import org.countyhub.imaging.film.FilmLink;
import org.countyhub.imaging.film.FilmRetention;
import org.countyhub.imaging.film.FilmScope;
import org.countyhub.imaging.film.FilmSession;
import org.countyhub.imaging.film.FilmStore;
import org.countyhub.imaging.film.FilmView;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;
import org.countyhub.kernel.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long links, sessions and views are on record. */
class FilmRetentionTest {
    private static final Instant NOW = Instant.parse("2041-06-01T00:00:00Z");
    private static final Instant EDGE = Instant.parse("2026-06-01T00:00:00Z");

    private final TestDatabase database = TestDatabase.create("imaging", Database::migrate);
    private final com.zaxxer.hikari.HikariDataSource pool = Database.pool(database.settings(), 2, 30_000);
    private final Db db = new Db(pool);
    private final PgFilmStore store = new PgFilmStore(db);
    private final PgReadingStore readings = new PgReadingStore(db);
    private final FilmRetention retention =
            new FilmRetention(store, readings::remove, FilmRetention.DEFAULT_YEARS, Duration.ZERO);

    @AfterEach
    void close() {
        pool.close();
        database.close();
    }

    private String link(String name, Instant expires) {
        String id = (name + "----------------").substring(0, 16);
        store.add(
                new FilmLink(
                        id,
                        new FilmScope("1.2.3", Set.of(), false, false),
                        FactorKind.NONE,
                        0,
                        "",
                        expires.minus(Duration.ofDays(30)),
                        "RIS",
                        expires,
                        Optional.empty()),
                new FilmStore.Lock(new byte[32], null));
        return id;
    }

    private void view(String link, int session, Instant at) {
        store.add(link, digest(session), new FilmView(0, at, "198.51.100.4", "phone", FilmView.What.PAGE, "1.2.3", ""));
    }

    private static byte[] digest(int number) {
        byte[] digest = new byte[32];
        digest[0] = (byte) number;
        return digest;
    }

    private void session(String link, int number, Instant expires) {
        store.add(link, new FilmSession(digest(number), expires.minusSeconds(60), expires, "198.51.100.4", "phone"));
    }

    private long count(String table) {
        return db.query(connection -> {
            try (var statement = Sql.of("select count(*) from " + table).prepare(connection);
                    var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @Test
    void viewsAreKeptForFifteenYearsAndNotADayLess() throws InterruptedException {
        String link = link("a", EDGE.plusSeconds(60));
        view(link, 1, EDGE.minusMillis(1));
        view(link, 2, EDGE);

        retention.run(NOW);

        assertThat(store.views(link, 0, 10)).extracting(FilmView::at).containsExactly(EDGE);
        assertThat(store.link(link)).isPresent();
    }

    @Test
    void aLinkStaysAsLongAsAnythingIsOnRecordOfIt() throws InterruptedException {
        String seen = link("seen", EDGE.minusSeconds(60));
        view(seen, 1, EDGE.plusSeconds(1));
        String never = link("never", EDGE.minusSeconds(60));
        session(never, 2, EDGE.minusSeconds(60));
        String later = link("later", EDGE);

        retention.run(NOW);

        assertThat(store.link(seen)).isPresent();
        assertThat(store.link(never)).isEmpty();
        assertThat(store.link(later)).isPresent();
        assertThat(count("film_session")).isZero();

        retention.run(NOW.plusSeconds(2));

        assertThat(store.link(seen)).isEmpty();
    }

    @Test
    void whatDoctorsLookedAtIsKeptForAsLong() throws InterruptedException {
        Reader reader = new Reader("Practitioner/1", "Organization/haidu");
        readings.add(new Reading(0, EDGE.minusMillis(1), reader, "198.51.100.4", "1.2.3", Ground.CARE));
        readings.add(new Reading(0, EDGE, reader, "198.51.100.4", "1.2.3", Ground.OWN));

        retention.run(NOW);

        assertThat(readings.of("1.2.3", 0, 10)).extracting(Reading::ground).containsExactly(Ground.OWN);
    }

    @Test
    void aSessionGoesADayAfterItsEnd() throws InterruptedException {
        String link = link("a", NOW.plus(Duration.ofDays(9)));
        session(link, 1, NOW.minus(Duration.ofDays(1)).minusMillis(1));
        session(link, 2, NOW.minus(Duration.ofDays(1)));

        retention.run(NOW);

        assertThat(store.open(digest(1))).isEmpty();
        assertThat(store.open(digest(2))).isPresent();
    }

    @Test
    void moreThanABatchGoesInOneRound() throws InterruptedException {
        String link = link("a", NOW.plus(Duration.ofDays(9)));
        db.query(connection -> {
            try (var statement = Sql.of("""
                            insert into film_view (link, session, at, address, user_agent, what, study_uid, series_uid)
                            select ?, sha256(n::text::bytea), ?::timestamptz - n * interval '1 second', '', '', 'PAGE', '1.2.3', ''
                              from generate_series(1, 12001) n
                            """, link, EDGE).prepare(connection)) {
                return statement.executeUpdate();
            }
        });
        view(link, 1, EDGE);
        assertThat(store.removeViews(EDGE, 2_000))
                .as("no more than was asked for")
                .isEqualTo(2_000);

        retention.run(NOW);

        assertThat(count("film_view")).isEqualTo(1);
    }

    /** Without the index, each batch would read all that is on record. */
    @Test
    void thePurgeReadsTheOldestByAnIndex() {
        String plan = db.query(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("set enable_seqscan = off");
                StringBuilder lines = new StringBuilder();
                try (var row = statement.executeQuery(
                        "explain select id from film_view where at < now() order by at limit 5000")) {
                    while (row.next()) {
                        lines.append(row.getString(1)).append('\n');
                    }
                }
                statement.execute("reset enable_seqscan");
                return lines.toString();
            }
        });
        assertThat(plan).contains("film_view_at").doesNotContain("Sort");
    }
}
