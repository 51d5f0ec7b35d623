package org.countyhub.imaging.study.query;

import java.util.List;
import java.util.Optional;

/**
 * A query.
 *
 * @param matching all have to match
 * @param reach what is found lies within it; empty for no bounds
 * @param limit at most so many results, 1 or more
 * @param offset results passed over
 */
public record Query(Level level, List<Matching> matching, Optional<Reach> reach, int limit, int offset) {
    public Query {
        matching = List.copyOf(matching);
    }

    /** A query without bounds. */
    public Query(Level level, List<Matching> matching, int limit, int offset) {
        this(level, matching, Optional.empty(), limit, offset);
    }

    /** The same within bounds, and with another limit. */
    public Query within(Optional<Reach> bounds, int most) {
        return new Query(level, matching, bounds, most, offset);
    }
}
