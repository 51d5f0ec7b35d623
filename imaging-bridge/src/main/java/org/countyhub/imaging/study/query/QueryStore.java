package org.countyhub.imaging.study.query;

import java.util.List;

/** Asks the index. */
public interface QueryStore {
    /** What a query finds, in a fixed order: newest study first, then series and instances by their numbers. */
    List<QueryResult> find(Query query);
}
