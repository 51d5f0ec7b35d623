package org.countyhub.imaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.imaging.study.Study;
import org.countyhub.imaging.study.lifecycle.Lifecycle.Decision;
import org.countyhub.imaging.study.lifecycle.RemovalStore.Removed;
import org.countyhub.imaging.study.lifecycle.Retention;
import org.countyhub.imaging.study.lifecycle.RetentionPolicy;
import org.countyhub.imaging.study.lifecycle.StudyDecisions;
import org.countyhub.imaging.study.lifecycle.StudyRemoval;
import org.countyhub.imaging.study.lifecycle.StudyState;
import org.countyhub.imaging.study.lifecycle.Tier;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.ProblemException;
import org.countyhub.kernel.Sql;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyRemovalTest {
    private static final Instant START = Instant.parse("2026-03-01T10:20:30Z");
    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");

    private static TestIndex index;
    private static Db db;

    private Path directory;

    private Studies studies;
    private PgRemovalStore store;
    private StudyRemoval removal;
    private StudyDecisions decisions;

    @BeforeAll
    static void create() {
        index = new TestIndex();
        db = index.db();
    }

    @AfterAll
    static void drop() {
        index.close();
    }

    @BeforeEach
    void empty(@TempDir Path own) throws IOException {
        directory = own;
        Tiers tiers = new Tiers(Map.of(Tier.DISK, new FileBlobs(directory, 0, Clock.systemUTC())), Tier.DISK);
        studies = new Studies(db, tiers);
        studies.clear();
        store = new PgRemovalStore(db);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        removal = new StudyRemoval(db, store, tiers, clock);
        decisions = new StudyDecisions(db, new PgLifecycleStore(db), clock);
        studies.add("1.2.3", "CT", 1, START);
        studies.add("1.2.3", "SR", 2, START);
        studies.add("9.9", "CT", 1, START);
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void aDeletedStudyLeavesATombstoneARecordAndNoBytes() throws IOException {
        Removed removed = removal.delete("1.2.3", "steward", "wrong patient");

        assertThat(removed).isEqualTo(new Removed(2, 10_003));
        assertThat(files()).isEqualTo(1);
        assertThat(studies.intact("9.9")).isTrue();
        assertThat(studies.texts(Sql.of("select sop_instance_uid from instance")))
                .containsExactly("9.9.9.1");
        assertThat(studies.texts(Sql.of("select blob from blob_removal"))).isEmpty();
        assertThat(studies.texts(Sql.of("""
                        select concat_ws('|', study_uid, patient_id, source, instances, bytes, deleted_by, reason) from study_deletion
                        """))).containsExactly("1.2.3|P1|county|2|10003|steward|wrong patient");
        assertThat(decisions.standing("1.2.3").lifecycle().state()).isEqualTo(StudyState.ENTERED_IN_ERROR);
    }

    @Test
    void thePublisherSeesTheTombstoneAsANewVersionWithoutInstances() {
        studies.store.published("1.2.3", 2);

        removal.delete("1.2.3", "steward", "wrong patient");

        List<Study> unpublished = studies.store.unpublished(NOW, 10);
        assertThat(unpublished)
                .filteredOn(study -> study.studyUid().equals("1.2.3"))
                .singleElement()
                .satisfies(study -> {
                    assertThat(study.version()).isEqualTo(3);
                    assertThat(study.instances()).isEqualTo(0);
                    assertThat(study.series()).isEmpty();
                });
    }

    @Test
    void aStudyIsDeletedOnce() {
        removal.delete("1.2.3", "steward", "wrong patient");

        assertThatThrownBy(() -> removal.delete("1.2.3", "steward", "wrong patient"))
                .isInstanceOf(ProblemException.class)
                .hasMessage("there is no study 1.2.3");
    }

    @Test
    void whatIsSentAgainAfterwardsIsHeldUntilSomebodyReinstatesTheStudy() {
        removal.delete("1.2.3", "steward", "wrong patient");
        assertThat(studies.add("1.2.3", "CT", 1, NOW)).isInstanceOf(StoreOutcome.Held.class);

        decisions.decide("1.2.3", Decision.REINSTATE, "steward", "it was the right one");

        assertThat(studies.add("1.2.3", "CT", 3, NOW)).isEqualTo(new StoreOutcome.Added());
        assertThat(decisions.standing("1.2.3").lifecycle().state()).isEqualTo(StudyState.RECEIVING);
    }

    @Test
    void whatWasAcceptedIntoTheStudyIsOnRecordAsDiscarded() {
        String blob = studies.blobs("1.2.3").getFirst();
        studies.hold("1.2.3", 7, START);
        studies.update(Sql.of(
                "update quarantine set resolution = 'ACCEPTED', resolved = ?, resolved_by = 'a', blob = ?",
                START,
                blob));

        removal.delete("1.2.3", "steward", "wrong patient");

        assertThat(studies.texts(Sql.of("select resolution || ' by ' || resolved_by from quarantine")))
                .containsExactly("DISCARDED by steward");
    }

    @Test
    void aCrashAfterTheIndexForgotLeavesBytesThatGoLater() throws IOException {
        store.remove("1.2.3", OptionalInt.empty(), NOW, "steward", "wrong patient");
        assertThat(files()).isEqualTo(3);

        assertThat(removal.drain(NOW)).isEqualTo(2);

        assertThat(files()).isEqualTo(1);
    }

    @Test
    void whatAnInstanceHasIsNeverRemovedWhateverIsDue() throws IOException {
        studies.update(Sql.of("insert into blob_removal select blob, ? from instance", START));

        assertThat(removal.drain(NOW)).isEqualTo(0);
        assertThat(files()).isEqualTo(3);
    }

    @Test
    void instancesThatComeWhileTheStudyIsDeletedAreEitherDeletedOrHeld() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<StoreOutcome>> sent = new java.util.ArrayList<>();
            for (int number = 10; number < 60; number++) {
                int one = number;
                sent.add(threads.submit(() -> studies.add("1.2.3", "CT", one, NOW)));
                if (number == 30) {
                    removal.delete("1.2.3", "steward", "wrong patient");
                }
            }
            for (Future<StoreOutcome> outcome : sent) {
                assertThat(outcome.get()).isInstanceOfAny(StoreOutcome.Added.class, StoreOutcome.Held.class);
            }
        }

        assertThat(decisions.standing("1.2.3").lifecycle().state()).isEqualTo(StudyState.ENTERED_IN_ERROR);
        assertThat(studies.blobs("1.2.3")).isEmpty();
        assertThat(decisions.standing("1.2.3").instances()).isEqualTo(0);
    }

    @Test
    void aPolicyDeletesOnlyWhatItSaysAndOnlyWhenItIsOver() {
        RetentionPolicy policy = new RetentionPolicy(List.of(
                new RetentionPolicy.Rule(null, "SR", null, null, 20),
                new RetentionPolicy.Rule(null, null, null, null, null)));
        Retention retention = new Retention(policy, store, removal);

        assertThat(retention.run(Instant.parse("2046-03-01T10:20:29Z"))).isEqualTo(0);
        assertThat(retention.run(Instant.parse("2046-03-01T10:20:30Z"))).isEqualTo(1);
        assertThat(retention.run(Instant.parse("2146-03-01T10:20:30Z"))).isEqualTo(0);

        assertThat(studies.texts(Sql.of("select deleted_by || ': ' || reason from study_deletion")))
                .containsExactly("policy: kept for 20 years");
        assertThat(studies.blobs("9.9")).hasSize(1);
    }

    @Test
    void withoutAPolicyNothingIsEverDeleted() {
        assertThat(new Retention(RetentionPolicy.KEEP, store, removal).run(Instant.parse("2999-01-01T00:00:00Z")))
                .isEqualTo(0);
    }

    @Test
    void whatHasChangedSinceThePolicyLookedStays() {
        assertThat(store.remove("1.2.3", OptionalInt.of(1), NOW, "policy", "over"))
                .isEmpty();
        assertThat(store.remove("1.2.3", OptionalInt.of(2), NOW, "policy", "over"))
                .isPresent();
    }
}
