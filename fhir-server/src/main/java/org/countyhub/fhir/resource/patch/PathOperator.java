package org.countyhub.fhir.resource.patch;

import org.jspecify.annotations.Nullable;

/** The FHIRPath operators that a patch path may use, from the loosest binding to the tightest (section 6.8). */
enum PathOperator {
    IMPLIES("implies", 1),
    OR("or", 2),
    XOR("xor", 2),
    AND("and", 3),
    IN("in", 4),
    CONTAINS("contains", 4),
    EQUAL("=", 5),
    EQUIVALENT("~", 5),
    NOT_EQUAL("!=", 5),
    NOT_EQUIVALENT("!~", 5),
    LESS("<", 6),
    AT_MOST("<=", 6),
    GREATER(">", 6),
    AT_LEAST(">=", 6),
    UNION("|", 7),
    IS("is", 8),
    AS("as", 8);

    private final String text;
    private final int strength;

    PathOperator(String text, int strength) {
        this.text = text;
        this.strength = strength;
    }

    int strength() {
        return strength;
    }

    static @Nullable PathOperator of(PathToken token) {
        if (token.kind() != PathToken.Kind.SYMBOL && token.kind() != PathToken.Kind.NAME) {
            return null;
        }
        for (PathOperator operator : values()) {
            if (operator.text.equals(token.text())) {
                return operator;
            }
        }
        return null;
    }
}
