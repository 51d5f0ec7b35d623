package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Puts a batch or transaction together. */
final class Bundles {
    private final ObjectNode bundle = JsonNodeFactory.instance.objectNode();
    private final ArrayNode entries;

    private Bundles(String type) {
        bundle.put("resourceType", "Bundle").put("type", type);
        entries = bundle.putArray("entry");
    }

    static Bundles transaction() {
        return new Bundles("transaction");
    }

    static Bundles batch() {
        return new Bundles("batch");
    }

    Bundles post(String resource) {
        return post(null, resource, null);
    }

    /**
     * Adds a create.
     *
     * @param fullUrl what other entries call the resource, or null
     * @param ifNoneExist criteria, or null
     */
    Bundles post(@Nullable String fullUrl, String resource, @Nullable String ifNoneExist) {
        ObjectNode tree = Answers.json(resource);
        ObjectNode request =
                entry(fullUrl, tree, "POST", tree.path("resourceType").asText());
        if (ifNoneExist != null) {
            request.put("ifNoneExist", ifNoneExist);
        }
        return this;
    }

    Bundles put(String url, String resource) {
        entry(null, Answers.json(resource), "PUT", url);
        return this;
    }

    Bundles patch(String url, String parameters) {
        entry(null, Answers.json(parameters), "PATCH", url);
        return this;
    }

    Bundles get(String url) {
        entry(null, null, "GET", url);
        return this;
    }

    Bundles delete(String url) {
        entry(null, null, "DELETE", url);
        return this;
    }

    /** The entry's request, to add conditions to. */
    ObjectNode entry(@Nullable String fullUrl, @Nullable ObjectNode resource, String method, String url) {
        ObjectNode entry = entries.addObject();
        if (fullUrl != null) {
            entry.put("fullUrl", fullUrl);
        }
        if (resource != null) {
            entry.set("resource", resource);
        }
        return entry.putObject("request").put("method", method).put("url", url);
    }

    @Override
    public String toString() {
        return bundle.toString();
    }
}
