package org.countyhub.fhir.structure;

import java.util.Arrays;

/**
 * Where in a resource a walk is, such as {@code Bundle.entry[1].resource.component[2].valueQuantity}. It moves with the
 * walk: whoever wants to keep it keeps {@link #toString()}, which is built only then.
 */
public final class Place {
    private static final int NO_INDEX = -1;
    private static final int MAX_SHOWN_NAME_LENGTH = 64;

    private String[] names = new String[16];
    private int[] indexes = new int[16];
    private int depth;
    private String resourceType = "";
    private boolean contained;

    Place() {}

    /** The type of the innermost resource: {@code Patient} inside a Bundle's entry or inside {@code contained}. */
    public String resourceType() {
        return resourceType;
    }

    /** Whether the innermost resource is contained in another (FHIR R4 section 2.3, References). */
    public boolean inContained() {
        return contained;
    }

    int depth() {
        return depth;
    }

    void push(String name) {
        if (depth == names.length) {
            names = Arrays.copyOf(names, depth * 2);
            indexes = Arrays.copyOf(indexes, depth * 2);
        }
        names[depth] = name;
        indexes[depth] = NO_INDEX;
        depth++;
    }

    void pop() {
        depth--;
    }

    /** Points at one item of the element pushed last. */
    void index(int index) {
        indexes[depth - 1] = index;
    }

    /** Points at the element pushed last as a whole. */
    void noIndex() {
        indexes[depth - 1] = NO_INDEX;
    }

    /** Enters a resource; the caller leaves it by entering the one around it again. */
    void resource(String type, boolean isContained) {
        if (depth == 0) {
            push(type);
        }
        resourceType = type;
        contained = isContained;
    }

    @Override
    public String toString() {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (i > 0) {
                path.append('.');
            }
            path.append(shown(names[i]));
            if (indexes[i] != NO_INDEX) {
                path.append('[').append(indexes[i]).append(']');
            }
        }
        return path.toString();
    }

    /** A property's name as far as it can be a name; a sender may put anything there. */
    static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < Math.min(name.length(), MAX_SHOWN_NAME_LENGTH); at++) {
            char c = name.charAt(at);
            boolean usual = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
            shown.append(usual ? c : '?');
        }
        return shown.toString();
    }
}
