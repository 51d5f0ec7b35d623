package org.countyhub.fhir.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.countyhub.fhir.structure.TypeDefinition.Kind;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** Holds one JSON tree against the definitions and gathers what is wrong with it (FHIR R4 section 2.6.2, JSON). */
final class StructureCheck {
    /** After so many faults the rest of the resource is not looked at. */
    static final int MAX_FAULTS = 20;

    /** Section 2.24.0.1: strings SHALL NOT exceed 1 MB; base64Binary is bounded by the body alone. */
    static final int MAX_TEXT_LENGTH = 1024 * 1024;

    private static final int MAX_CODES_SHOWN = 20;

    private final Definitions definitions;
    private final Place place = new Place();
    private final List<Fault> faults = new ArrayList<>(0);
    /** Objects and arrays around what is looked at: as many as {@link JsonTree} can read again. */
    private int levels;

    StructureCheck(Definitions definitions) {
        this.definitions = definitions;
    }

    /** Checks a resource with all that is in it; throws Malformed when anything is wrong. */
    void check(ObjectNode resource) {
        resource(resource, false);
        if (!faults.isEmpty()) {
            throw new Problem.Malformed(List.copyOf(faults)).exception();
        }
    }

    /** Checks one item of an element that repeats, as if the rest of the resource were there and right. */
    void checkItem(String resourceType, String element, int index, JsonNode item) {
        TypeDefinition type = definitions.resource(resourceType);
        place.resource(resourceType, false);
        place.push(element);
        place.index(index);
        item(Objects.requireNonNull(type.element(element)), item);
        if (!faults.isEmpty()) {
            throw new Problem.Malformed(List.copyOf(faults)).exception();
        }
    }

    private void resource(ObjectNode resource, boolean contained) {
        JsonNode type = resource.get("resourceType");
        if (type == null) {
            fault("required", "a resource names its resourceType");
        } else if (!type.isTextual() || !definitions.isResourceType(type.textValue())) {
            fault("value", "resourceType is not a resource type of FHIR R4");
        } else {
            String outerType = place.resourceType();
            boolean outerContained = place.inContained();
            place.resource(type.textValue(), contained);
            object(resource, definitions.resource(type.textValue()));
            place.resource(outerType, outerContained);
        }
    }

    private void object(ObjectNode object, TypeDefinition type) {
        if (object.isEmpty()) {
            fault("structure", "an object must not be empty");
            return;
        }
        if (levels >= JsonTree.MAX_DEPTH) {
            fault("structure", "nested deeper than " + JsonTree.MAX_DEPTH + " levels");
            return;
        }
        levels++;
        properties(object, type);
        levels--;
    }

