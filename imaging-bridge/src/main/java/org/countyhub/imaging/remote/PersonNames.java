package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** HumanNames as a person name (PN, PS3.5 section 6.2.1): the way back from {@link HumanNames}. */
final class PersonNames {
    private static final Pattern HAN = Pattern.compile("[\\p{IsHan}〇]");
    /** Characters of a group. */
    private static final int MOST = 64;

    private PersonNames() {}

    /** Letters in the first group and characters in the second; characters in the first where there is nothing else, as most devices write and show them. */
    static String of(JsonNode names) {
        String alphabetic = "";
        String ideographic = "";
        for (JsonNode name : names) {
            String group = group(name);
            if (name.path("use").asText().equals("old") || group.isEmpty()) {
                continue;
            }
            if (HAN.matcher(group).find()) {
                ideographic = ideographic.isEmpty() ? group : ideographic;
            } else {
                alphabetic = alphabetic.isEmpty() ? group : alphabetic;
            }
        }
        if (alphabetic.isEmpty()) {
            return ideographic;
        }
        return ideographic.isEmpty() ? alphabetic : alphabetic + "=" + ideographic;
    }

    private static String group(JsonNode name) {
        String family = part(name.path("family"));
        List<String> given = new ArrayList<>();
        name.path("given").forEach(one -> given.add(part(one)));
        String text = family.isEmpty() && given.isEmpty()
                ? part(name.path("text"))
                : String.join("^", family, given.isEmpty() ? "" : String.join(" ", given));
        String trimmed = text.replaceFirst("\\^+$", "");
        return trimmed.length() <= MOST ? trimmed : trimmed.substring(0, MOST);
    }

    /** Without what separates in a PN. */
    private static String part(JsonNode node) {
        String text = Text.clean(node.asText());
        return text == null ? "" : text.replaceAll("[\\\\^=]", " ").strip();
    }
}
