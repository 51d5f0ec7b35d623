package org.countyhub.fhir.search;

import java.util.List;
import java.util.Set;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.search.model.SearchQuery.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * What one page of a search holds.
 *
 * @param included resources that are sent along, none of them among the matches of this page
 * @param patients numbers of the patients whose records these are
 * @param ofSeveral numbers of those records that may be of several patients, or of none
 * @param next where the next page starts; null when this is the last
 */
public record SearchPage(
        List<StoredVersion> matches,
        List<StoredVersion> included,
        Set<Long> patients,
        Set<Long> ofSeveral,
        @Nullable Cursor next) {
    public static final SearchPage EMPTY = new SearchPage(List.of(), List.of(), Set.of(), Set.of(), null);
}
