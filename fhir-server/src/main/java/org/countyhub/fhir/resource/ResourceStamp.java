package org.countyhub.fhir.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** What the server itself writes into a resource: its id and {@code meta.versionId}, {@code meta.lastUpdated}. */
public final class ResourceStamp {
    private ResourceStamp() {}

    /** A copy with resourceType, id and meta in front, as readers expect them; the rest is shared, not copied. */
    public static ObjectNode stamp(ObjectNode resource, String id, int version, Instant lastUpdated) {
        ObjectNode stamped = JsonNodeFactory.instance.objectNode();
        stamped.set("resourceType", resource.get("resourceType"));
        stamped.put("id", id);
        ObjectNode meta = stamped.putObject("meta");
        meta.put("versionId", Integer.toString(version));
        meta.put("lastUpdated", lastUpdated.truncatedTo(ChronoUnit.MILLIS).toString());
        if (resource.get("meta") instanceof ObjectNode sent) {
            copy(sent, meta);
        }
        copy(resource, stamped);
        return stamped;
    }

    private static void copy(ObjectNode from, ObjectNode to) {
        for (Map.Entry<String, JsonNode> property : from.properties()) {
            if (!to.has(property.getKey())) {
                to.set(property.getKey(), property.getValue());
            }
        }
    }

    /** A copy without the server's stamps, to compare what two versions say. */
    public static ObjectNode unstamped(ObjectNode resource) {
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        copy(resource, plain);
        plain.remove("id");
        if (plain.get("meta") instanceof ObjectNode meta) {
            ObjectNode rest = JsonNodeFactory.instance.objectNode();
            copy(meta, rest);
            rest.remove("versionId");
            rest.remove("lastUpdated");
            if (rest.isEmpty()) {
                plain.remove("meta");
            } else {
                plain.set("meta", rest);
            }
        }
        return plain;
    }
}
