package org.countyhub.fhir.resource;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which versions a history interaction asks for, newest first (FHIR R4 section 3.1.0.12).
 *
 * @param type the resource type, or null for the whole system
 * @param id the logical id, or null for the whole type
 * @param since versions made at or after this instant, or null
 * @param at versions that were current at some time within this period, or null
 * @param count how many versions a page holds at most, at least 1
 * @param after where the previous page ended, or null for the first page
 */
public record HistoryQuery(
        @Nullable String type,
        @Nullable String id,
        @Nullable Instant since,
        @Nullable Period at,
        int count,
        @Nullable Position after) {

    /** A closed-open stretch of time. */
    public record Period(Instant lowInclusive, Instant highExclusive) {}

    /** A place in the history: everything before it in time, and at the same instant everything with lower numbers. */
    public record Position(Instant lastUpdated, long surrogate, int version) {}
}
