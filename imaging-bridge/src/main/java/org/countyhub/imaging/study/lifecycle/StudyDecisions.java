package org.countyhub.imaging.study.lifecycle;

import java.time.Clock;
import java.time.Instant;
import org.countyhub.imaging.study.lifecycle.Lifecycle.Decision;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Problem;

/** What people decide about whole studies. Each decision is on record with who made it and why. */
public final class StudyDecisions {
    private final Db db;
    private final LifecycleStore store;
    private final Clock clock;

    public StudyDecisions(Db db, LifecycleStore store, Clock clock) {
        this.db = db;
        this.store = store;
        this.clock = clock;
    }

    /** Where a study stands. */
    public Standing standing(String studyUid) {
        return store.standing(studyUid).orElseThrow(() -> none(studyUid));
    }

    /**
     * Decides about a study; what makes a difference makes a new version of it.
     *
     * @param by who decides
     * @return where the study stands now
     * @throws org.countyhub.kernel.ProblemException when it is not here, or one in error is to be cancelled
     */
    public Standing decide(String studyUid, Decision decision, String by, String reason) {
        return db.transaction(() -> {
            Instant now = clock.instant();
            Standing study = store.lock(studyUid).orElseThrow(() -> none(studyUid));
            StudyState state = study.lifecycle().state();
            if (decision == Decision.CANCEL && state == StudyState.ENTERED_IN_ERROR) {
                throw Problem.conflict("the study is entered in error; reinstate it first");
            }
            Lifecycle next = study.lifecycle().after(new Lifecycle.Decided(now, decision));
            if (!next.equals(study.lifecycle())) {
                store.decided(studyUid, decision, now, by, reason);
                store.put(studyUid, next, true);
            }
            return standing(studyUid);
        });
    }

    private static RuntimeException none(String studyUid) {
        return Problem.notFound("there is no study " + studyUid);
    }
}
