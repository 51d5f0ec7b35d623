package org.countyhub.imaging.study.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.countyhub.imaging.dicom.DataDictionary;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.kernel.Problem;

/** The parameters of a search (PS3.18 section 8.3.4), taken apart by name. */
record QidoParameters(Map<Key, Sent> keys, Fields fields, boolean fuzzy, int limit, int offset) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_OFFSET = 1_000_000;

    /** Values of a key, and what it was called. */
    record Sent(String place, List<String> values) {}

    static QidoParameters read(Map<String, List<String>> parameters) {
        Map<Key, Sent> keys = new EnumMap<>(Key.class);
        Set<Integer> included = new HashSet<>();
        boolean all = false;
        boolean fuzzy = false;
        int limit = DEFAULT_LIMIT;
        int offset = 0;
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            List<String> values = parameter.getValue();
            switch (name) {
                // Which representation is wanted, read with the headers (PS3.18 section 8.3.3.1).
                case "accept" -> {}
                case "includefield" -> all |= include(values, included);
                case "fuzzymatching" -> fuzzy = flag(name, once(name, values));
                case "limit" -> limit = Math.min(MAX_LIMIT, number(name, once(name, values), 1, Integer.MAX_VALUE));
                case "offset" -> offset = number(name, once(name, values), 0, MAX_OFFSET);
                default -> {
                    Key key = key(name);
                    if (keys.put(key, new Sent(name, values(key, name, values))) != null) {
                        throw Problem.badSearch(name, name + " is given twice, as keyword and as tag");
                    }
                }
            }
        }
        return new QidoParameters(keys, new Fields(all, included), fuzzy, limit, offset);
    }

    private static List<String> values(Key key, String name, List<String> sent) {
        // Lists of UIDs are separated by commas or, as in C-FIND, by backslashes; elsewhere a comma is a character.
        if (key.vr() == Vr.UI) {
            return sent.stream().flatMap(list -> split(list, "[,\\\\]")).toList();
        }
        return split(once(name, sent), "\\\\").toList();
    }

    private static Stream<String> split(String list, String separator) {
        return Arrays.stream(list.split(separator, -1));
    }

    /** A keyword or eight hexadecimal digits; inside a sequence two of them with a full stop between. */
    private static Key key(String name) {
        List<Integer> path = new ArrayList<>();
        for (String step : name.split("\\.", -1)) {
            path.add(tag(step)
                    .orElseThrow(() -> Problem.badSearch(
                            name,
                            name + " is neither a parameter of searches nor the keyword or tag of an attribute")));
        }
        return (path.size() > 2
                        ? Optional.<Key>empty()
                        : Key.of(path.size() == 2 ? path.getFirst() : 0, path.getLast()))
                .orElseThrow(() -> Problem.badSearch(name, name + " is not an attribute by which the hub can search"));
    }

    private static OptionalInt tag(String keywordOrHex) {
        return keywordOrHex.matches("[0-9A-Fa-f]{8}")
                ? OptionalInt.of(Integer.parseUnsignedInt(keywordOrHex, 16))
                : DataDictionary.tag(keywordOrHex);
    }

    /** Whether it was {@code all}. */
    private static boolean include(List<String> values, Set<Integer> included) {
        boolean all = false;
        for (String field : values.stream()
                .flatMap(list -> split(list, ","))
                .map(String::strip)
                .toList()) {
            if (field.equals("all")) {
                all = true;
            } else if (!field.isEmpty()) {
                String first = field.split("\\.", -1)[0];
                included.add(tag(first)
                        .orElseThrow(() -> Problem.badSearch(
                                "includefield",
                                "includefield: " + bounded(field) + " is not the keyword or tag of an attribute")));
            }
        }
        return all;
    }

    private static String bounded(String sent) {
        return sent.length() <= 64 ? sent : sent.substring(0, 64) + "…";
    }

    private static String once(String name, List<String> values) {
        if (values.size() != 1) {
            throw Problem.badSearch(name, name + " is given more than once");
        }
        return values.getFirst();
    }

    private static boolean flag(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.badSearch(name, name + " is true or false");
        };
    }

    private static int number(String name, String value, int low, int high) {
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same refusal.
        }
        throw Problem.badSearch(
                name, name + " is a whole number from " + low + (high == Integer.MAX_VALUE ? "" : " to " + high));
    }
}
