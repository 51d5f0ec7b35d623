package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.structure.ElementDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What stands at one place: the value, and for a primitive also what FHIR's JSON keeps in the property with the
 * underscore (R4 section 2.6.2.3).
 *
 * @param value the JSON value; null when a primitive has only extensions
 * @param extras the id and extensions of a primitive; null when it has none
 */
record Content(@Nullable JsonNode value, @Nullable ObjectNode extras) {

    /** Everything in one property of an object: nothing, one, or the whole list. */
    static List<Content> read(ObjectNode holder, ElementDefinition property) {
        JsonNode values = holder.get(property.name());
        JsonNode extras = holder.get("_" + property.name());
        if (!property.repeats()) {
            Content single = new Content(present(values), object(extras));
            return single.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(single));
        }
        List<Content> contents = new ArrayList<>();
        for (int i = 0; i < Math.max(size(values), size(extras)); i++) {
            contents.add(new Content(
                    values == null ? null : present(values.get(i)), extras == null ? null : object(extras.get(i))));
        }
        return contents;
    }

    /** Puts the contents into one property of an object; a property without content vanishes. */
    static void write(ObjectNode holder, ElementDefinition property, List<Content> contents) {
        put(
                holder,
                property,
                property.name(),
                contents.stream().map(Content::value).toList());
        put(
                holder,
                property,
                "_" + property.name(),
                contents.stream().<@Nullable JsonNode>map(Content::extras).toList());
    }

    private static void put(
            ObjectNode holder, ElementDefinition property, String name, List<? extends @Nullable JsonNode> nodes) {
        if (nodes.stream().allMatch(node -> node == null)) {
            holder.remove(name);
        } else if (property.repeats()) {
            ArrayNode array = holder.arrayNode(nodes.size());
            nodes.forEach(array::add);
            holder.set(name, array);
        } else {
            holder.set(name, nodes.getFirst());
        }
    }

    boolean isEmpty() {
        return value == null && extras == null;
    }

    /** Without objects that have no members: FHIR allows no empty element (R4 section 2.6.2). */
    Content pruned() {
        boolean hollow = value instanceof ObjectNode object && object.isEmpty();
        return new Content(hollow ? null : value, (extras == null || extras.isEmpty()) ? null : extras);
    }

    Content copy() {
        return new Content(value == null ? null : value.deepCopy(), extras == null ? null : extras.deepCopy());
    }

    TreeSize size() {
        TreeSize plain = value == null ? new TreeSize(0, 0) : TreeSize.of(value);
        TreeSize more = extras == null ? new TreeSize(0, 0) : TreeSize.of(extras);
        return new TreeSize(plain.nodes() + more.nodes(), Math.max(plain.depth(), more.depth()));
    }

    private static int size(@Nullable JsonNode array) {
        return array == null ? 0 : array.size();
    }

    private static @Nullable JsonNode present(@Nullable JsonNode node) {
        return (node == null || node.isNull()) ? null : node;
    }

    private static @Nullable ObjectNode object(@Nullable JsonNode node) {
        return node instanceof ObjectNode object ? object : null;
    }
}
