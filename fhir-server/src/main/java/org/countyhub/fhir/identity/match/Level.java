package org.countyhub.fhir.identity.match;

import org.countyhub.fhir.identity.match.names.Likeness;

/** How far a field of two records agrees. {@link Field} says which levels it has. Stored by name. */
public enum Level {
    EQUAL,
    /** Names: the same in another order or form. */
    VARIANT,
    /** Names: other characters of the same sound. */
    HOMOPHONE,
    /** One slip apart, or nearly the same. */
    SIMILAR,
    /** Names: one part equal, the other missing. */
    PART,
    /** Less than {@link #SIMILAR}: another character among the given names; two of year, month and day. */
    LOOSE,
    /** Names: only the given names are the same. */
    GIVEN,
    /** Names: only the surname is the same. */
    FAMILY,
    /** Addresses: the same township, suburb or postal code. */
    AREA,
    DIFFERENT,
    /** Told by another field already: no evidence of its own. */
    IMPLIED,
    /** One of the two says nothing. */
    MISSING;

    static Level of(Likeness likeness) {
        return switch (likeness) {
            case EQUAL -> EQUAL;
            case VARIANT -> VARIANT;
            case HOMOPHONE -> HOMOPHONE;
            case SIMILAR -> SIMILAR;
            case PART -> PART;
            case LOOSE -> LOOSE;
            case GIVEN -> GIVEN;
            case FAMILY -> FAMILY;
            case DIFFERENT -> DIFFERENT;
            case MISSING -> MISSING;
        };
    }

    /** Whether it says anything for or against a match. */
    public boolean isEvidence() {
        return this != IMPLIED && this != MISSING;
    }

    /** Whether it agrees at least as far as the other level of the same field. */
    boolean isAtLeast(Level other) {
        return compareTo(other) <= 0;
    }
}
