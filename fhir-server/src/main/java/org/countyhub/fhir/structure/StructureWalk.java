package org.countyhub.fhir.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.countyhub.fhir.structure.TypeDefinition.Kind;

/**
 * Walks a resource with knowledge of its types and shows a visitor every reference, identifier, URI and narrative: what a
 * transaction rewrites (FHIR R4 section 3.1.0.11.2) and what ties records together. For trees that
 * {@link ResourceParser#check} has accepted; what does not fit the definitions is passed over. Safe for use by many
 * threads.
 */
public final class StructureWalk {
    private final Definitions definitions;

    public StructureWalk(Definitions definitions) {
        this.definitions = definitions;
    }

    /** Visits a resource and all that is in it, in document order, outer elements before inner ones. */
    public void walk(ObjectNode resource, StructureVisitor visitor) {
        new Walker(definitions, visitor).resource(resource, false);
    }

    private static final class Walker {
        private final Definitions definitions;
        private final StructureVisitor visitor;
        private final Place place = new Place();

        Walker(Definitions definitions, StructureVisitor visitor) {
            this.definitions = definitions;
            this.visitor = visitor;
        }

        void resource(ObjectNode resource, boolean contained) {
            String type = resource.path("resourceType").asText();
            if (definitions.isResourceType(type)) {
                String outerType = place.resourceType();
                boolean outerContained = place.inContained();
                place.resource(type, contained);
                properties(resource, definitions.resource(type));
                place.resource(outerType, outerContained);
            }
        }

        private void properties(ObjectNode object, TypeDefinition type) {
            for (Map.Entry<String, JsonNode> property : object.properties()) {
                String name = property.getKey();
                JsonNode value = property.getValue();
                ElementDefinition element = type.element(name);
                if (element != null) {
                    if (value.isContainerNode() || isUri(element)) {
                        element(object, element, value);
                    }
                } else if (name.startsWith("_")) {
                    companions(name, value);
                }
            }
        }

        private void element(ObjectNode object, ElementDefinition element, JsonNode value) {
            place.push(element.name());
            if (value instanceof ArrayNode items) {
                for (int i = 0; i < items.size(); i++) {
                    place.index(i);
                    JsonNode item = items.get(i);
                    if (item instanceof ObjectNode child) {
                        child(element, child);
                    } else if (item.isTextual() && isUri(element)) {
                        visitor.uri(new UriValue.OfItem(items, i, element.type().name()), place);
                    }
                }
            } else if (value instanceof ObjectNode child) {
                child(element, child);
            } else if (value.isTextual()) {
                visitor.uri(
                        new UriValue.OfProperty(
                                object, element.name(), element.type().name()),
                        place);
            }
            place.pop();
        }

        private void child(ElementDefinition element, ObjectNode child) {
            TypeDefinition type = element.type();
            switch (type.kind()) {
                case COMPLEX -> {
                    visit(child, type);
                    properties(child, type);
                }
                case BACKBONE, RESOURCE -> properties(child, type);
                case ANY_RESOURCE ->
                    resource(child, place.inContained() || element.name().equals("contained"));
                case PRIMITIVE, XHTML -> {}
            }
        }

        private void visit(ObjectNode node, TypeDefinition type) {
            switch (type.name()) {
                case "Reference" -> visitor.reference(node, place);
                case "Identifier" -> visitor.identifier(node, place);
                case "Narrative" -> visitor.narrative(node, place);
                default -> {}
            }
        }

        /** Goes into {@code _name}, where the extensions of a primitive stand. */
        private void companions(String name, JsonNode value) {
            place.push(name);
            if (value instanceof ObjectNode companion) {
                properties(companion, definitions.primitiveElement());
            } else if (value instanceof ArrayNode items) {
                for (int i = 0; i < items.size(); i++) {
                    if (items.get(i) instanceof ObjectNode companion) {
                        place.index(i);
                        properties(companion, definitions.primitiveElement());
                    }
                }
            }
            place.pop();
        }

        private static boolean isUri(ElementDefinition element) {
            return element.type().kind() == Kind.PRIMITIVE
                    && element.type().primitive().isUri();
        }
    }
}
