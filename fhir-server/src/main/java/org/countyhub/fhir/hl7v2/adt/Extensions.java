package org.countyhub.fhir.hl7v2.adt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Extensions of an element by their addresses. */
final class Extensions {
    private Extensions() {}

    /** The extension of that address; missing if there is none. */
    static JsonNode find(JsonNode element, String url) {
        for (JsonNode extension : element.path("extension")) {
            if (extension.path("url").asText().equals(url)) {
                return extension;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    /** An extension without a value in the place of the one of that address, or at the end. */
    static ObjectNode replace(ObjectNode element, String url) {
        ArrayNode extensions = element.withArray("extension");
        for (int i = 0; i < extensions.size(); i++) {
            if (extensions.path(i).path("url").asText().equals(url)) {
                ObjectNode fresh = Json.object().put("url", url);
                extensions.set(i, fresh);
                return fresh;
            }
        }
        return extensions.addObject().put("url", url);
    }

    static void remove(ObjectNode element, String url) {
        ArrayNode kept = Json.list();
        for (JsonNode extension : element.path("extension")) {
            if (!extension.path("url").asText().equals(url)) {
                kept.add(extension);
            }
        }
        if (kept.isEmpty()) {
            element.remove("extension");
        } else {
            element.set("extension", kept);
        }
    }
}
