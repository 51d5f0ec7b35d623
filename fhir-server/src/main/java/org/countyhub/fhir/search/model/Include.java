package org.countyhub.fhir.search.model;

import java.util.List;
import org.countyhub.fhir.search.index.SearchParameter;
import org.jspecify.annotations.Nullable;

/** What to send along with the matches (FHIR R4 section 3.1.1.5.4). */
public sealed interface Include {
    /**
     * {@code _include}: what the matches refer to.
     *
     * @param parameters the reference parameters followed
     * @param targetType only targets of this type; null for all
     */
    record Forward(
            List<SearchParameter> parameters, @Nullable String targetType) implements Include {}

    /**
     * {@code _revinclude}: what refers to the matches.
     *
     * @param parameters reference parameters of the referring type
     */
    record Reverse(List<SearchParameter> parameters) implements Include {}
}
