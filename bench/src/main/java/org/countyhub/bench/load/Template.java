package org.countyhub.bench.load;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A resource with gaps, kept as a JSON file beside this class: <code>${name}</code> inside a string takes text,
 * <code>"#{name}"</code> as a whole value takes JSON such as a number or an array.
 */
final class Template {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern GAP = Pattern.compile("\\$\\{(\\w+)}|\"#\\{(\\w+)}\"");

    private sealed interface Part {}

    private record Fixed(String text) implements Part {}

    private record Text(String name) implements Part {}

    private record Json(String name) implements Part {}

    private final String file;
    private final List<Part> parts = new ArrayList<>();

    /** Reads {@code observation.json} for the name {@code observation}. */
    Template(String name) {
        file = name + ".json";
        String text = compact(file);
        Matcher gap = GAP.matcher(text);
        int end = 0;
        while (gap.find()) {
            parts.add(new Fixed(text.substring(end, gap.start())));
            parts.add(gap.group(1) == null ? new Json(gap.group(2)) : new Text(gap.group(1)));
            end = gap.end();
        }
        parts.add(new Fixed(text.substring(end)));
    }

    private static String compact(String file) {
        try (InputStream in = Template.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no template " + file);
            }
            return JSON.readTree(in).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /** The resource as compact JSON; every gap must have a value. */
    String fill(Map<String, ?> values) {
        StringBuilder json = new StringBuilder(2048);
        for (Part part : parts) {
            switch (part) {
                case Fixed fixed -> json.append(fixed.text());
                case Text gap -> JsonStringEncoder.getInstance().quoteAsString(value(values, gap.name()), json);
                case Json gap -> json.append(value(values, gap.name()));
            }
        }
        return json.toString();
    }

    private String value(Map<String, ?> values, String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(file + " has no value for " + name);
        }
        return value.toString();
    }
}
