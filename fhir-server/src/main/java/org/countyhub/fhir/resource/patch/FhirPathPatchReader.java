package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * Reads the operations of a FHIRPath Patch from its Parameters (FHIR R4, fhirpatch.html#format); a fault names its
 * place, such as {@code Parameters.parameter[2].part[1]}.
 */
final class FhirPathPatchReader {
    private static final Set<String> PARTS = Set.of("type", "path", "name", "value", "index", "source", "destination");

    private final PatchValueReader values;

    FhirPathPatchReader(Definitions definitions) {
        this.values = new PatchValueReader(definitions);
    }

    List<FhirPathOperation> read(ObjectNode parameters) {
        if (!parameters.path("resourceType").asText().equals("Parameters")) {
            throw Problem.malformed(Fault.of("structure", "a FHIRPath Patch is a Parameters resource"));
        }
        JsonNode list = parameters.path("parameter");
        if (!list.isMissingNode() && !list.isArray()) {
            throw Problem.malformed(Fault.at("Parameters.parameter", "structure", "parameter must be an array"));
        }
        if (list.size() > Patch.MAX_OPERATIONS) {
            throw Problem.malformed(Fault.at(
                    "Parameters.parameter", "too-long", "a patch has at most " + Patch.MAX_OPERATIONS + " operations"));
        }
        List<FhirPathOperation> operations = new ArrayList<>(list.size());
        for (JsonNode parameter : list) {
            operations.add(operation(parameter, "Parameters.parameter[" + operations.size() + "]"));
        }
        return operations;
    }

    private FhirPathOperation operation(JsonNode parameter, String place) {
        if (!parameter.path("name").asText().equals("operation")) {
            throw Problem.malformed(Fault.at(place + ".name", "value", "each parameter is named operation"));
        }
        Parts parts = parts(parameter, place);
        String type = parts.text("type", "valueCode", "valueString");
        return switch (type) {
            case "add" ->
                new FhirPathOperation.Add(parts.path(), parts.text("name", "valueString"), parts.value(values));
            case "insert" -> new FhirPathOperation.Insert(parts.path(), parts.index("index"), parts.value(values));
            case "delete" -> new FhirPathOperation.Delete(parts.path());
            case "replace" -> new FhirPathOperation.Replace(parts.path(), parts.value(values));
            case "move" -> new FhirPathOperation.Move(parts.path(), parts.index("source"), parts.index("destination"));
            default ->
                throw Problem.malformed(
                        Fault.at(place, "value", "type is one of add, insert, delete, replace and move"));
        };
    }

    private static Parts parts(JsonNode parameter, String place) {
        Map<String, Part> byName = new HashMap<>();
        JsonNode list = parameter.path("part");
        for (int i = 0; i < list.size(); i++) {
            String at = place + ".part[" + i + "]";
            String name = list.get(i).path("name").asText();
            if (!PARTS.contains(name)) {
                throw Problem.malformed(Fault.at(at + ".name", "value", "a patch operation has no such part"));
            }
            if (byName.put(name, new Part(list.get(i), at)) != null) {
                throw Problem.malformed(Fault.at(at, "structure", "the part " + name + " is given twice"));
            }
        }
        return new Parts(byName, place);
    }

    private record Part(JsonNode node, String place) {}

    /** The parts of one operation by name. */
    private record Parts(Map<String, Part> byName, String place) {
        Part get(String name) {
            Part part = byName.get(name);
            if (part == null) {
                throw Problem.malformed(Fault.at(place, "required", "the operation has no part " + name));
            }
            return part;
        }

        String text(String name, String... properties) {
            Part part = get(name);
            for (String property : properties) {
                if (part.node.path(property).isTextual()) {
                    return part.node.path(property).textValue();
                }
            }
            throw Problem.malformed(
                    Fault.at(part.place, "value", name + " needs a " + String.join(" or ", properties)));
        }

        int index(String name) {
            Part part = get(name);
            JsonNode value = part.node.path("valueInteger");
            if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
                throw Problem.malformed(Fault.at(part.place, "value", name + " needs a valueInteger from 0"));
            }
            return value.intValue();
        }

        PathExpression path() {
            try {
                return PathExpression.parse(text("path", "valueString"));
            } catch (IllegalArgumentException e) {
                throw Problem.malformed(Fault.at(get("path").place, "value", "path: " + e.getMessage()));
            }
        }

        PatchValue value(PatchValueReader values) {
            Part part = get("value");
            return values.read(part.node, part.place);
        }
    }
}
