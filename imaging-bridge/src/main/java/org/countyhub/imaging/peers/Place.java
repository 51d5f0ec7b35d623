package org.countyhub.imaging.peers;

import org.jspecify.annotations.Nullable;

/** A place in the file, for what is wrong there. */
record Place(String text) {
    Place at(String more) {
        return new Place(text + more);
    }

    IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException(text + ": " + why);
    }

    <T> T there(@Nullable T value) {
        if (value == null) {
            throw wrong("missing");
        }
        return value;
    }

    String matching(@Nullable String value, String pattern, String what) {
        String text = there(value);
        if (!text.matches(pattern)) {
            throw wrong("must be " + what + " but is " + text);
        }
        return text;
    }

    String uri(@Nullable String value) {
        return matching(value, "[A-Za-z][A-Za-z0-9+.-]*:\\S+", "a URI");
    }

    int number(int value, int lowInclusive, int highInclusive) {
        if (value < lowInclusive || value > highInclusive) {
            throw wrong("must be from " + lowInclusive + " to " + highInclusive + " but is " + value);
        }
        return value;
    }
}
