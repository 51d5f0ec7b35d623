package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Who answers a question, from {@code Task.owner}: a Practitioner of this server, an identifier, or both. A role or an
 * organization does not say who it is.
 *
 * @param identifier {@code system|value}; null where not said
 * @param reference as sent
 */
record Steward(@Nullable ResourceKey practitioner, @Nullable String identifier, ObjectNode reference) {
    static final String PLACE = "Task.owner";

    /** Reads a Reference; refused as unprocessable where it does not tell one person from another. */
    static Steward of(JsonNode owner) {
        if (!(owner instanceof ObjectNode reference)) {
            throw refusal("required", "whoever answers says who it is");
        }
        String literal = owner.path("reference").asText();
        ResourceKey key = ResourceKey.ofReference(literal);
        boolean practitioner = key != null && key.type().equals("Practitioner");
        JsonNode sent = owner.path("identifier");
        String value = sent.path("value").asText();
        if (!literal.isEmpty() && !practitioner) {
            throw refusal("value", "whoever answers is a Practitioner of this server, or an identifier of one");
        }
        if (literal.isEmpty() && value.isBlank()) {
            throw refusal("value", "whoever answers is named by a reference or an identifier, not by display alone");
        }
        return new Steward(
                key, value.isBlank() ? null : sent.path("system").asText() + "|" + value.strip(), reference.deepCopy());
    }

    private static RuntimeException refusal(String code, String diagnostics) {
        return Problem.unprocessable(Fault.at(PLACE, code, diagnostics));
    }

    /** Whether it is certainly somebody else: both are named in the same way, and in no way are they the same. */
    boolean isAnother(Steward other) {
        boolean comparable = (practitioner != null && other.practitioner != null)
                || (identifier != null && other.identifier != null);
        boolean same = (practitioner != null && practitioner.equals(other.practitioner))
                || (identifier != null && identifier.equals(other.identifier));
        return comparable && !same;
    }
}
