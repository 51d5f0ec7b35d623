package org.countyhub.fhir.search.model;

import org.countyhub.fhir.search.index.SearchParameter;

/** One key of {@code _sort} (FHIR R4 section 3.1.1.5.1). */
public record Sort(Key key, boolean descending) {
    /** What is compared. */
    public sealed interface Key {
        /** The logical id. */
        record Id() implements Key {}

        /** The time of the last change. */
        record LastUpdated() implements Key {}

        /**
         * A date or string parameter: of several values the one that comes first in the order asked for. Resources
         * without a value count as lower than all others.
         */
        record Value(SearchParameter parameter) implements Key {}
    }
}
