package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A JSON Patch (RFC 6902). It sees the resource as plain JSON: what it leaves behind, such as an empty array, is for the
 * update that follows to refuse.
 */
public final class JsonPatch implements Patch {
    private final List<JsonOperation> operations;

    private JsonPatch(List<JsonOperation> operations) {
        this.operations = List.copyOf(operations);
    }

    /**
     * Reads a patch document: an array of at most {@link Patch#MAX_OPERATIONS} operations.
     *
     * @throws org.countyhub.kernel.ProblemException {@code Malformed}, with the place such as {@code [2].path}
     */
    public static JsonPatch parse(JsonNode body) {
        return new JsonPatch(JsonPatchReader.read(body));
    }

    @Override
    public ObjectNode apply(ObjectNode current) {
        JsonDocument document = new JsonDocument(current);
        for (int i = 0; i < operations.size(); i++) {
            try {
                document.run(operations.get(i));
            } catch (Inapplicable e) {
                throw e.at("[" + i + "]", i);
            }
        }
        return SameResource.check(current, document.root());
    }
}
