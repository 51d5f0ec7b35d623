package org.countyhub.fhir.transaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.countyhub.fhir.naming.IdentifierSystems;

/**
 * Brings identifiers to the canonical address of their system. What the sender wrote stays beside it, as an extension of
 * {@code Identifier.system}.
 */
final class IdentifierNormalizer {
    private final IdentifierSystems systems;

    IdentifierNormalizer(IdentifierSystems systems) {
        this.systems = systems;
    }

    void normalize(ObjectNode identifier) {
        String sent = identifier.path("system").asText();
        if (sent.isEmpty()) {
            return;
        }
        String canonical = systems.canonical(sent);
        if (canonical.equals(sent)) {
            return;
        }
        identifier.put("system", canonical);
        ObjectNode companion = identifier.withObject("/_system");
        ArrayNode extensions = companion.withArray("extension");
        for (JsonNode extension : extensions) {
            if (extension.path("url").asText().equals(IdentifierSystems.SENT_SYSTEM)
                    && extension.path("valueUri").asText().equals(sent)) {
                return;
            }
        }
        extensions.addObject().put("url", IdentifierSystems.SENT_SYSTEM).put("valueUri", sent);
    }
}
