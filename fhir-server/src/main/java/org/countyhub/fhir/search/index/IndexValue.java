package org.countyhub.fhir.search.index;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A value that a search parameter finds in a resource. Texts are as written in the resource and never empty. */
public sealed interface IndexValue {
    /**
     * A code and what it belongs to (FHIR R4 section 3.1.1.4.10).
     *
     * @param system null when the element has none
     */
    record Token(@Nullable String system, String code) implements IndexValue {}

    /** A text, not normalised; {@link StringFolding} gives the form in which texts are compared (3.1.1.4.8). */
    record Text(String value) implements IndexValue {}

    /** A URI, compared as a whole and with case (3.1.1.4.9). */
    record Uri(String value) implements IndexValue {}

    /** {@code Reference.reference} or a canonical URL (3.1.1.4.12); never a reference to a contained resource. */
    record Reference(String value) implements IndexValue {}

    /**
     * The time that a date of any precision, a period or a timing covers (3.1.1.4.7), in whole microseconds.
     *
     * @param lowInclusive {@link #OPEN_LOW} when open
     * @param highExclusive {@link #OPEN_HIGH} when open; always after {@code lowInclusive}
     */
    record DateRange(Instant lowInclusive, Instant highExclusive) implements IndexValue {
        /** Stands for no beginning. */
        public static final Instant OPEN_LOW = Instant.parse("0001-01-01T00:00:00Z");

        /** Stands for no end. */
        public static final Instant OPEN_HIGH = Instant.parse("9999-12-31T00:00:00Z");

        public DateRange {
            if (!lowInclusive.isBefore(highExclusive)) {
                throw new IllegalArgumentException("empty date range " + lowInclusive + " to " + highExclusive);
            }
        }
    }

    /**
     * An amount or a range of amounts (3.1.1.4.11).
     *
     * @param low inclusive; equal to {@code high} for a plain value, null when open; not both are null
     * @param high inclusive; null when open
     * @param system of the unit's code; null when the amount has none
     * @param code of the unit; null when the amount has none
     * @param unit as people read it; null when the amount has none
     */
    record Quantity(
            @Nullable BigDecimal low,
            @Nullable BigDecimal high,
            @Nullable String system,
            @Nullable String code,
            @Nullable String unit)
            implements IndexValue {}

    /** A number or a range of numbers, both ends inclusive and equal for a plain number (3.1.1.4.6). */
    @SuppressWarnings("JavaLangClash") // the standard's name, and always written with or beside its siblings
    record Number(BigDecimal low, BigDecimal high) implements IndexValue {}
}
