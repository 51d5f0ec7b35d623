package org.countyhub.fhir.search.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The combinations of a composite parameter at one of its base elements: each value of the first component with each of
 * the second (FHIR R4 section 3.1.1.4, composite).
 */
final class TupleLeaf implements PathTree.Leaf {
    /** Combinations of one element beyond this number are not indexed: two lists of codes multiply without end. */
    static final int MAX_COMBINATIONS = 1_000;

    /**
     * Where one component finds its values.
     *
     * @param outside whether that is in the resource rather than in the base element
     */
    record Part(PathTree paths, boolean outside) {}

    private final SearchParameter parameter;
    private final List<Part> parts;

    TupleLeaf(SearchParameter parameter, List<Part> parts) {
        this.parameter = parameter;
        this.parts = List.copyOf(parts);
    }

    @Override
    public void found(JsonNode base, JsonNode resource, IndexSink sink) {
        List<List<IndexValue>> combinations = List.of(List.of());
        // The last component is the rarer one: most results have a code, few a value of just this type.
        for (Part part : parts.reversed()) {
            List<IndexValue> values = values(part, base, resource);
            if (values.isEmpty()) {
                return;
            }
            combinations = multiply(values, combinations);
        }
        combinations.forEach(combination -> sink.composite(parameter, combination));
    }

    private static List<IndexValue> values(Part part, JsonNode base, JsonNode resource) {
        Values values = new Values(new ArrayList<>());
        part.paths().walk(part.outside() ? resource : base, resource, values);
        return values.found();
    }

    private static List<List<IndexValue>> multiply(List<IndexValue> heads, List<List<IndexValue>> tails) {
        List<List<IndexValue>> combinations = new ArrayList<>();
        for (IndexValue head : heads) {
            for (List<IndexValue> tail : tails) {
                if (combinations.size() == MAX_COMBINATIONS) {
                    return combinations;
                }
                List<IndexValue> combination = new ArrayList<>(tail.size() + 1);
                combination.add(head);
                combination.addAll(tail);
                combinations.add(combination);
            }
        }
        return combinations;
    }

    private record Values(List<IndexValue> found) implements IndexSink {
        @Override
        public void value(SearchParameter parameter, IndexValue value) {
            found.add(value);
        }

        @Override
        public void composite(SearchParameter parameter, List<IndexValue> components) {
            throw new IllegalStateException("a composite of composites: " + parameter);
        }
    }
}
