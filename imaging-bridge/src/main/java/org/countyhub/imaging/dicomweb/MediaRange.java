package org.countyhub.imaging.dicomweb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A media type or range (RFC 9110 sections 8.3.1 and 12.5.1).
 *
 * @param name in lower case, such as {@code multipart/related}
 * @param parameters by names in lower case, {@code q} left out
 * @param weight 0 to 1
 */
record MediaRange(String name, Map<String, String> parameters, double weight) {
    private static final int MAX_RANGES = 50;

    /** A media type as Content-Type has it; empty where it is none. */
    static Optional<MediaRange> one(@Nullable String header) {
        return header == null ? Optional.empty() : parsed(header);
    }

    /** The ranges of an Accept header, what is preferred first; ranges that are none are passed over. */
    static List<MediaRange> all(String header) {
        List<MediaRange> ranges = new ArrayList<>();
        for (String range : split(header, ',')) {
            if (ranges.size() < MAX_RANGES) {
                parsed(range).filter(parsed -> parsed.weight > 0).ifPresent(ranges::add);
            }
        }
        ranges.sort((one, other) -> Double.compare(other.weight, one.weight));
        return ranges;
    }

    private static Optional<MediaRange> parsed(String text) {
        List<String> pieces = split(text, ';');
        String name = pieces.getFirst().strip().toLowerCase(Locale.ROOT);
        if (!name.matches("[^\\s/]+/[^\\s/]+")) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        double weight = 1;
        for (String piece : pieces.subList(1, pieces.size())) {
            int equals = piece.indexOf('=');
            if (equals < 0) {
                continue;
            }
            String key = piece.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            String value = unquoted(piece.substring(equals + 1).strip());
            if (key.equals("q")) {
                weight = weight(value);
            } else {
                parameters.putIfAbsent(key, value);
            }
        }
        return Optional.of(new MediaRange(name, parameters, weight));
    }

    private static double weight(String value) {
        try {
            double weight = Double.parseDouble(value);
            return weight >= 0 && weight <= 1 ? weight : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Pieces between separators that are not in quotes. */
    private static List<String> split(String text, char separator) {
        List<String> pieces = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                pieces.add(text.substring(from, i));
                from = i + 1;
            }
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    @Nullable
    String parameter(String key) {
        return parameters.get(key);
    }

    /** Whether it asks for several parts (PS3.18 section 8.7.1). */
    boolean isMultipart() {
        return name.equals("multipart/related") || name.equals("multipart/*");
    }

    boolean isAny() {
        return name.equals("*/*");
    }

    /** What the parts are to be, where it asks for several; else what the whole is to be. */
    String content() {
        return isMultipart() ? parameters.getOrDefault("type", "*/*").toLowerCase(Locale.ROOT) : name;
    }

    /** Whether content of that media type is asked for. */
    boolean takes(String mediaType) {
        String content = content();
        return content.equals("*/*")
                || content.equals(mediaType)
                || (content.endsWith("/*") && mediaType.startsWith(content.substring(0, content.length() - 1)));
    }

    /** Which transfer syntax is asked for; null where it does not say. */
    @Nullable
    String transferSyntax() {
        return parameters.get("transfer-syntax");
    }
}
