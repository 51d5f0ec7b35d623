package org.countyhub.fhir.search.index;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What the JSON of a Reference says about its target (FHIR R4 section 2.3.0, References). */
final class References {
    private static final String HISTORY = "/_history/";

    private References() {}

    /** Whether the target is of a type by the text of the reference or, when that does not tell, by its {@code type}. */
    static boolean refersTo(JsonNode reference, String resourceType) {
        String text = reference.path("reference").textValue();
        String named = text == null ? null : typeSegment(text);
        return resourceType.equals(named == null ? reference.path("type").textValue() : named);
    }

    /** {@code Patient} of {@code https://host/fhir/Patient/1/_history/2}; null for {@code urn:uuid:…} or {@code #p}. */
    private static @Nullable String typeSegment(String reference) {
        int history = reference.indexOf(HISTORY);
        int idSlash = reference.lastIndexOf('/', (history < 0 ? reference.length() : history) - 1);
        if (idSlash <= 0) {
            return null;
        }
        int typeSlash = reference.lastIndexOf('/', idSlash - 1);
        boolean type = typeSlash + 1 < idSlash && Character.isUpperCase(reference.charAt(typeSlash + 1));
        return type ? reference.substring(typeSlash + 1, idSlash) : null;
    }
}
