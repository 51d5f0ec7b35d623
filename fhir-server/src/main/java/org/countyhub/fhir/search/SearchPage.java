package org.countyhub.fhir.search;

import java.util.List;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.search.model.SearchQuery.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * What one page of a search holds.
 *
 * @param included resources that are sent along, none of them among the matches of this page
 * @param next where the next page starts; null when this is the last
 */
public record SearchPage(
        List<StoredVersion> matches,
        List<StoredVersion> included,
        @Nullable Cursor next) {}
