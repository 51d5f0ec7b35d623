package org.countyhub.fhir.search.model;

import java.time.Instant;

/**
 * One comparison of a date search: a prefix and the closed-open range that the precision of the date implies (FHIR R4
 * section 3.1.1.4.7).
 */
public record DateValue(Prefix prefix, Instant lowInclusive, Instant highExclusive) {
    /** Section 3.1.1.4.5. */
    public enum Prefix {
        /** The range of the search contains the range of the value. */
        EQ,
        NE,
        /** The range above the search intersects the value. */
        GT,
        LT,
        GE,
        LE,
        /** The value starts after the search ends. */
        SA,
        /** The value ends before the search starts. */
        EB,
        /** The value overlaps the search, widened by a tenth of the distance from now. */
        AP
    }
}
