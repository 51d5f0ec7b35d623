package org.countyhub.imaging.remote;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.countyhub.imaging.study.Study;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes studies as they come in, in the background. The rows of the studies are the outbox: a study stays unpublished until the
 * FHIR server has it, whatever happens in between, and publishing it twice changes nothing. A study that fails waits by itself while
 * others go on; when several fail in a row because the server is away or overloaded, the round ends. Two publishers at once
 * do the same work twice and no harm.
 */
public final class FhirPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FhirPublisher.class);
    private static final int BATCH = 20;
    /** Studies that wait are listed again with those that do not; beyond so many of them the oldest have to be seen to first. */
    private static final int MAX_LISTED = 2_000;

    private static final int BUSY_IN_A_ROW = 3;
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final StudyStore store;
    private final StudyPublication publication;
    private final Clock clock;
    private final Duration quiet;
    private final Retries retries;
    private final Loop loop;
    private boolean away;

    /**
     * A publisher that is not running yet.
     *
     * @param quiet how long nothing more of a study has come in before it is published
     */
    public FhirPublisher(StudyStore store, FhirClient client, PublishedAs as, Clock clock, Duration quiet) {
        this.store = store;
        this.publication = new StudyPublication(client, new StudyContents(store), as);
        this.clock = clock;
        this.quiet = quiet;
        this.retries = new Retries(clock);
        this.loop = new Loop("fhir-publisher", this::round);
    }

    /** Starts publishing. */
    public void start() {
        loop.start();
    }

    /** Publishes what is due; gives how long to wait before the next round. */
    Duration round() {
        retries.forgetOld();
        int limit = Math.min(BATCH + retries.size(), MAX_LISTED);
        List<Study> due = store.unpublished(clock.instant().minus(quiet), limit).stream()
                .filter(study -> !retries.isWaiting(study))
                .limit(BATCH)
                .toList();
        int busyInARow = 0;
        for (Study study : due) {
            int busy = publish(study);
            busyInARow = busy == 0 ? 0 : busyInARow + 1;
            if (busyInARow >= BUSY_IN_A_ROW || Thread.currentThread().isInterrupted()) {
                noteAway(true);
                return Duration.ofSeconds(Math.max(busy, IDLE.toSeconds()));
            }
        }
        if (!due.isEmpty() && busyInARow == 0) {
            noteAway(false);
        }
        return due.size() == BATCH ? Duration.ZERO : IDLE;
    }

    private void noteAway(boolean now) {
        if (now != away && !Thread.currentThread().isInterrupted()) {
            LOG.warn(
                    now
                            ? "the FHIR server is away or overloaded; studies wait"
                            : "the FHIR server is back; studies are published");
            away = now;
        }
    }

    /** Publishes one study; 0, or after how many seconds a busy server wants to be asked again. */
    private int publish(Study study) {
        try {
            publication.publish(study);
        } catch (ProblemException e) {
            return putOff(study, e);
        } catch (RuntimeException e) {
            // One study that nothing was prepared for does not keep the others back.
            if (retries.failed(study, true)) {
                LOG.error("study {} cannot be published: {}", study.studyUid(), Loop.describe(e));
            }
            return 0;
        }
        store.published(study.studyUid(), study.version());
        retries.done(study);
        return 0;
    }

    private int putOff(Study study, ProblemException failure) {
        boolean busy = failure.problem() instanceof Problem.Busy;
        if (retries.failed(study, !busy)) {
            LOG.warn(
                    "study {} is refused and will be tried again every {} min: {}",
                    study.studyUid(),
                    Retries.LONGEST.toMinutes(),
                    failure.getMessage());
        }
        return failure.problem() instanceof Problem.Busy wait ? wait.retryAfterSeconds() : 0;
    }

    /** Ends publishing; a study that is on its way is published again by the next publisher. */
    @Override
    public void close() {
        loop.close();
    }
}
