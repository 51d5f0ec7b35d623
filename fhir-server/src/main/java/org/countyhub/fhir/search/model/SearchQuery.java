package org.countyhub.fhir.search.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search, parsed: resources of one type that meet all criteria, in an order, one page of them (FHIR R4 section 3.1.1).
 *
 * @param criteria all of them must hold
 * @param sort as asked for; empty leaves the order to the server, which takes the newest first
 * @param includes what to send along with the matches
 * @param count how many matches a page holds, at least 1
 * @param total whether the number of all matches is wanted
 * @param after where the previous page ended; null for the first page
 */
public record SearchQuery(
        String type,
        List<Criterion> criteria,
        List<Sort> sort,
        List<Include> includes,
        int count,
        Total total,
        @Nullable Cursor after) {
    public SearchQuery {
        criteria = List.copyOf(criteria);
        sort = List.copyOf(sort);
        includes = List.copyOf(includes);
    }

    /** A search by criteria alone, as conditional interactions make it. */
    public static SearchQuery of(String type, List<Criterion> criteria, int count) {
        return new SearchQuery(type, criteria, List.of(), List.of(), count, Total.NONE, null);
    }

    /** What {@code _total} asks for (section 3.1.1.5.7). */
    public enum Total {
        NONE,
        ACCURATE,
        /** {@code _summary=count}: the number and no matches. */
        COUNT_ONLY
    }

    /**
     * A place between two matches: the sort values of the last match sent, as PostgreSQL prints them, and its number.
     */
    public record Cursor(List<String> values, long surrogate) {
        public Cursor {
            values = List.copyOf(values);
        }
    }
}
