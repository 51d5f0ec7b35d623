package org.countyhub.imaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.countyhub.imaging.store.sql.QuerySql;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.imaging.study.Study;
import org.countyhub.imaging.study.lifecycle.CompletedBy;
import org.countyhub.imaging.study.lifecycle.Completeness;
import org.countyhub.imaging.study.lifecycle.Completion;
import org.countyhub.imaging.study.lifecycle.Evidence;
import org.countyhub.imaging.study.lifecycle.Lifecycle;
import org.countyhub.imaging.study.lifecycle.Lifecycle.Decision;
import org.countyhub.imaging.study.lifecycle.QuietTimes;
import org.countyhub.imaging.study.lifecycle.Standing;
import org.countyhub.imaging.study.lifecycle.StudyDecisions;
import org.countyhub.imaging.study.lifecycle.StudyState;
import org.countyhub.imaging.study.query.Level;
import org.countyhub.imaging.study.query.Query;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.ProblemException;
import org.countyhub.kernel.Sql;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletenessTest {
    private static final Instant START = Instant.parse("2026-03-01T10:20:30Z");
    private static final String STUDY = "1.2.3";

    private static TestIndex index;
    private static Db db;

    private Path directory;

    private final List<Completion> told = new ArrayList<>();
    private Studies studies;
    private Completeness completeness;
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
        studies = new Studies(db, new FileBlobs(directory, 0, Clock.systemUTC()));
        studies.clear();
        completeness = completeness(told::add);
        decisions = new StudyDecisions(db, new PgLifecycleStore(db), Clock.fixed(START, ZoneOffset.UTC));
    }

    private static Completeness completeness(Completion.Listener listener) {
        return new Completeness(
                db,
                new PgLifecycleStore(db),
                new QuietTimes(Duration.ofSeconds(10), Duration.ofMinutes(5)),
                Clock.fixed(START, ZoneOffset.UTC),
                List.of(listener));
    }

    private void add(int... numbers) {
        for (int number : numbers) {
            assertThat(studies.add(STUDY, "CT", number, START)).isEqualTo(new StoreOutcome.Added());
        }
    }

    private static Set<String> sops(int... numbers) {
        Set<String> all = new java.util.HashSet<>();
        for (int number : numbers) {
            all.add(Studies.sop(STUDY, number));
        }
        return all;
    }

    private Standing standing() {
        return decisions.standing(STUDY);
    }

    private void assertReceiving() {
        assertThat(standing().lifecycle().state()).isEqualTo(StudyState.RECEIVING);
    }

    private void assertComplete(CompletedBy by) {
        assertThat(standing().lifecycle().state()).isEqualTo(StudyState.COMPLETE);
        assertThat(standing().lifecycle().completedBy()).isEqualTo(by);
    }

    @Test
    void aNewStudyIsBeingReceivedSinceItsFirstInstanceCame() {
        add(1, 2);

        assertThat(standing().lifecycle()).isEqualTo(Lifecycle.begin(START));
        assertThat(standing().version()).isEqualTo(2);
    }

    @Test
    void quietTimeCompletesAStudyAndTellsWhoWantsToKnowOnce() {
        add(1, 2);

        completeness.quiet(START.plusSeconds(299));
        assertReceiving();
        completeness.quiet(START.plusSeconds(300));
        completeness.quiet(START.plusSeconds(301));

        assertComplete(CompletedBy.QUIET);
        assertThat(told).containsExactly(new Completion(STUDY, 2, CompletedBy.QUIET, START.plusSeconds(300)));
        assertThat(standing().version())
                .as("that it is complete is no news of its contents")
                .isEqualTo(2);
    }

    @Test
    void commitmentOfSomeInstancesDoesNotCompleteAStudyAndOfAllDoes() {
        add(1, 2, 3);

        completeness.evidence(STUDY, Evidence.storageCommitment("1.1", sops(1, 2)));
        assertReceiving();
        completeness.evidence(STUDY, Evidence.storageCommitment("1.2", sops(3)));

        assertComplete(CompletedBy.STORAGE_COMMITMENT);
    }

    @Test
    void aStepThatWasCompletedBeforeItsImagesCameCompletesTheStudyWhenTheyAreHere() {
        completeness.evidence(STUDY, Evidence.performedProcedureStep("5.1", sops(1, 2, 3)));
        add(1, 2);
        completeness.quiet(START);
        assertReceiving();

        add(3);
        completeness.quiet(START);

        assertComplete(CompletedBy.PERFORMED_PROCEDURE_STEP);
        assertThat(told).hasSize(1);
    }

    @Test
    void aCountThatIsReachedCompletesAStudy() {
        add(1);
        completeness.evidence(STUDY, Evidence.performedProcedureStep("5.1", 2));
        assertReceiving();

        add(2);
        completeness.quiet(START);

        assertComplete(CompletedBy.PERFORMED_PROCEDURE_STEP);
    }

    @Test
    void anAnnouncementIsMetWhenAllThatItNamesIsHereWhateverElseIs() {
        add(1, 2, 7);

        completeness.evidence(STUDY, Evidence.instanceAvailability("6.1", sops(1, 2)));

        assertComplete(CompletedBy.INSTANCE_AVAILABILITY);
    }

    @Test
    void instancesOfOtherStudiesAreNoEvidence() {
        studies.add("9.9", "CT", 1, START);
        add(1);

        completeness.evidence(STUDY, Evidence.instanceAvailability("6.1", Set.of(Studies.sop("9.9", 1))));

        assertReceiving();
    }

    @Test
    void aLateImageMakesTheStudyNewAndWhatCompletedItDoesNotDoSoAgain() {
        add(1, 2);
        completeness.evidence(STUDY, Evidence.performedProcedureStep("5.1", sops(1, 2)));
        assertComplete(CompletedBy.PERFORMED_PROCEDURE_STEP);

        Instant late = START.plusSeconds(3_600);
        studies.add(STUDY, "CT", 3, late);
        completeness.quiet(late);

        assertThat(standing().lifecycle()).isEqualTo(new Lifecycle(StudyState.RECEIVING, late, null));
        assertThat(standing().version()).isEqualTo(3);
        completeness.quiet(late.plusSeconds(300));
        assertComplete(CompletedBy.QUIET);
        assertThat(told).extracting(Completion::version).containsExactly(2, 3);
    }

    @Test
    void theSameSaidTwiceIsSaidOnceAndOtherwiseSaidAgain() {
        add(1);
        completeness.evidence(STUDY, Evidence.performedProcedureStep("5.1", sops(1)));
        add(2);
        completeness.evidence(STUDY, Evidence.performedProcedureStep("5.1", sops(1)));
        assertReceiving();

        completeness.evidence(STUDY, Evidence.performedProcedureStep("5.1", sops(1, 2)));

        assertComplete(CompletedBy.PERFORMED_PROCEDURE_STEP);
    }

    @Test
    void thousandsOfInstancesAreComparedInNoTime() {
        int[] numbers = java.util.stream.IntStream.range(0, 20_000).toArray();
        add(1);
        studies.update(Sql.of("""
                insert into instance select '1.2.3.9.' || n, series, n, sop_class_uid, transfer_syntax, received, sender, blob || n,
                       dataset_position, size, digest, frames, metadata, metadata_crc, metadata_length
                  from instance cross join generate_series(2, 19999) n where sop_instance_uid = '1.2.3.9.1'
                """));
        studies.update(Sql.of("update study set instances = 19999"));
        long before = System.nanoTime();

        completeness.evidence(STUDY, Evidence.storageCommitment("1.1", sops(numbers)));
        assertReceiving();
        numbers[0] = 1;
        completeness.evidence(STUDY, Evidence.storageCommitment("1.1", sops(numbers)));

        assertComplete(CompletedBy.STORAGE_COMMITMENT);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whoFailedToTakeTheNewsIsToldAgain() {
        add(1);
        List<Completion> second = new ArrayList<>();
        completeness(completion -> {
                    throw new IllegalStateException("no room");
                })
                .quiet(START.plusSeconds(300));
        assertComplete(CompletedBy.QUIET);

        completeness(second::add).quiet(START.plusSeconds(301));

        assertThat(second).hasSize(1);
    }

    @Test
    void aDecisionIsOnRecordAndMakesAVersion() {
        add(1);

        Standing cancelled = decisions.decide(STUDY, Decision.CANCEL, "steward", "the patient left");
        decisions.decide(STUDY, Decision.CANCEL, "steward", "the patient left");

        assertThat(cancelled.lifecycle().state()).isEqualTo(StudyState.CANCELLED);
        assertThat(standing().version()).isEqualTo(2);
        assertThat(studies.texts(
                        Sql.of("select decision || ' by ' || decided_by || ': ' || reason from study_decision")))
                .containsExactly("CANCEL by steward: the patient left");
        assertThat(studies.store.unpublished(START.plusSeconds(1), 10))
                .extracting(Study::status)
                .containsExactly(Study.Status.CANCELLED);
        completeness.quiet(START.plusSeconds(900));
        assertThat(standing().lifecycle().state()).isEqualTo(StudyState.CANCELLED);
    }

    @Test
    void everyDecisionIsPublishedAsWhatItIs() {
        add(1);
        for (Decision decision : List.of(Decision.ENTERED_IN_ERROR, Decision.REINSTATE, Decision.CANCEL)) {
            Study.Status expected =
                    switch (decision) {
                        case CANCEL -> Study.Status.CANCELLED;
                        case ENTERED_IN_ERROR -> Study.Status.ENTERED_IN_ERROR;
                        case REINSTATE -> Study.Status.AVAILABLE;
                    };
            studies.store.published(STUDY, standing().version());
            assertThat(studies.store.unpublished(START, 10)).isEmpty();

            decisions.decide(STUDY, decision, "steward", "for a reason");

            assertThat(studies.store.unpublished(START, 10))
                    .extracting(Study::status)
                    .containsExactly(expected);
        }
    }

    @Test
    void whatComesForAStudyInErrorIsHeldUntilItIsReinstated() {
        add(1);
        decisions.decide(STUDY, Decision.ENTERED_IN_ERROR, "steward", "wrong patient");

        StoreOutcome held = studies.add(STUDY, "CT", 2, START);
        assertThat(held).isInstanceOf(StoreOutcome.Held.class).asString().contains("WITHDRAWN_STUDY");
        assertThat(standing().instances()).isEqualTo(1);
        assertThatThrownBy(() -> decisions.decide(STUDY, Decision.CANCEL, "steward", "x"))
                .isInstanceOf(ProblemException.class);

        decisions.decide(STUDY, Decision.REINSTATE, "steward", "right after all");
        add(2);
        assertReceiving();
    }

    @Test
    void aStudyInErrorIsNotFoundByQueries() {
        add(1);
        studies.add("9.9", "CT", 1, START);
        decisions.decide(STUDY, Decision.ENTERED_IN_ERROR, "steward", "wrong patient");

        for (Level level : Level.values()) {
            assertThat(found(level)).as(level.name()).isEqualTo(1);
        }
    }

    private static int found(Level level) {
        Sql sql = QuerySql.of(new Query(level, List.of(), 10, 0));
        return db.query(connection -> {
            try (var statement = sql.prepare(connection);
                    var row = statement.executeQuery()) {
                int rows = 0;
                while (row.next()) {
                    rows++;
                }
                return rows;
            }
        });
    }

    @Test
    void aStudyThatIsNotHereCannotBeDecidedAbout() {
        assertThatThrownBy(() -> decisions.decide("4.4", Decision.CANCEL, "steward", "x"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("4.4");
    }
}
