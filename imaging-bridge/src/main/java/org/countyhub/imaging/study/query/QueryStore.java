package org.countyhub.imaging.study.query;

import java.util.List;
import java.util.Set;

/** Asks the index. */
public interface QueryStore {
    /**
     * What a query finds, in a fixed order: newest study first, then series and instances by their numbers.
     *
     * @param wanted what will be looked at; other attributes may be missing from the results. Of instances, what is not in
     *     {@link org.countyhub.imaging.study.Attributes} costs about fifty times as much, since it is in their metadata only.
     */
    List<QueryResult> find(Query query, Fields wanted);

    /** The same, with all that the index keeps. */
    default List<QueryResult> find(Query query) {
        return find(query, new Fields(true, Set.of()));
    }
}
