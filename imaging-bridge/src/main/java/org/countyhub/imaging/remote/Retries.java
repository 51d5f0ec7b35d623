package org.countyhub.imaging.remote;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.countyhub.imaging.study.Study;

/** Studies that could not be published, each with when it is tried again: after 5 s, twice as long each time, up to 5 minutes. */
final class Retries {
    static final Duration FIRST = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<String, Waiting> waiting = new HashMap<>();

    private record Waiting(int version, Duration delay, Instant until, boolean refused) {}

    Retries(Clock clock) {
        this.clock = clock;
    }

    boolean isWaiting(Study study) {
        Waiting known = waiting.get(study.studyUid());
        return known != null
                && known.version() == study.version()
                && clock.instant().isBefore(known.until());
    }

    int size() {
        return waiting.size();
    }

    void done(Study study) {
        waiting.remove(study.studyUid());
    }

    /**
     * Puts a study off.
     *
     * @param refused whether the server understood and refused it
     * @return whether it is the first refusal of this version
     */
    boolean failed(Study study, boolean refused) {
        Waiting known = waiting.get(study.studyUid());
        Duration delay = FIRST;
        boolean told = false;
        if (known != null && known.version() == study.version()) {
            delay = min(known.delay().multipliedBy(2), LONGEST);
            told = known.refused();
        }
        waiting.put(
                study.studyUid(),
                new Waiting(study.version(), delay, clock.instant().plus(delay), told || refused));
        return refused && !told;
    }

    /** Forgets those that nobody has tried for long: another publisher has published them. */
    void forgetOld() {
        Instant old = clock.instant().minus(LONGEST.multipliedBy(2));
        waiting.values().removeIf(one -> one.until().isBefore(old));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
