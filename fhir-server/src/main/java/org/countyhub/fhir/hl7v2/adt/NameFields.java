package org.countyhub.fhir.hl7v2.adt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.countyhub.fhir.hl7v2.message.Segment;

/**
 * Data type XPN (HL7 v2.5.1 section 2.A.88) to HumanName. A Chinese name that stands whole in the place of the surname stays
 * whole. A repetition in letters beside one in characters is how the name sounds, and marked so (ISO 21090).
 */
final class NameFields {
    private static final String REPRESENTATION = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";
    private static final Pattern HAN = Pattern.compile(".*[\\p{IsHan}〇].*", Pattern.DOTALL);

    private NameFields() {}

    static ArrayNode all(Segment segment, int field) {
        boolean characters = false;
        for (int i = 1; i <= segment.repetitions(field); i++) {
            characters |= isHan(segment.text(field, i, 1) + segment.text(field, i, 2));
        }
        ArrayNode names = Json.list();
        for (int i = 1; i <= segment.repetitions(field); i++) {
            ObjectNode name = name(segment, field, i, characters);
            if (name.has("text")) {
                names.add(name);
            }
        }
        return names;
    }

    private static ObjectNode name(Segment segment, int field, int repetition, boolean characters) {
        String family = segment.text(field, repetition, 1);
        String given = segment.text(field, repetition, 2);
        String further = segment.text(field, repetition, 3);
        boolean han = isHan(family + given);
        ObjectNode name = Json.object();
        String representation = representation(segment.text(field, repetition, 8), characters, han);
        if (!representation.isEmpty()) {
            name.putArray("extension").addObject().put("url", REPRESENTATION).put("valueCode", representation);
        }
        Json.put(name, "use", use(segment.text(field, repetition, 7)));
        String space = han ? "" : " ";
        Json.put(
                name,
                "text",
                han
                        ? family + given + further
                        : String.join(space, given, further, family)
                                .replaceAll(" +", " ")
                                .strip());
        if (!(han && given.isEmpty() && further.isEmpty())) {
            Json.put(name, "family", family);
        }
        Json.add(name, "given", given);
        Json.add(name, "given", further);
        Json.add(name, "suffix", segment.text(field, repetition, 4));
        Json.add(name, "prefix", segment.text(field, repetition, 5));
        return name;
    }

    /** HL7 table 0465; a name in letters says so itself where another is in characters. */
    private static String representation(String code, boolean characters, boolean han) {
        return switch (code) {
            case "I" -> "IDE";
            case "P" -> "SYL";
            case "A" -> characters ? "SYL" : "ABC";
            default -> characters && !han ? "SYL" : "";
        };
    }

    /** HL7 table 0200. */
    private static String use(String type) {
        return switch (type) {
            case "L", "C" -> "official";
            case "D" -> "usual";
            case "M" -> "maiden";
            case "N", "A" -> "nickname";
            case "S" -> "anonymous";
            case "TEMP" -> "temp";
            case "B", "BAD", "OR" -> "old";
            default -> "";
        };
    }

    private static boolean isHan(String text) {
        return HAN.matcher(text).matches();
    }
}
