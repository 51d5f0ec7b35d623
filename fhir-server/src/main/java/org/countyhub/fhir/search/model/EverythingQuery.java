package org.countyhub.fhir.search.model;

import java.time.Instant;
import java.util.Set;
import org.countyhub.fhir.search.index.IndexValue.DateRange;
import org.countyhub.fhir.search.model.SearchQuery.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a person or a patient, one page of it (R4, operation Patient-everything): the resource itself, the
 * patients of the person, what is in the compartments of these patients, and what that refers to and is in nobody's
 * compartment.
 *
 * @param focusType {@code Person} or {@code Patient}
 * @param focus the number of the person or patient
 * @param types only resources of these types; null for all
 * @param since only what was changed at this time or later; null for all
 * @param care only records whose clinical date overlaps this range, and those that have none; null for all
 * @param count how many resources a page holds, at least 1
 * @param after where the previous page ended; null for the first page
 */
public record EverythingQuery(
        String focusType,
        long focus,
        @Nullable Set<String> types,
        @Nullable Instant since,
        @Nullable DateRange care,
        int count,
        @Nullable Cursor after) {
    public EverythingQuery {
        types = types == null ? null : Set.copyOf(types);
    }

    /** Whether resources of a type are wanted. */
    public boolean wants(String type) {
        return types == null || types.contains(type);
    }
}
