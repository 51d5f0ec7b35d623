package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The working copy that the operations of a JSON Patch change one after the other (RFC 6902 section 4). */
final class JsonDocument {
    /** RFC 6901 section 4: digits without a leading zero. Nine digits hold every size a document can have. */
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    private final Budget budget = new Budget();
    private JsonNode root;

    JsonDocument(JsonNode root) {
        budget.spend(TreeSize.of(root).nodes());
        this.root = root.deepCopy();
    }

    JsonNode root() {
        return root;
    }

    void run(JsonOperation operation) {
        switch (operation) {
            case JsonOperation.Add add -> add(add.path(), copy(add.path(), add.value()));
            case JsonOperation.Remove remove -> remove(remove.path());
            case JsonOperation.Replace replace -> replace(replace.path(), copy(replace.path(), replace.value()));
            case JsonOperation.Move move -> move(move.from(), move.path());
            case JsonOperation.Copy copy -> add(copy.path(), copy(copy.path(), get(copy.from())));
            case JsonOperation.Test test -> test(test.path(), test.value());
        }
    }

    /** A copy of the value for a place; every copy is paid for, so that copies of copies cannot fill the memory. */
    private JsonNode copy(Pointer place, JsonNode value) {
        TreeSize size = TreeSize.of(value);
        budget.spend(size.nodes());
        checkDepth(place, size);
        return value.deepCopy();
    }

    private static void checkDepth(Pointer place, TreeSize size) {
        if (place.tokens().size() + size.depth() > TreeSize.MAX_DEPTH) {
            throw new Inapplicable("the result would be more than " + TreeSize.MAX_DEPTH + " levels deep");
        }
    }

    private JsonNode get(Pointer path) {
        JsonNode node = root;
        for (String token : path.tokens()) {
            JsonNode next = child(node, token);
            if (next == null) {
                throw new Inapplicable("there is nothing at " + path);
            }
            node = next;
        }
        return node;
    }

    private static @Nullable JsonNode child(JsonNode node, String token) {
        if (node.isArray()) {
            return INDEX.matcher(token).matches() ? node.get(Integer.parseInt(token)) : null;
        }
        return node.get(token);
    }

    private void add(Pointer path, JsonNode value) {
        if (path.isRoot()) {
            root = value;
            return;
        }
        switch (get(path.parent())) {
            case ObjectNode object -> object.set(path.last(), value);
            case ArrayNode array -> array.insert(insertionPoint(array, path), value);
            case JsonNode plain -> throw notInside(path, plain);
        }
    }

    private static int insertionPoint(ArrayNode array, Pointer path) {
        if (path.last().equals("-")) {
            return array.size();
        }
        if (!INDEX.matcher(path.last()).matches()) {
            throw new Inapplicable(path + " does not end in an index");
        }
        int index = Integer.parseInt(path.last());
        if (index > array.size()) {
            throw new Inapplicable(path + " is beyond the end of the array");
        }
        return index;
    }

    private JsonNode remove(Pointer path) {
        JsonNode removed = get(path);
        if (path.isRoot()) {
            throw new Inapplicable("the whole resource cannot be removed");
        }
        switch (get(path.parent())) {
            case ObjectNode object -> object.remove(path.last());
            case ArrayNode array -> array.remove(Integer.parseInt(path.last()));
            case JsonNode plain -> throw notInside(path, plain);
        }
        return removed;
    }

    /** In place, where RFC 6902 speaks of remove and add: the member keeps its position among its siblings. */
    private void replace(Pointer path, JsonNode value) {
        get(path);
        if (path.isRoot()) {
            root = value;
            return;
        }
        switch (get(path.parent())) {
            case ObjectNode object -> object.set(path.last(), value);
            case ArrayNode array -> array.set(Integer.parseInt(path.last()), value);
            case JsonNode plain -> throw notInside(path, plain);
        }
    }

    private void move(Pointer from, Pointer path) {
        if (from.contains(path)) {
            throw new Inapplicable("nothing can be moved into itself");
        }
        TreeSize size = TreeSize.of(get(from));
        budget.spend(size.nodes());
        checkDepth(path, size);
        if (!from.equals(path)) {
            add(path, remove(from));
        }
    }

    private void test(Pointer path, JsonNode expected) {
        if (!JsonEquality.equal(get(path), expected)) {
            throw new Inapplicable("the value at " + path + " is not the one tested for");
        }
    }

    private static Inapplicable notInside(Pointer path, JsonNode plain) {
        return new Inapplicable(path + " leads into a " + plain.getNodeType());
    }
}
