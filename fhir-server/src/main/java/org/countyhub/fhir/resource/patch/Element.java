package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.countyhub.fhir.structure.ElementDefinition;
import org.countyhub.fhir.structure.TypeDefinition;
import org.jspecify.annotations.Nullable;

/**
 * An element of the resource, as the place where it stands in the JSON tree, so that what a path finds can be changed
 * there.
 *
 * @param owner the element that this one is part of; null for the resource itself
 * @param definition the JSON property it stands in; null for the resource itself
 * @param index its position in a repeating element, else 0
 * @param type its type; for a contained resource the type it names
 * @param content what stands there now
 */
record Element(
        @Nullable Element owner,
        @Nullable ElementDefinition definition,
        int index,
        TypeDefinition type,
        Content content)
        implements Item {

    static Element resource(ObjectNode tree, Properties properties) {
        return new Element(null, null, 0, properties.resource(tree), new Content(tree, null));
    }

    /** The object that holds this element's children: for a primitive the one beside it, with its id and extensions. */
    @Nullable
    ObjectNode members() {
        if (Properties.primitive(type)) {
            return content.extras();
        }
        return content.value() instanceof ObjectNode object ? object : null;
    }

    /** The elements of a FHIRPath name, in order; one for a choice, whatever its type. */
    List<Element> children(String base, Properties properties) {
        return children(properties.named(type, base), properties);
    }

    List<Element> children(Properties properties) {
        return children(properties.of(type), properties);
    }

    private List<Element> children(Collection<ElementDefinition> wanted, Properties properties) {
        ObjectNode members = members();
        if (members == null) {
            return List.of();
        }
        List<Element> children = new ArrayList<>();
        for (ElementDefinition child : wanted) {
            List<Content> contents = Content.read(members, child);
            for (int i = 0; i < contents.size(); i++) {
                Content each = contents.get(i);
                children.add(new Element(this, child, i, properties.type(child, each), each));
            }
        }
        return children;
    }

    /** Whether the other one stands in the same property of the same owner. */
    @SuppressWarnings("ReferenceEquality") // Equal trees at two places are two lists.
    boolean sameListAs(Element other) {
        return owner != null
                && other.owner != null
                && owner.members() == other.owner.members()
                && Objects.equals(definition, other.definition);
    }

    /** How far below the resource this element stands; 0 for the resource itself. */
    int depth() {
        int depth = 0;
        for (Element above = owner; above != null; above = above.owner) {
            depth++;
        }
        return depth;
    }

    @Override
    public @Nullable Atom atom() {
        JsonNode value = content.value();
        return (Properties.primitive(type) && value != null) ? atom(value) : null;
    }

    private @Nullable Atom atom(JsonNode value) {
        if (value.isBoolean()) {
            return new Flag(value.booleanValue());
        }
        if (value.isNumber()) {
            return new Numeral(value.decimalValue());
        }
        if (!value.isTextual()) {
            return null;
        }
        return switch (type.name()) {
            case "date", "dateTime", "instant", "time" -> new Moment(value.textValue());
            default -> new Text(value.textValue());
        };
    }
}
