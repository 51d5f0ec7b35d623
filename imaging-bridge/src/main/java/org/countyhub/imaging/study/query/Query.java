package org.countyhub.imaging.study.query;

import java.util.List;

/**
 * A query.
 *
 * @param matching all have to match
 * @param limit at most so many results, 1 or more
 * @param offset results passed over
 */
public record Query(Level level, List<Matching> matching, int limit, int offset) {
    public Query {
        matching = List.copyOf(matching);
    }
}
