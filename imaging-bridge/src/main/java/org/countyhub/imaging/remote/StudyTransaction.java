package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * A transaction (R4 section 3.1.0.11.2) of conditional updates: sent twice it leaves what it left the first time.
 */
final class StudyTransaction {
    private final ObjectNode bundle =
            JsonNodeFactory.instance.objectNode().put("resourceType", "Bundle").put("type", "transaction");
    private final ArrayNode entries = bundle.putArray("entry");

    /** What other entries refer to a resource by. */
    static String reference(Token identifier) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(identifier.search().getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a resource, and gives its place among the entries. */
    int put(ObjectNode resource, Token identifier) {
        ObjectNode entry = entries.addObject().put("fullUrl", reference(identifier));
        entry.set("resource", resource);
        entry.putObject("request")
                .put("method", "PUT")
                .put(
                        "url",
                        resource.path("resourceType").asText() + "?"
                                + FhirClient.form(Map.of("identifier", identifier.search())));
        return entries.size() - 1;
    }

    ObjectNode bundle() {
        return bundle;
    }
}
