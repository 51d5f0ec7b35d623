package org.countyhub.imaging.study.lifecycle;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes studies off the index, and remembers which bytes are to follow. Calls inside a transaction join it. */
public interface RemovalStore {
    /** How much was deleted. */
    record Removed(int instances, long bytes) {}

    /**
     * Deletes the series and instances of a study, with all that would be lost by it on record; the study stays, ENTERED_IN_ERROR
     * without instances, in a new version. Its blobs are due from then on.
     *
     * @param version that it must still have; empty for any
     * @return empty where there is no such study, or none of that version, or it was deleted before
     */
    Optional<Removed> remove(String studyUid, OptionalInt version, Instant at, String by, String reason);

    /** Blobs that nothing refers to any more and that are to be deleted by that time. */
    List<String> due(Instant now, int limit);

    /** Notes that blobs are deleted. */
    void gone(Collection<String> blobs);

    /** Studies with instances, none of them received after that moment, in the order of their ids; no more than a page. */
    List<Aged> aged(Instant lastReceivedBefore, long afterId, int limit);

    /**
     * A study that is not new.
     *
     * @param source the id of the hospital that it came from
     * @param modalities of its series
     * @param tier the first in which any of its bytes are
     */
    record Aged(
            long id,
            String studyUid,
            StudyState state,
            int version,
            String source,
            List<String> modalities,
            Instant lastReceived,
            Tier tier) {}
}
