package org.countyhub.bench.county;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A transaction bundle (FHIR R4 section 3.1.0.11) that may be sent again: every entry is a conditional create by its own first
 * identifier, or an update of a fixed id.
 */
final class Transaction {
    private final ObjectNode bundle = Elements.resource("Bundle").put("type", "transaction");
    private final ArrayNode entries = bundle.putArray("entry");

    /** Adds a resource that has an identifier and returns how others in the bundle refer to it. */
    String create(ObjectNode resource) {
        String type = resource.path("resourceType").asText();
        JsonNode identifiers = resource.path("identifier");
        // ImagingStudy and most others repeat identifier; a few types hold exactly one.
        JsonNode identifier = identifiers.isArray() ? identifiers.path(0) : identifiers;
        String token = identifier.path("system").asText() + "|"
                + identifier.path("value").asText();
        byte[] name = (type + " " + token).getBytes(StandardCharsets.UTF_8);
        String fullUrl = "urn:uuid:" + UUID.nameUUIDFromBytes(name);
        ObjectNode entry = entries.addObject().put("fullUrl", fullUrl);
        entry.set("resource", resource);
        entry.putObject("request").put("method", "POST").put("url", type).put("ifNoneExist", "identifier=" + token);
        return fullUrl;
    }

    /** Adds a resource that has an id. */
    void put(ObjectNode resource) {
        String url = resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
        ObjectNode entry = entries.addObject();
        entry.set("resource", resource);
        entry.putObject("request").put("method", "PUT").put("url", url);
    }

    ObjectNode bundle() {
        return bundle;
    }
}
