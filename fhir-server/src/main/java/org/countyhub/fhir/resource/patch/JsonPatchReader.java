package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Reads the operations of a JSON Patch document; a fault names its place, such as {@code [2].path}. */
final class JsonPatchReader {
    private JsonPatchReader() {}

    static List<JsonOperation> read(JsonNode body) {
        if (!body.isArray()) {
            throw Problem.malformed(Fault.of("structure", "a JSON Patch is an array of operations"));
        }
        if (body.size() > Patch.MAX_OPERATIONS) {
            throw Problem.malformed(
                    Fault.of("too-long", "a patch has at most " + Patch.MAX_OPERATIONS + " operations"));
        }
        List<JsonOperation> operations = new ArrayList<>(body.size());
        for (JsonNode operation : body) {
            operations.add(operation(operation, "[" + operations.size() + "]"));
        }
        return operations;
    }

    /** Members that an operation does not define are ignored, as RFC 6902 section 4 demands. */
    private static JsonOperation operation(JsonNode operation, String place) {
        if (!operation.isObject()) {
            throw Problem.malformed(Fault.at(place, "structure", "an operation is an object"));
        }
        String op = text(operation, "op", place);
        return switch (op) {
            case "add" -> new JsonOperation.Add(pointer(operation, "path", place), value(operation, place));
            case "remove" -> new JsonOperation.Remove(pointer(operation, "path", place));
            case "replace" -> new JsonOperation.Replace(pointer(operation, "path", place), value(operation, place));
            case "move" -> new JsonOperation.Move(pointer(operation, "from", place), pointer(operation, "path", place));
            case "copy" -> new JsonOperation.Copy(pointer(operation, "from", place), pointer(operation, "path", place));
            case "test" -> new JsonOperation.Test(pointer(operation, "path", place), value(operation, place));
            default ->
                throw Problem.malformed(
                        Fault.at(place + ".op", "value", "op is one of add, remove, replace, move, copy and test"));
        };
    }

    private static Pointer pointer(JsonNode operation, String name, String place) {
        try {
            return Pointer.parse(text(operation, name, place));
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(Fault.at(place + "." + name, "value", String.valueOf(e.getMessage())));
        }
    }

    private static String text(JsonNode operation, String name, String place) {
        JsonNode value = operation.get(name);
        if (value == null) {
            throw Problem.malformed(Fault.at(place + "." + name, "required", "the operation has no " + name));
        }
        if (!value.isTextual()) {
            throw Problem.malformed(Fault.at(place + "." + name, "value", name + " must be a string"));
        }
        return value.textValue();
    }

    /** The value, which may be a JSON null but not absent. */
    private static JsonNode value(JsonNode operation, String place) {
        JsonNode value = operation.get("value");
        if (value == null) {
            throw Problem.malformed(Fault.at(place + ".value", "required", "the operation has no value"));
        }
        return value.deepCopy();
    }
}
