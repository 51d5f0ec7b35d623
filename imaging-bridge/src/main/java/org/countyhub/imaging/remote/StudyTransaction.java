package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * A transaction (R4 section 3.1.0.11.2) of conditional writes: sent twice it leaves what it left the first time.
 */
final class StudyTransaction {
    private final ObjectNode bundle =
            JsonNodeFactory.instance.objectNode().put("resourceType", "Bundle").put("type", "transaction");
    private final ArrayNode entries = bundle.putArray("entry");

    /** What other entries refer to a resource by. */
    static String reference(Token identifier) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(identifier.search().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a resource over the one with that identifier, or a new one. */
    void put(ObjectNode resource, Token identifier) {
        request(resource, reference(identifier), "PUT", type(resource) + "?" + criteria(identifier));
    }

    /** Writes a new resource, unless there is one with that identifier; gives its place among the entries. */
    int create(ObjectNode resource, Token identifier) {
        request(resource, reference(identifier), "POST", type(resource)).put("ifNoneExist", criteria(identifier));
        return entries.size() - 1;
    }

    /** Writes the next version of a resource, unless it has another one than that by then; gives its place among the entries. */
    int replace(ObjectNode resource, String version, Token identifier) {
        String url = type(resource) + "/" + resource.path("id").asText();
        request(resource, reference(identifier), "PUT", url).put("ifMatch", "W/\"" + version + "\"");
        return entries.size() - 1;
    }

    private ObjectNode request(ObjectNode resource, String fullUrl, String method, String url) {
        ObjectNode entry = entries.addObject().put("fullUrl", fullUrl);
        entry.set("resource", resource);
        return entry.putObject("request").put("method", method).put("url", url);
    }

    private static String type(ObjectNode resource) {
        return resource.path("resourceType").asText();
    }

    private static String criteria(Token identifier) {
        return FhirClient.form(Map.of("identifier", identifier.search()));
    }

    ObjectNode bundle() {
        return bundle;
    }
}
