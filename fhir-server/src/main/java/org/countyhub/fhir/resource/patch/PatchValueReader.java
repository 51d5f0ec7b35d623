package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.fhir.structure.ElementDefinition;
import org.countyhub.fhir.structure.TypeDefinition;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Reads the value of an operation: a part of Parameters with value[x], a resource or parts of its own. */
final class PatchValueReader {
    private static final int MAX_NESTING = 50;

    private final List<ElementDefinition> choices;

    PatchValueReader(Definitions definitions) {
        TypeDefinition parameter = Objects.requireNonNull(
                        definitions.resource("Parameters").element("parameter"))
                .type();
        this.choices = parameter.byBase("value");
    }

    PatchValue read(JsonNode part, String place) {
        return read(part, place, 0);
    }

    private PatchValue read(JsonNode part, String place, int nesting) {
        if (nesting > MAX_NESTING) {
            throw Problem.malformed(Fault.at(place, "too-long", "parts nest at most " + MAX_NESTING + " deep"));
        }
        List<PatchValue> values = new ArrayList<>();
        for (ElementDefinition choice : choices) {
            if (part.has(choice.name()) || part.has("_" + choice.name())) {
                values.add(typed(part, choice, place));
            }
        }
        if (part.path("resource") instanceof ObjectNode resource) {
            values.add(new PatchValue.Whole(resource.deepCopy()));
        }
        if (!part.path("part").isEmpty()) {
            values.add(parts(part.path("part"), place, nesting));
        }
        if (values.size() != 1) {
            throw Problem.malformed(
                    Fault.at(place, "structure", "a value is one of value[x], resource and parts, and only one"));
        }
        return values.getFirst();
    }

    private static PatchValue typed(JsonNode part, ElementDefinition choice, String place) {
        JsonNode value = part.get(choice.name());
        JsonNode extras = part.get("_" + choice.name());
        boolean complex = choice.type().kind() == TypeDefinition.Kind.COMPLEX;
        boolean fits = complex
                ? value instanceof ObjectNode && extras == null
                : (value == null || value.isValueNode()) && (extras == null || extras.isObject());
        if (!fits) {
            throw Problem.malformed(Fault.at(
                    place + "." + choice.name(),
                    "structure",
                    "not the JSON form of a " + choice.type().name()));
        }
        Content content = new Content(value, extras instanceof ObjectNode object ? object : null);
        return new PatchValue.Typed(choice.type(), content.copy());
    }

    private PatchValue parts(JsonNode list, String place, int nesting) {
        List<PatchValue.Part> parts = new ArrayList<>();
        for (JsonNode part : list) {
            String at = place + ".part[" + parts.size() + "]";
            String name = part.path("name").asText();
            if (name.isEmpty()) {
                throw Problem.malformed(Fault.at(at + ".name", "required", "each part has the name of an element"));
            }
            parts.add(new PatchValue.Part(name, read(part, at, nesting + 1)));
        }
        return new PatchValue.Parts(List.copyOf(parts));
    }
}
