package org.countyhub.fhir.resource.format;

import org.jspecify.annotations.Nullable;

/** The values of {@code _summary} (FHIR R4 section 3.1.1.5.9). */
public enum Summary {
    /** The elements that the specification marks as summary. */
    TRUE,
    /** Narrative, id, meta and the mandatory elements of the top level. */
    TEXT,
    /** Everything but the narrative. */
    DATA,
    /** Of a search only how many there are. */
    COUNT,
    /** Everything. */
    FALSE;

    /** The value that a client writes, or null when there is no such value. */
    public static @Nullable Summary of(String parameter) {
        return switch (parameter) {
            case "true" -> TRUE;
            case "text" -> TEXT;
            case "data" -> DATA;
            case "count" -> COUNT;
            case "false" -> FALSE;
            default -> null;
        };
    }
}
