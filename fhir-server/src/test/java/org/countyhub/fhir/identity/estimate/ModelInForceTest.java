package org.countyhub.fhir.identity.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.Thresholds;
import org.countyhub.fhir.identity.match.quality.GeneratedCounty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which model decides, on one server and on several over one database. */
class ModelInForceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Bounds TINY = new Bounds(300, 100, 1_000, 1_000, 10_000, 200_000, 0.01);

    private static TestHub hub;
    private static TestHub neighbour;
    private static HubParts parts;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        neighbour = TestHub.startBeside(hub);
        parts = new HubParts(hub);
    }

    @AfterAll
    static void stop() {
        neighbour.close();
        hub.close();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void everyServerTakesItAtOnceAndWhenItStarts() throws InterruptedException {
        int version = parts.use(1e-6, new Thresholds(9, 1, 6, 17));

        await(() -> neighbour.server().matching().inForce().version() >= version);
        assertThat(neighbour.server().matching().inForce().model().thresholds()).isEqualTo(new Thresholds(9, 1, 6, 17));
        try (TestHub later = TestHub.startBeside(hub)) {
            assertThat(later.server().matching().inForce().version()).isGreaterThanOrEqualTo(version);
        }
    }

    @Test
    void aNightIsTheWorkOfOneServer() throws SQLException {
        try (Connection connection = hub.database().source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update match_model set estimated = estimated - interval '2 hours'");
        }
        hub.server().matching().nightly();
        Estimation first = parts.models().latest();

        neighbour.server().matching().nightly();

        assertThat(first).isNotNull();
        assertThat(first.refused()).contains("fewer than 15000");
        assertThat(parts.models().latest()).isEqualTo(first);
    }

    @Test
    void aCountyInWhichNobodyIsMetTwiceTellsNothing() {
        List<ObjectNode> patients = GeneratedCounty.of(600, 3).withoutSeconds().patients();
        HubParts.load(hub, patients);
        int before = hub.server().matching().inForce().version();

        Estimation estimation = parts.estimator(TINY).estimate(MatchModel.start(), false);
        int version = parts.models().keep(estimation);
        hub.server().matching().reload();

        assertThat(estimation.refused()).contains("pairs are expected to be one person");
        assertThat(hub.server().matching().inForce().version()).isEqualTo(before);
        Estimation kept = parts.models().find(version);
        assertThat(kept).isNotNull();
        assertThat(kept.refused()).isEqualTo(estimation.refused());
        assertThat(kept.model()).isNull();
        assertThat(kept.patients()).isGreaterThanOrEqualTo(patients.size());
    }
}