    private void properties(ObjectNode object, TypeDefinition type) {
        int required = 0;
        int choices = 0;
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            ElementDefinition element = type.element(property.getKey());
            if (element != null) {
                required += element.required() ? 1 : 0;
                choices += element.choice() ? 1 : 0;
                place.push(element.name());
                element(element, property.getValue(), object);
                place.pop();
            } else if (!isResourceType(property.getKey(), type)) {
                choices += otherProperty(type, property.getKey(), property.getValue(), object) ? 1 : 0;
            }
        }
        if (choices > 1) {
            oneTypeForEachChoice(object, type);
        }
        if (required < type.requirements().size()) {
            missing(object, type);
        }
    }

    private static boolean isResourceType(String name, TypeDefinition type) {
        return type.kind() == Kind.RESOURCE && name.equals("resourceType");
    }

    /** Checks what is not an element itself; whether it is the companion of one type of a choice. */
    private boolean otherProperty(TypeDefinition type, String name, JsonNode value, ObjectNode parent) {
        place.push(name);
        ElementDefinition element = companionOf(type, name);
        if (element == null) {
            fault("structure", type.name() + " has no element " + Place.shown(name));
        } else if (element.repeats()) {
            companions(value, parent.get(element.name()));
        } else {
            companion(value);
        }
        place.pop();
        return element != null && element.choice();
    }

    private void element(ElementDefinition element, JsonNode value, ObjectNode parent) {
        if (!element.repeats()) {
            if (value.isArray()) {
                fault("structure", "must not be an array: the element does not repeat");
            } else {
                item(element, value);
            }
        } else if (isFilledArray(value)) {
            levels++;
            for (int i = 0; i < value.size(); i++) {
                place.index(i);
                JsonNode item = value.get(i);
                if (!item.isNull() || !hasCompanion(parent, element, i)) {
                    item(element, item);
                }
            }
            levels--;
            place.noIndex();
        }
    }

    private boolean isFilledArray(JsonNode value) {
        if (!value.isArray()) {
            fault("structure", "must be an array: the element may repeat");
        } else if (value.isEmpty()) {
            fault("structure", "an array must not be empty");
        } else if (levels >= JsonTree.MAX_DEPTH) {
            fault("structure", "nested deeper than " + JsonTree.MAX_DEPTH + " levels");
        } else {
            return true;
        }
        return false;
    }

    private void item(ElementDefinition element, JsonNode value) {
        TypeDefinition type = element.type();
        switch (type.kind()) {
            case PRIMITIVE -> primitive(element, value);
            case XHTML -> xhtml(value);
            case COMPLEX, BACKBONE, RESOURCE -> {
                if (value instanceof ObjectNode object) {
                    object(object, type);
                } else {
                    fault("structure", "must be an object");
                }
            }
            case ANY_RESOURCE -> {
                boolean contained = element.name().equals("contained");
                if (!(value instanceof ObjectNode resource)) {
                    fault("structure", "must be a resource");
                } else if (contained && place.inContained()) {
                    fault("structure", "a contained resource does not contain others");
                } else {
                    resource(resource, contained || place.inContained());
                }
            }
        }
    }

    private void primitive(ElementDefinition element, JsonNode value) {
        Primitive primitive = element.type().primitive();
        if (!isJson(primitive.json(), value)) {
            return;
        }
        String text = value.textValue();
        if (text != null && text.length() > MAX_TEXT_LENGTH && primitive != Primitive.BASE64_BINARY) {
            fault("too-long", "longer than %d characters".formatted(MAX_TEXT_LENGTH));
        } else if (!primitive.accepts(value)) {
            fault("value", "must be " + primitive.form());
        } else if (element.codes() != null && !element.codes().contains(text)) {
            fault("code-invalid", "must be " + oneOf(element.codes()));
        }
    }

    private void xhtml(JsonNode value) {
        if (isJson(JsonNodeType.STRING, value)
                && !(Lexical.isText(value.textValue()) && Xhtml.isDiv(value.textValue()))) {
            fault("value", "must be one well-formed XHTML div");
        }
    }

    private boolean isJson(JsonNodeType expected, JsonNode value) {
        if (value.getNodeType() != expected) {
            fault(
                    "structure",
                    switch (expected) {
                        case BOOLEAN -> "must be true or false, without quotes";
                        case NUMBER -> "must be a number, without quotes";
                        default -> "must be a string";
                    });
            return false;
        }
        if (expected == JsonNodeType.STRING && value.textValue().isEmpty()) {
            fault("value", "a string must not be empty");
            return false;
        }
        return true;
    }

    private static String oneOf(Set<String> codes) {
        return codes.size() > MAX_CODES_SHOWN
                ? "a code of the value set that the element is bound to"
                : "one of " + String.join(", ", codes.stream().sorted().toList());
    }

    /** The primitive element that {@code _name} gives an id or extensions, or null when that is not such a name. */
    private static @Nullable ElementDefinition companionOf(TypeDefinition type, String name) {
        ElementDefinition element = name.startsWith("_") ? type.element(name.substring(1)) : null;
        return element != null && element.type().kind() == Kind.PRIMITIVE && !type.isAttribute(element)
                ? element
                : null;
    }

    private void companions(JsonNode companions, @Nullable JsonNode values) {
        if (!isFilledArray(companions)) {
            return;
        }
        if (values != null && values.isArray() && values.size() != companions.size()) {
            fault("structure", "must have as many items as the array of values");
            return;
        }
        levels++;
        for (int i = 0; i < companions.size(); i++) {
            place.index(i);
            if (!companions.get(i).isNull()) {
                companion(companions.get(i));
            } else if (values == null || !values.path(i).isValueNode()) {
                fault("structure", "null only stands beside a value");
            }
        }
        levels--;
        place.noIndex();
    }

    private void companion(JsonNode value) {
        if (value instanceof ObjectNode object) {
            object(object, definitions.primitiveElement());
        } else {
            fault("structure", "must be an object with id or extension");
        }
    }

    /** Whether the i-th companion in an array says why the value is absent. */
    private static boolean hasCompanion(ObjectNode parent, ElementDefinition element, int i) {
        return element.type().kind() == Kind.PRIMITIVE
                && parent.path("_" + element.name()).path(i).isObject();
    }

    private void oneTypeForEachChoice(ObjectNode object, TypeDefinition type) {
        Map<String, String> chosen = new HashMap<>();
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            String name = property.getKey().startsWith("_") ? property.getKey().substring(1) : property.getKey();
            ElementDefinition element = type.element(name);
            if (element != null && element.choice()) {
                String other = chosen.putIfAbsent(element.base(), name);
                if (other != null && !other.equals(name)) {
                    place.push(name);
                    fault("structure", "%s[x] has one type only".formatted(element.base()));
                    place.pop();
                }
            }
        }
    }

    private void missing(ObjectNode object, TypeDefinition type) {
        type.requirements().forEach((base, names) -> {
            if (names.stream().noneMatch(name -> isPresent(object, name))) {
                place.push(base);
                fault("required", "%s needs %s".formatted(type.name(), names.size() > 1 ? base + "[x]" : base));
                place.pop();
            }
        });
    }

    /** A primitive without a value is there when an extension says something in its place (section 2.6.2.3). */
    private static boolean isPresent(ObjectNode object, String name) {
        if (object.has(name)) {
            return true;
        }
        JsonNode companion = object.path("_" + name);
        return companion.has("extension") || companion.path(0).has("extension");
    }

    private void fault(String code, String diagnostics) {
        faults.add(Fault.at(place.depth() == 0 ? "Resource" : place.toString(), code, diagnostics));
        if (faults.size() == MAX_FAULTS) {
            throw new Problem.Malformed(List.copyOf(faults)).exception();
        }
    }
}
