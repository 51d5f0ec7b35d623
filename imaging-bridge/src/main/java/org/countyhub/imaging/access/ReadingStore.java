package org.countyhub.imaging.access;

import java.time.Instant;
import java.util.List;

/** Keeps who looked at what. */
public interface ReadingStore {
    void add(Reading reading);

    /** Who looked at a study, in order, behind that id. */
    List<Reading> of(String studyUid, long afterId, int limit);

    /** Removes the oldest of those that are older, at most so many; how many. */
    int remove(Instant before, int limit);
}
