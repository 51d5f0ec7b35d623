package org.countyhub.fhir.hl7v2.message;

import ca.uhn.hl7v2.parser.DefaultEscaping;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.Escaping;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a message (HL7 v2.5.1 sections 2.9 and 2.14.1), in the sender's version and with its delimiters.
 *
 * @param note said of a message that was accepted; empty for nothing
 */
public record Acknowledgement(Verdict verdict, List<MessageError> errors, String note) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx");
    private static final Escaping ESCAPING = new DefaultEscaping();
    private static final String NEWEST = "2.5.1";
    /** Those in which ERR has only its first field. */
    private static final Set<String> OLD = Set.of("2.1", "2.2", "2.3", "2.3.1", "2.4");

    private static final Set<String> KNOWN = Set.of("2.1", "2.2", "2.3", "2.3.1", "2.4", "2.5", NEWEST);

    public static Acknowledgement accepted(String note) {
        return new Acknowledgement(Verdict.ACCEPT, List.of(), note);
    }

    public static Acknowledgement of(Refusal refusal) {
        return new Acknowledgement(refusal.verdict(), refusal.errors(), "");
    }

    /**
     * The text of the answer; null when the sender wants none. In enhanced mode one answer goes out, after the commit: the
     * application's where MSH-16 asks for it, which tells all that an accept acknowledgement would, else the one that MSH-15
     * asks for.
     *
     * @param header of the message; null when it has none that can be read
     * @param id of the answer itself
     */
    public @Nullable String text(@Nullable Header header, ZonedDateTime now, String id) {
        String code = verdict.application();
        if (header != null && !(header.field(15).isBlank() && header.field(16).isBlank())) {
            if (!asked(header.component(16, 1))) {
                code = verdict.commit();
                if (!asked(header.component(15, 1))) {
                    return null;
                }
            }
        }
        return new Writer(header).write(this, code, now, id);
    }

    /** HL7 table 0155. */
    private boolean asked(String condition) {
        return switch (condition) {
            case "", "NE" -> false;
            case "ER" -> verdict != Verdict.ACCEPT;
            case "SU" -> verdict == Verdict.ACCEPT;
            default -> true;
        };
    }

    /** Writes segments with the delimiters of the header. */
    private static final class Writer {
        private final @Nullable Header header;
        private final String bar;
        private final String component;
        private final EncodingCharacters encoding;
        private final String encodingText;

        Writer(@Nullable Header header) {
            this.header = header;
            this.bar = header == null ? "|" : header.separator();
            this.encodingText = header == null ? "^~\\&" : header.encodingCharacters();
            this.encoding = new EncodingCharacters(bar.charAt(0), encodingText.substring(0, 4));
            this.component = encodingText.substring(0, 1);
        }

        String write(Acknowledgement answer, String code, ZonedDateTime now, String id) {
            String version = KNOWN.contains(sent(12)) ? sent(12) : NEWEST;
            boolean old = OLD.contains(version);
            String trigger = header == null || header.triggerEvent().isEmpty() ? "" : component + header.triggerEvent();
            String structure = trigger.isEmpty() || version.equals("2.3") ? "" : component + "ACK";
            String processing = sent(11).isEmpty() ? "P" : sent(11);
            String text = answer.note;
            if (old && !answer.errors.isEmpty()) {
                text = answer.errors.getFirst().text();
            }
            StringBuilder out = new StringBuilder(256);
            line(
                    out,
                    "MSH",
                    encodingText,
                    sent(5).isEmpty() ? "COUNTYHUB" : sent(5),
                    sent(6),
                    sent(3),
                    sent(4),
                    TIME.format(now),
                    "",
                    "ACK" + trigger + structure,
                    id,
                    processing,
                    version,
                    "",
                    "",
                    "",
                    "",
                    "",
                    sent(18));
            line(out, "MSA", code, sent(10), ESCAPING.escape(text, encoding));
            int most = old ? 1 : answer.errors.size();
            answer.errors.stream().limit(most).forEach(error -> error(out, error, old));
            return out.toString();
        }

        private void error(StringBuilder out, MessageError error, boolean old) {
            Location at = error.location();
            String code = error.code().code();
            String meaning = error.code().text();
            String sub = encodingText.substring(3, 4);
            line(
                    out,
                    "ERR",
                    old ? place(at, 3) + component + String.join(sub, code, meaning, "HL70357") : "",
                    place(at, 5),
                    String.join(component, code, meaning, "HL70357"),
                    "E",
                    "",
                    "",
                    "",
                    ESCAPING.escape(error.text(), encoding));
        }

        /** The first parts of a place; all of them, empty or not, where something else follows. */
        private String place(@Nullable Location at, int parts) {
            List<String> all = at == null
                    ? List.of("", "", "", "", "")
                    : List.of(
                            at.segment(),
                            Integer.toString(at.sequence()),
                            number(at.field()),
                            number(at.repetition()),
                            number(at.component()));
            String place = String.join(component, all.subList(0, parts));
            return parts < all.size() ? place : without(place, component);
        }

        private static String without(String text, String atTheEnd) {
            int end = text.length();
            while (end > 0 && text.startsWith(atTheEnd, end - 1)) {
                end--;
            }
            return text.substring(0, end);
        }

        private static String number(int number) {
            return number == 0 ? "" : Integer.toString(number);
        }

        private String sent(int field) {
            return header == null ? "" : header.field(field);
        }

        private void line(StringBuilder out, String... fields) {
            out.append(without(String.join(bar, fields), bar)).append('\r');
        }
    }
}
