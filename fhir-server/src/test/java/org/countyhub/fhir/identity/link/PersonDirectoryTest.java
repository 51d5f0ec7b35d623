package org.countyhub.fhir.identity.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.identity.estimate.HubParts;
import org.countyhub.fhir.identity.link.PersonDirectory.Known;
import org.countyhub.fhir.store.PersonNews;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is kept of persons, on one server and on two over one database. */
class PersonDirectoryTest {
    private static final String HEALTH_CARD = "urn:oid:2.16.156.10011.1.19";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static TestHub hub;
    private static TestHub neighbour;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        neighbour = TestHub.startBeside(hub);
    }

    @AfterAll
    static void stop() {
        neighbour.close();
        hub.close();
    }

    private static void put(TestHub at, String id, String family, String card) {
        int status = at.put("/Patient/" + id, """
                        {"resourceType":"Patient","id":"%s","name":[{"family":"%s"}],
                         "identifier":[{"system":"%s","value":"%s"}]}""".formatted(id, family, HEALTH_CARD, card))
                .statusCode();
        assertThat(status).isIn(200, 201);
    }

    private static List<Known> resolve(TestHub at, String card) {
        return at.server().persons().resolve(HEALTH_CARD, card);
    }

    private static String family(TestHub at, String card) {
        return new String(resolve(at, card).getFirst().person().json(), java.nio.charset.StandardCharsets.UTF_8)
                .replaceAll(".*\"family\":\"([^\"]*)\".*", "$1");
    }

    private static void await(BooleanSupplier met) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!met.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(5);
        }
    }

    @Test
    void aCodeLeadsToItsPersonAndTheRecordsBehindIt() {
        put(hub, "d1", "冯", "D1");

        assertThat(resolve(hub, "D1")).singleElement().satisfies(known -> {
            assertThat(known.person().key().type()).isEqualTo("Person");
            assertThat(known.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.patient().toString()).isEqualTo("Patient/d1"));
        });
        assertThat(hub.server().persons().resolve(null, "D1")).hasSize(1);
    }

    @Test
    void anUnknownCodeLeadsToNobodyUntilItIsKnown() {
        assertThat(resolve(hub, "D2")).isEmpty();

        put(hub, "d2", "陈", "D2");

        assertThat(resolve(hub, "D2")).hasSize(1);
    }

    @Test
    void whatThisServerChangesIsSeenAtOnce() {
        put(hub, "d3", "褚", "D3");
        assertThat(family(hub, "D3")).isEqualTo("褚");

        put(hub, "d3", "卫", "D3");

        assertThat(family(hub, "D3")).isEqualTo("卫");
    }

    @Test
    void whatAnotherServerChangesIsHeardOf() throws InterruptedException {
        put(hub, "d4", "蒋", "D4");
        assertThat(family(neighbour, "D4")).isEqualTo("蒋");
        await(() -> kept(neighbour, "D4"));

        put(hub, "d4", "沈", "D4");

        await(() -> family(neighbour, "D4").equals("沈"));
    }

    @Test
    void aServerHearsAgainAfterNewsThatItCannotRead() throws Exception {
        put(hub, "d5", "韩", "D5");
        assertThat(family(neighbour, "D5")).isEqualTo("韩");
        await(() -> kept(neighbour, "D5"));

        tell("county_person", "somebody");
        await(() -> !kept(neighbour, "D5"));
        await(() -> kept(neighbour, "D5"));
        put(hub, "d5", "杨", "D5");

        await(() -> family(neighbour, "D5").equals("杨"));
    }

    @Test
    void aServerWithoutMemoryForTheNewsHearsAgain() throws Exception {
        CountDownLatch heard = new CountDownLatch(2);
        Runnable news = () -> {
            heard.countDown();
            throw new OutOfMemoryError("as when a large bundle is in work");
        };
        PersonDirectory directory =
                new PersonDirectory(new HubParts(hub).persons(), hub.server().namingSystems());
        try (PersonNews _ = PersonNews.start(hub.database().settings(), directory, news)) {
            assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void tell(String channel, String news) throws SQLException {
        try (var connection = hub.database().source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("notify " + channel + ", '" + news + "'");
        }
    }

    /** Whether the answer is the one that was given before. */
    private static boolean kept(TestHub at, String card) {
        Known before = resolve(at, card).getFirst();
        Known after = resolve(at, card).getFirst();
        return System.identityHashCode(before) == System.identityHashCode(after);
    }
}
