package org.countyhub.fhir.hl7v2.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The segment MSH (HL7 v2.5.1 section 2.15.9), read before the rest so that whatever is wrong with that can be answered. */
public final class Header {
    private static final int MAX_LENGTH = 4 * 1024;
    private static final int CHARSET = 18;

    private final String separator;
    private final List<String> fields;

    private Header(String separator, List<String> fields) {
        this.separator = separator;
        this.fields = fields;
    }

    /**
     * The header of a message; null when the bytes do not begin with one.
     *
     * <p>A byte of GB 18030 can look like a separator. So the header is read in the character set that it names when it is
     * read in it; without one every byte is a character.
     */
    public static @Nullable Header of(byte[] message) {
        int end = 0;
        while (end < message.length && end < MAX_LENGTH && message[end] != '\r' && message[end] != '\n') {
            end++;
        }
        for (Charset charset : List.of(StandardCharsets.UTF_8, MessageCharset.GB18030)) {
            String text = MessageCharset.decode(message, end, charset);
            Header header = text == null ? null : of(text);
            if (header != null
                    && MessageCharset.named(header.charset())
                            .filter(charset::equals)
                            .isPresent()) {
                return header;
            }
        }
        return of(new String(message, 0, end, StandardCharsets.ISO_8859_1));
    }

    private static @Nullable Header of(String line) {
        if (!line.startsWith("MSH") || line.length() < 8) {
            return null;
        }
        String separator = line.substring(3, 4);
        List<String> fields = List.of(line.split(Pattern.quote(separator), -1));
        return areDelimiters(separator + fields.get(1)) ? new Header(separator, fields) : null;
    }

    /** MSH-1 and MSH-2: different signs of ASCII, so that nothing in a name can be one (section 2.5.4). */
    private static boolean areDelimiters(String signs) {
        return signs.length() >= 5
                && signs.chars().distinct().count() == signs.length()
                && signs.chars().allMatch(sign -> sign > ' ' && sign < 0x7F && !Character.isLetterOrDigit(sign));
    }

    /** MSH-1. */
    public String separator() {
        return separator;
    }

    /** MSH-2: between components, between repetitions, before escapes, between subcomponents. */
    public String encodingCharacters() {
        return fields.get(1);
    }

    /** A field as it was sent; empty when it is not there. */
    public String field(int number) {
        return number - 1 < fields.size() ? fields.get(number - 1) : "";
    }

    /** A component of the first repetition. */
    public String component(int number, int component) {
        String first = field(number).split(Pattern.quote(encodingCharacters().substring(1, 2)), 2)[0];
        String[] components = first.split(Pattern.quote(encodingCharacters().substring(0, 1)), -1);
        return component - 1 < components.length ? components[component - 1].strip() : "";
    }

    public String application() {
        return component(3, 1);
    }

    public String facility() {
        return component(4, 1);
    }

    public String messageType() {
        return component(9, 1);
    }

    public String triggerEvent() {
        return component(9, 2);
    }

    public String controlId() {
        return field(10);
    }

    public String processingId() {
        return component(11, 1);
    }

    public String version() {
        return component(12, 1);
    }

    /** MSH-18, the first one: the character set of everything that no escape sequence puts into another. */
    public String charset() {
        return component(CHARSET, 1);
    }
}
