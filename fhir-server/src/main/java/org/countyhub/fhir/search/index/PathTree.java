package org.countyhub.fhir.search.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.search.index.CompiledPath.Hop;
import org.jspecify.annotations.Nullable;

/**
 * Paths merged by their common beginnings, so that each element of a resource is visited once however many parameters
 * look at it. Filled once, then read by many threads.
 */
final class PathTree {
    /** What happens to a value that a path finds. */
    interface Leaf {
        void found(JsonNode value, JsonNode resource, IndexSink sink);
    }

    private record Branch(Filter filter, PathTree tree) {}

    private final List<Leaf> leaves = new ArrayList<>();
    private final Map<String, List<Branch>> branches = new HashMap<>();

    void add(CompiledPath path, Leaf leaf) {
        PathTree tree = this;
        for (Hop hop : path.hops()) {
            tree = tree.branch(hop);
        }
        tree.leaves.add(leaf);
    }

    private PathTree branch(Hop hop) {
        List<Branch> alternatives = branches.computeIfAbsent(hop.property(), key -> new ArrayList<>());
        for (Branch branch : alternatives) {
            if (branch.filter().equals(hop.filter())) {
                return branch.tree();
            }
        }
        Branch branch = new Branch(hop.filter(), new PathTree());
        alternatives.add(branch);
        return branch.tree();
    }

    /** Hands every value that a path finds below (or at) an element of a resource to the path's leaf. */
    void walk(JsonNode element, JsonNode resource, IndexSink sink) {
        for (Leaf leaf : leaves) {
            leaf.found(element, resource, sink);
        }
        if (branches.isEmpty()) {
            return;
        }
        if (branches.size() < element.size()) {
            for (Map.Entry<String, List<Branch>> branch : branches.entrySet()) {
                follow(element.get(branch.getKey()), branch.getValue(), resource, sink);
            }
        } else {
            for (Map.Entry<String, JsonNode> child : element.properties()) {
                follow(child.getValue(), branches.get(child.getKey()), resource, sink);
            }
        }
    }

    private static void follow(
            @Nullable JsonNode child, @Nullable List<Branch> alternatives, JsonNode resource, IndexSink sink) {
        if (child == null || alternatives == null) {
            return;
        }
        if (!child.isArray()) {
            follow(child, 0, alternatives, resource, sink);
            return;
        }
        for (int index = 0; index < child.size(); index++) {
            follow(child.get(index), index, alternatives, resource, sink);
        }
    }

    private static void follow(
            JsonNode element, int index, List<Branch> alternatives, JsonNode resource, IndexSink sink) {
        for (Branch branch : alternatives) {
            if (branch.filter().accepts(element, index)) {
                branch.tree().walk(element, resource, sink);
            }
        }
    }
}
