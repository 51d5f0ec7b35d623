package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Person names (PN, PS3.5 section 6.2.1): groups apart by {@code =}, their components (family, given, middle, prefix, suffix) by
 * {@code ^}. Each group is a HumanName of its own. A group of one component is a whole name and no surname: that is how most
 * devices write Chinese names.
 */
final class HumanNames {
    private static final List<String> REPRESENTATIONS = List.of("ABC", "IDE", "SYL");
    private static final Pattern HAN = Pattern.compile("[\\p{IsHan}〇]+");
    private static final int FAMILY = 0;
    private static final int GIVEN = 1;
    private static final int MIDDLE = 2;
    private static final int PREFIX = 3;
    private static final int SUFFIX = 4;

    private HumanNames() {}

    /** The names in a PN; none where it is empty. */
    static ArrayNode of(@Nullable String pn) {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        String[] groups = Objects.requireNonNullElse(pn, "").split("=", REPRESENTATIONS.size() + 1);
        for (int i = 0; i < Math.min(groups.length, REPRESENTATIONS.size()); i++) {
            List<String> parts = components(groups[i]);
            String text = text(parts);
            if (!text.isEmpty()) {
                ObjectNode name = names.addObject();
                // What stands in the first group need not be alphabetic.
                boolean ideographic = i == 0 && HAN.matcher(text).find();
                name.putArray("extension")
                        .addObject()
                        .put("url", Systems.NAME_REPRESENTATION)
                        .put("valueCode", ideographic ? "IDE" : REPRESENTATIONS.get(i));
                name.put("text", text);
                addComponents(parts, name);
            }
        }
        return names;
    }

    /** The name as people read it, the ideographic one if there is one; null where there is none. */
    static @Nullable String display(@Nullable String pn) {
        ArrayNode names = of(pn);
        String first = null;
        for (var name : names) {
            String text = name.path("text").asText();
            if (name.path("extension").path(0).path("valueCode").asText().equals("IDE")) {
                return text;
            }
            first = first == null ? text : first;
        }
        return first;
    }

    private static List<String> components(String group) {
        List<String> parts = new ArrayList<>();
        for (String part : group.split("\\^", -1)) {
            parts.add(Objects.requireNonNullElse(Text.clean(part), ""));
        }
        return parts;
    }

    private static String part(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    private static String text(List<String> parts) {
        List<String> said = Stream.of(PREFIX, FAMILY, GIVEN, MIDDLE, SUFFIX)
                .map(index -> part(parts, index))
                .filter(part -> !part.isEmpty())
                .toList();
        boolean han = said.stream().allMatch(part -> HAN.matcher(part).matches());
        return String.join(han ? "" : " ", said);
    }

    private static void addComponents(List<String> parts, ObjectNode name) {
        boolean whole = parts.stream().filter(part -> !part.isEmpty()).count() < 2;
        if (whole) {
            return;
        }
        if (!part(parts, FAMILY).isEmpty()) {
            name.put("family", part(parts, FAMILY));
        }
        addAll(name, "given", part(parts, GIVEN), part(parts, MIDDLE));
        addAll(name, "prefix", part(parts, PREFIX));
        addAll(name, "suffix", part(parts, SUFFIX));
    }

    private static void addAll(ObjectNode name, String property, String... values) {
        List<String> said = Stream.of(values).filter(value -> !value.isEmpty()).toList();
        if (!said.isEmpty()) {
            said.forEach(name.putArray(property)::add);
        }
    }
}
