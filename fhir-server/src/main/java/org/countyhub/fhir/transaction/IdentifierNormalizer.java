package org.countyhub.fhir.transaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.countyhub.fhir.naming.IdentifierSystems;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * Brings identifiers to the canonical address of their system. What the sender wrote stays beside it, as an extension of
 * {@code Identifier.system}. Refuses what must not be kept at all.
 */
final class IdentifierNormalizer {
    private final IdentifierSystems systems;

    IdentifierNormalizer(IdentifierSystems systems) {
        this.systems = systems;
    }

    /** Refuses an identifier that no resource may hold, however deep in it. */
    static void refuseTransient(ObjectNode identifier) {
        if (identifier.path("system").asText().equals(IdentifierSystems.INSURANCE_TOKEN)) {
            throw Problem.unprocessable(Fault.of(
                    "business-rule",
                    "a resource holds an e-voucher token as an identifier; tokens are good for Person/$resolve only and are"
                            + " never stored"));
        }
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
