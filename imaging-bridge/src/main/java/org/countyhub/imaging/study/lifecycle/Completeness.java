package org.countyhub.imaging.study.lifecycle;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.countyhub.kernel.Db;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which studies are complete. That cannot be known (nothing in DICOM says so), so what senders say is believed when it agrees
 * with what is here, and else a time without arrivals; and a late image makes the study RECEIVING again.
 */
public final class Completeness {
    private static final Logger LOG = LoggerFactory.getLogger(Completeness.class);
    private static final int PAGE = 200;

    private final Db db;
    private final LifecycleStore store;
    private final QuietTimes quiet;
    private final Clock clock;
    private final List<Completion.Listener> listeners;

    public Completeness(
            Db db, LifecycleStore store, QuietTimes quiet, Clock clock, List<Completion.Listener> listeners) {
        this.db = db;
        this.store = store;
        this.quiet = quiet;
        this.clock = clock;
        this.listeners = List.copyOf(listeners);
    }

    /** Takes what somebody says of a study, which may complete it now or when the instances that it names are here. */
    public void evidence(String studyUid, Evidence evidence) {
        Instant now = clock.instant();
        db.transaction(() -> {
            store.say(studyUid, evidence, now);
            return decide(studyUid, now);
        });
        tell();
    }

    /** Completes studies by what was said of them and by quiet time, and tells the listeners; to be called every few seconds. */
    public void quiet(Instant now) {
        Instant since = now.minus(quiet.complete());
        List<String> some;
        String after = "";
        do {
            some = store.undecided(since, after, PAGE);
            for (String studyUid : some) {
                db.transaction(() -> decide(studyUid, now));
                after = studyUid;
            }
        } while (some.size() == PAGE);
        tell();
    }

    /** Whether the study is complete now. */
    private boolean decide(String studyUid, Instant now) {
        Optional<Standing> locked = store.lock(studyUid);
        if (locked.isEmpty() || locked.get().lifecycle().state() != StudyState.RECEIVING) {
            return false;
        }
        Standing study = locked.get();
        List<Evidence> met = store.said(studyUid).stream()
                .filter(said -> said.evidence().isMetBy(said.here()))
                .map(LifecycleStore.Said::evidence)
                .toList();
        Optional<CompletedBy> by = met.stream().map(Evidence::kind).findFirst();
        if (by.isEmpty() && !study.lastReceived().isAfter(now.minus(quiet.complete()))) {
            by = Optional.of(CompletedBy.QUIET);
        }
        by.ifPresent(why -> {
            store.put(studyUid, study.lifecycle().after(new Lifecycle.Completed(now, why)), false);
            store.spent(studyUid, met, now);
        });
        return by.isPresent();
    }

    /** Notes only what every listener has taken, so that after a crash or a failure they are told again. */
    private void tell() {
        for (Completion completion : store.untold(PAGE)) {
            try {
                listeners.forEach(listener -> listener.completed(completion));
                store.told(completion);
            } catch (RuntimeException e) {
                LOG.warn("one that is to know of completed studies failed and is told again", e);
            }
        }
    }
}
