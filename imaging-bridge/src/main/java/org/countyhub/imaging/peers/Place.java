package org.countyhub.imaging.peers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    List<AddressRange> addresses(@Nullable List<String> texts) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String one : there(texts)) {
            try {
                ranges.add(AddressRange.of(there(one)));
            } catch (IllegalArgumentException e) {
                throw at("[" + ranges.size() + "]").wrong(String.valueOf(e.getMessage()));
            }
        }
        return ranges;
    }

    Set<String> matching(List<String> values, String pattern, String what) {
        Set<String> all = new HashSet<>();
        int index = 0;
        for (String value : values) {
            all.add(at("[" + index++ + "]").matching(value, pattern, what));
        }
        return all;
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
