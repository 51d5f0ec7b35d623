package org.countyhub.fhir.resource.patch;

import java.util.ArrayList;
import java.util.List;

/**
 * A JSON Pointer (RFC 6901): the names and indexes that lead from the root to a value.
 *
 * @param tokens unescaped, at most {@link TreeSize#MAX_DEPTH}; empty for the whole document
 */
record Pointer(List<String> tokens) {
    Pointer {
        tokens = List.copyOf(tokens);
    }

    /** Reads the text form; throws IllegalArgumentException with the reason when it is none. */
    static Pointer parse(String text) {
        if (!text.isEmpty() && text.charAt(0) != '/') {
            throw new IllegalArgumentException("a JSON Pointer is empty or starts with /");
        }
        List<String> tokens = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('/', start + 1);
            end = end < 0 ? text.length() : end;
            tokens.add(unescape(text.substring(start + 1, end)));
            start = end;
            if (tokens.size() > TreeSize.MAX_DEPTH) {
                throw new IllegalArgumentException("a JSON Pointer has at most " + TreeSize.MAX_DEPTH + " steps");
            }
        }
        return new Pointer(tokens);
    }

    /** RFC 6901 section 4: ~1 before ~0, so that ~01 becomes ~1 and not a slash. */
    private static String unescape(String token) {
        for (int tilde = token.indexOf('~'); tilde >= 0; tilde = token.indexOf('~', tilde + 1)) {
            boolean escape = token.startsWith("~0", tilde) || token.startsWith("~1", tilde);
            if (!escape) {
                throw new IllegalArgumentException("~ in a JSON Pointer is followed by 0 or 1");
            }
        }
        return token.replace("~1", "/").replace("~0", "~");
    }

    boolean isRoot() {
        return tokens.isEmpty();
    }

    Pointer parent() {
        return new Pointer(tokens.subList(0, tokens.size() - 1));
    }

    String last() {
        return tokens.getLast();
    }

    /** Whether the other pointer leads to something inside of what this one leads to. */
    boolean contains(Pointer other) {
        return other.tokens.size() > tokens.size()
                && other.tokens.subList(0, tokens.size()).equals(tokens);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String token : tokens) {
            text.append('/').append(token.replace("~", "~0").replace("/", "~1"));
        }
        return text.toString();
    }
}
