package org.countyhub.imaging.study.lifecycle;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.lifecycle.RemovalStore.Removed;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes studies. The index forgets the instances and remembers their blobs in one transaction; only then are bytes removed, so that a
 * crash leaves bytes that are removed later and never an instance without bytes.
 */
public final class StudyRemoval {
    private static final Logger LOG = LoggerFactory.getLogger(StudyRemoval.class);
    private static final int PAGE = 500;

    private final Db db;
    private final RemovalStore store;
    private final BlobStore blobs;
    private final Clock clock;

    public StudyRemoval(Db db, RemovalStore store, BlobStore blobs, Clock clock) {
        this.db = db;
        this.store = store;
        this.blobs = blobs;
        this.clock = clock;
    }

    /**
     * Deletes a study for good.
     *
     * @param by who decides
     * @throws org.countyhub.kernel.ProblemException when it is not here
     */
    public Removed delete(String studyUid, String by, String reason) {
        return remove(studyUid, OptionalInt.empty(), by, reason)
                .orElseThrow(() -> Problem.notFound("there is no study " + studyUid));
    }

    /** Deletes a study whose years are over, unless it has changed meanwhile. */
    boolean expire(RemovalStore.Aged study, String reason) {
        return remove(study.studyUid(), OptionalInt.of(study.version()), "policy", reason)
                .isPresent();
    }

    private Optional<Removed> remove(String studyUid, OptionalInt version, String by, String reason) {
        Instant now = clock.instant();
        Optional<Removed> removed = db.transaction(() -> store.remove(studyUid, version, now, by, reason));
        drain(now);
        return removed;
    }

    /** Removes bytes that are due; what a store does not remove now stays due. Gives how many were removed. */
    public int drain(Instant now) {
        int all = 0;
        List<String> due;
        List<String> gone;
        do {
            due = store.due(now, PAGE);
            gone = new ArrayList<>();
            for (String blob : due) {
                if (removed(blob)) {
                    gone.add(blob);
                }
            }
            store.gone(gone);
            all += gone.size();
        } while (due.size() == PAGE && !gone.isEmpty());
        return all;
    }

    private boolean removed(String blob) {
        try {
            blobs.delete(blob);
            return true;
        } catch (IOException | ProblemException e) {
            LOG.warn("the bytes {} were not removed and stay due", blob, e);
            return false;
        }
    }
}
