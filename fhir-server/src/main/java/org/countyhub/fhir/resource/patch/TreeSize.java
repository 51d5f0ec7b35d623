package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How large a JSON tree is.
 *
 * @param nodes the number of values in it, itself included
 * @param depth the levels below it; 0 for a plain value
 */
record TreeSize(long nodes, int depth) {
    /** The deepest tree that a patch may make; resources nest far less. */
    static final int MAX_DEPTH = 200;

    static TreeSize of(JsonNode tree) {
        long nodes = 1;
        int depth = 0;
        for (JsonNode child : tree) {
            TreeSize size = of(child);
            nodes += size.nodes;
            depth = Math.max(depth, size.depth + 1);
        }
        return new TreeSize(nodes, depth);
    }
}
