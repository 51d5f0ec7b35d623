package org.countyhub.fhir.hl7v2.adt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.hl7v2.message.Segment;

/** Data types XTN and XAD (HL7 v2.5.1 sections 2.A.89 and 2.A.86) to ContactPoint and Address. */
final class ContactFields {
    private ContactFields() {}

    /**
     * All numbers and addresses of a field.
     *
     * @param use of a telephone of which nothing else is said
     */
    static void telecoms(Segment segment, int field, String use, ArrayNode telecoms) {
        for (int i = 1; i <= segment.repetitions(field); i++) {
            String mail = segment.text(field, i, 4);
            String number = number(segment, field, i);
            String kind = segment.text(field, i, 3);
            if (!number.isEmpty()) {
                ObjectNode telecom = telecoms.addObject();
                boolean isMail = segment.text(field, i, 2).equals("NET") || kind.equals("Internet");
                telecom.put("system", isMail ? "email" : system(kind)).put("value", number);
                Json.put(telecom, "use", kind.equals("CP") ? "mobile" : use(segment.text(field, i, 2), use));
            }
            if (!mail.isEmpty()) {
                telecoms.addObject().put("system", "email").put("value", mail);
            }
        }
    }

    private static String number(Segment segment, int field, int repetition) {
        List<String> parts = new ArrayList<>();
        for (int component = 5; component <= 7; component++) {
            String part = segment.text(field, repetition, component);
            if (!part.isEmpty()) {
                parts.add(component == 5 ? "+" + part.replaceFirst("^\\+", "") : part);
            }
        }
        String whole = segment.text(field, repetition, 1);
        if (whole.isEmpty()) {
            whole = parts.isEmpty() ? segment.text(field, repetition, 12) : String.join(" ", parts);
        }
        String extension = segment.text(field, repetition, 8);
        return whole.isEmpty() || extension.isEmpty() ? whole : whole + " ext. " + extension;
    }

    /** HL7 table 0202. */
    private static String system(String equipment) {
        return switch (equipment) {
            case "FX" -> "fax";
            case "BP" -> "pager";
            default -> "phone";
        };
    }

    /** HL7 table 0201. */
    private static String use(String code, String otherwise) {
        return switch (code) {
            case "PRN", "VHN" -> "home";
            case "WPN" -> "work";
            case "PRS" -> "mobile";
            case "NET" -> "";
            default -> otherwise;
        };
    }

    static ArrayNode addresses(Segment segment, int field) {
        ArrayNode addresses = Json.list();
        for (int i = 1; i <= segment.repetitions(field); i++) {
            ObjectNode address = Json.object();
            String type = segment.text(field, i, 7);
            Json.put(address, "use", addressUse(type));
            if (type.equals("M")) {
                address.put("type", "postal");
            }
            Json.add(address, "line", segment.text(field, i, 1));
            Json.add(address, "line", segment.text(field, i, 2));
            Json.put(address, "city", segment.text(field, i, 3));
            Json.put(address, "district", segment.text(field, i, 9));
            Json.put(address, "state", segment.text(field, i, 4));
            Json.put(address, "postalCode", segment.text(field, i, 5));
            Json.put(address, "country", segment.text(field, i, 6));
            if (address.size() > (address.has("use") ? 1 : 0) + (address.has("type") ? 1 : 0)) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    /** HL7 table 0190. */
    private static String addressUse(String type) {
        return switch (type) {
            case "H", "L", "P", "RH" -> "home";
            case "B", "O" -> "work";
            case "C" -> "temp";
            case "BA" -> "old";
            default -> "";
        };
    }
}
