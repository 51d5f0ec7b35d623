package org.countyhub.fhir.search.parse;

import java.util.ArrayList;
import java.util.List;
import org.countyhub.kernel.Problem;

/** Splits values at separators that no backslash escapes (FHIR R4 section 3.1.1.4.3). */
final class Values {
    private Values() {}

    /** The parts between unescaped separators, still escaped. */
    static List<String> split(String value, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == separator) {
                parts.add(value.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(value.substring(start));
        return parts;
    }

    /** The alternatives of a parameter; none may be empty. */
    static List<String> alternatives(Parameter parameter) {
        List<String> parts = split(parameter.value(), ',');
        if (parts.stream().anyMatch(String::isBlank)) {
            throw Problem.badSearch(parameter.key(), "parameter " + parameter.key() + " has an empty value");
        }
        if (parts.size() > SearchParser.MAX_ALTERNATIVES) {
            throw Problem.badSearch(
                    parameter.key(),
                    "parameter " + parameter.key() + " has " + parts.size() + " alternatives; at most "
                            + SearchParser.MAX_ALTERNATIVES + " are taken");
        }
        return parts;
    }

    /** The text without its escapes: {@code \,} {@code \$} {@code \|} {@code \\}. */
    static String unescape(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                i++;
                c = value.charAt(i);
            }
            text.append(c);
        }
        return text.toString();
    }
}
