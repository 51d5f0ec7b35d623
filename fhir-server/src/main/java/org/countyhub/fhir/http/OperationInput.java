package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.resource.LocalReferences;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an operation, whether they came in the address or as a Parameters resource (FHIR R4 sections 3.2.0.3
 * and 3.2.0.4).
 */
final class OperationInput {
    private record Part(
            String name, @Nullable String text, @Nullable JsonNode parameter) {}

    private static final String RESOURCE = "resource";

    private final List<Part> parts = new ArrayList<>();

    private OperationInput() {}

    /**
     * Reads the input.
     *
     * @param known the names that the operation takes; others are refused
     */
    static OperationInput of(FhirRequest request, ContentReader contents, Set<String> known) {
        OperationInput input = new OperationInput();
        for (Map.Entry<String, String> parameter : request.parameters()) {
            if (!KnownParameters.takenByAll(parameter.getKey())) {
                input.parts.add(new Part(parameter.getKey(), parameter.getValue(), null));
            }
        }
        if (!(request.content() instanceof FhirRequest.Content.None)) {
            ObjectNode body = contents.resource(request.content());
            if (known.contains(RESOURCE) && !body.path("resourceType").asText().equals("Parameters")) {
                // Section 3.2.0.4: a resource that is the one thing an operation needs may be sent by itself.
                input.parts.add(new Part(RESOURCE, null, body.objectNode().set(RESOURCE, body)));
            } else if (!body.path("resourceType").asText().equals("Parameters")) {
                throw Problem.malformed(Fault.at("resourceType", "invalid", "an operation takes Parameters"));
            }
            for (JsonNode parameter : body.path("parameter")) {
                input.parts.add(new Part(parameter.path("name").asText(), null, parameter));
            }
        }
        Set<String> unknown = new LinkedHashSet<>();
        input.parts.stream()
                .map(Part::name)
                .filter(name -> !known.contains(name))
                .forEach(unknown::add);
        if (!unknown.isEmpty() && !request.prefer().lenient()) {
            throw Problem.badSearch(unknown.iterator().next(), "the operation takes " + known + ", but not " + unknown);
        }
        return input;
    }

    /** A parameter as text, whatever its type of primitive; null when it is not given. */
    @Nullable
    String text(String name) {
        List<String> all = texts(name);
        return all.isEmpty() ? null : all.getFirst();
    }

    /** Every value of a parameter as text. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Part part : parts) {
            if (part.name().equals(name)) {
                texts.add(part.text() != null ? part.text() : primitive(part));
            }
        }
        return texts;
    }

    private static String primitive(Part part) {
        JsonNode value = value(part);
        if (value != null
                && value.path("value").isTextual()
                && value.path("system").isTextual()) {
            return value.path("system").asText() + "|" + value.path("value").asText(); // an Identifier
        }
        if (value == null || value.isContainerNode()) {
            throw Problem.malformed(Fault.at(part.name(), "value", part.name() + " takes a text"));
        }
        return value.asText();
    }

    private static @Nullable JsonNode value(Part part) {
        if (part.parameter() != null) {
            for (Map.Entry<String, JsonNode> property : part.parameter().properties()) {
                if (property.getKey().startsWith("value")) {
                    return property.getValue();
                }
            }
        }
        return null;
    }

    String required(String name) {
        String text = text(name);
        if (text == null || text.isBlank()) {
            throw Problem.badSearch(name, "the operation needs a parameter " + name);
        }
        return text;
    }

    boolean flag(String name) {
        String text = text(name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw Problem.badSearch(name, name + " is true or false");
        }
        return "true".equals(text);
    }

    /** A whole number of 1 to {@code most}, or {@code otherwise} when it is not given. */
    int number(String name, int otherwise, int most) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return Math.min(number, most);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Problem.badSearch(name, name + " must be a whole number of 1 or more");
    }

    /** The resources of this server that a parameter refers to, by text or by Reference. */
    List<ResourceKey> references(String name, String type, LocalReferences local) {
        List<ResourceKey> keys = new ArrayList<>();
        for (Part part : parts) {
            if (part.name().equals(name)) {
                JsonNode value = value(part);
                String sent = part.text() != null
                        ? part.text()
                        : value == null
                                ? ""
                                : value.isObject() ? value.path("reference").asText() : value.asText();
                ResourceKey key = local.key(sent);
                if (key == null || !key.type().equals(type)) {
                    throw Problem.malformed(
                            Fault.at(name, "value", name + " takes a reference to a " + type + ", not " + sent));
                }
                keys.add(key);
            }
        }
        return keys;
    }

    ResourceKey reference(String name, String type, LocalReferences local) {
        List<ResourceKey> keys = references(name, type, local);
        if (keys.size() != 1) {
            throw Problem.badSearch(name, "the operation needs one parameter " + name);
        }
        return keys.getFirst();
    }

    /** A resource among the parameters; null when it is not given. */
    @Nullable
    ObjectNode resource(String name) {
        for (Part part : parts) {
            if (part.name().equals(name)
                    && part.parameter() != null
                    && part.parameter().get("resource") instanceof ObjectNode resource) {
                return resource;
            }
        }
        return null;
    }
}
