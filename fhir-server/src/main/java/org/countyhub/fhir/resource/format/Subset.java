package org.countyhub.fhir.resource.format;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Parts of resources that a client asks for with {@code _summary} (FHIR R4 section 3.1.1.5.9) or {@code _elements}
 * (3.1.1.5.10). What is not whole carries the tag SUBSETTED, so that it is not taken for the resource in an update. Of a
 * Bundle the resources in it are reduced, but no OperationOutcome. Safe for use by many threads.
 */
public final class Subset {
    private static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
    private static final Set<String> ALWAYS =
            Set.of("resourceType", "id", "meta", "implicitRules", "modifierExtension");
    private static final Set<String> COUNT = Set.of("resourceType", "id", "meta", "type", "total", "link");

    private final Shapes shapes;

    public Subset(FhirContext context) {
        this.shapes = new Shapes(context);
    }

    /** A copy reduced as asked; {@code COUNT} concerns searches only and leaves a single resource whole. */
    public ObjectNode summary(ObjectNode resource, Summary summary) {
        return switch (summary) {
            case TRUE -> each(resource, this::summaryElements);
            case TEXT -> each(resource, one -> only(one, Set.of("text")));
            case DATA -> each(resource, one -> tagged(one.deepCopy().without(Set.of("text", "_text"))));
            case COUNT -> isBundle(resource) ? resource.deepCopy().retain(COUNT) : resource.deepCopy();
            case FALSE -> resource.deepCopy();
        };
    }

    /** A copy with the named elements of the top level, beside the mandatory ones; a choice is named without its type. */
    public ObjectNode elements(ObjectNode resource, Set<String> names) {
        return each(resource, one -> only(one, names));
    }

    private static ObjectNode each(ObjectNode resource, UnaryOperator<ObjectNode> reduction) {
        if (!isBundle(resource)) {
            return reduction.apply(resource);
        }
        ObjectNode bundle = resource.deepCopy();
        for (JsonNode entry : bundle.path("entry")) {
            boolean outcome =
                    entry.path("resource").path("resourceType").asText().equals("OperationOutcome");
            if (!outcome && entry.get("resource") instanceof ObjectNode member) {
                ((ObjectNode) entry).set("resource", each(member, reduction));
            }
        }
        return bundle;
    }

    private static boolean isBundle(ObjectNode resource) {
        return resource.path("resourceType").asText().equals("Bundle");
    }

    private ObjectNode only(ObjectNode resource, Set<String> names) {
        Shape shape = shapes.of(resource);
        ObjectNode subset = resource.objectNode();
        for (var property : resource.properties()) {
            String name = plain(property.getKey());
            Shape.Property known = shape.property(name);
            boolean wanted =
                    names.contains(name) || (known != null && (known.mandatory() || names.contains(known.base())));
            if (ALWAYS.contains(name) || wanted) {
                subset.set(property.getKey(), property.getValue().deepCopy());
            }
        }
        return tagged(subset);
    }

    private ObjectNode summaryElements(ObjectNode resource) {
        return tagged(summaryElements(resource, shapes.of(resource)));
    }

    /** Summary flags go down into backbone elements; a data type is kept whole. */
    private static ObjectNode summaryElements(ObjectNode object, Shape shape) {
        ObjectNode subset = object.objectNode();
        for (var property : object.properties()) {
            String name = plain(property.getKey());
            Shape.Property known = shape.property(name);
            if (ALWAYS.contains(name)) {
                subset.set(property.getKey(), property.getValue().deepCopy());
            } else if (known != null && (known.summary() || known.mandatory())) {
                Shape inner = known.backbone();
                JsonNode value = property.getValue();
                subset.set(property.getKey(), inner == null ? value.deepCopy() : summaryElements(value, inner));
            }
        }
        return subset;
    }

    private static JsonNode summaryElements(JsonNode value, Shape shape) {
        if (value instanceof ObjectNode object) {
            return summaryElements(object, shape);
        }
        if (!value.isArray()) {
            return value;
        }
        ArrayNode reduced = ((ArrayNode) value).arrayNode();
        for (JsonNode item : value) {
            reduced.add(item instanceof ObjectNode object ? summaryElements(object, shape) : item.deepCopy());
        }
        return reduced;
    }

    private static String plain(String property) {
        return property.startsWith("_") ? property.substring(1) : property;
    }

    /** The resource itself, marked as not the whole of it. */
    public static ObjectNode tagged(ObjectNode resource) {
        ObjectNode meta = resource.get("meta") instanceof ObjectNode present ? present : resource.putObject("meta");
        ArrayNode tags = meta.get("tag") instanceof ArrayNode present ? present : meta.putArray("tag");
        for (JsonNode tag : tags) {
            if (tag.path("system").asText().equals(SYSTEM)
                    && tag.path("code").asText().equals("SUBSETTED")) {
                return resource;
            }
        }
        tags.addObject().put("system", SYSTEM).put("code", "SUBSETTED");
        return resource;
    }
}
