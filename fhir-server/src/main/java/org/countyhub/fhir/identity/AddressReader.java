package org.countyhub.fhir.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.countyhub.fhir.identity.code.CodeText;

/**
 * From Address (FHIR R4 section 2.24.0.8) to addresses as compared. Where the source has no lines, they are its text
 * without the state, city and district that it begins with.
 */
final class AddressReader {
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern HAN_AT_THE_END = Pattern.compile(".*\\p{IsHan}", Pattern.DOTALL);

    private AddressReader() {}

    static List<PostalAddress> read(JsonNode addresses) {
        Set<PostalAddress> read = new LinkedHashSet<>();
        for (JsonNode address : addresses) {
            PostalAddress one = one(address);
            if (!one.equals(new PostalAddress("", "", "", "", ""))) {
                read.add(one);
            }
        }
        return List.copyOf(read);
    }

    private static PostalAddress one(JsonNode address) {
        String state = text(address, "state");
        String city = text(address, "city");
        String district = text(address, "district");
        String lines = lines(address.path("line"));
        if (lines.isEmpty()) {
            lines = without(text(address, "text"), state, city, district);
        }
        return new PostalAddress(lines, city, district, state, CodeText.fold(text(address, "postalCode")));
    }

    private static String lines(JsonNode lines) {
        List<String> all = new ArrayList<>();
        for (JsonNode line : lines) {
            String tidy = tidy(line.asText());
            if (!tidy.isEmpty()) {
                all.add(tidy);
            }
        }
        boolean chinese =
                all.stream().anyMatch(line -> HAN_AT_THE_END.matcher(line).matches());
        return String.join(chinese ? "" : " ", all);
    }

    private static String without(String text, String... beginnings) {
        String rest = text;
        for (String beginning : beginnings) {
            if (!beginning.isEmpty() && rest.startsWith(beginning)) {
                rest = rest.substring(beginning.length()).strip();
            }
        }
        return rest;
    }

    private static String text(JsonNode address, String element) {
        return tidy(address.path(element).asText());
    }

    private static String tidy(String typed) {
        return SPACES.matcher(CodeText.halfWidth(typed)).replaceAll(" ").strip();
    }
}
