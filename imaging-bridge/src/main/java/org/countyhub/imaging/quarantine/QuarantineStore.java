package org.countyhub.imaging.quarantine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the queue. Calls inside a transaction join it. */
public interface QuarantineStore {
    /** Open entries after that id, oldest first. */
    List<QuarantineEntry> open(long afterId, int limit);

    /** How many are open. */
    long count();

    Optional<QuarantineEntry> entry(long id);

    /** An open entry, locked until the transaction ends; empty where there is none or it is decided. */
    Optional<QuarantineEntry> lock(long id);

    void resolve(long id, QuarantineEntry.Decision decision, Instant at, String by);
}
