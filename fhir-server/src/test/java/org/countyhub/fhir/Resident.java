package org.countyhub.fhir;

import com.google.common.hash.HashCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A made-up resident of the county, as one hospital writes of them.
 *
 * @param identifiers each as JSON
 */
public record Resident(
        String family,
        String given,
        @Nullable String gender,
        @Nullable String birthDate,
        @Nullable String phone,
        List<String> identifiers) {
    public static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";
    public static final String HEALTH_CARD = "urn:oid:2.16.156.10011.1.19";
    public static final String SOCIAL_SECURITY_CARD = "urn:oid:2.16.840.1.113883.2.23.1.19.2";

    /** Someone of whom only the name is known. */
    public static Resident named(String family, String given) {
        return new Resident(family, given, null, null, null, List.of());
    }

    public Resident male() {
        return new Resident(family, given, "male", birthDate, phone, identifiers);
    }

    public Resident female() {
        return new Resident(family, given, "female", birthDate, phone, identifiers);
    }

    /** @param date a whole date, {@code 1980-01-31} */
    public Resident born(String date) {
        return new Resident(family, given, gender, date, phone, identifiers);
    }

    public Resident phone(String number) {
        return new Resident(family, given, gender, birthDate, number, identifiers);
    }

    /** With a code in any system. */
    public Resident showing(String system, String value) {
        List<String> shown = new ArrayList<>(identifiers);
        shown.add("{\"system\":\"%s\",\"value\":\"%s\"}".formatted(system, value));
        return new Resident(family, given, gender, birthDate, phone, shown);
    }

    /** With the e-health card of a name, always the same. */
    public Resident healthCard(String name) {
        return showing(HEALTH_CARD, card(name));
    }

    public Resident residentId(String number) {
        return showing(RESIDENT_ID, number);
    }

    /** The number of an e-health card: 64 hexadecimal digits. */
    public static String card(String name) {
        return HashCode.fromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .toUpperCase(Locale.ROOT)
                .repeat(32)
                .substring(0, 64);
    }

    /** The Patient. */
    @Override
    public String toString() {
        StringBuilder json =
                new StringBuilder("{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"%s\",\"given\":[\"%s\"]}]"
                        .formatted(family, given));
        add(json, "gender", gender);
        add(json, "birthDate", birthDate);
        if (phone != null) {
            json.append(",\"telecom\":[{\"system\":\"phone\",\"value\":\"")
                    .append(phone)
                    .append("\"}]");
        }
        if (!identifiers.isEmpty()) {
            json.append(",\"identifier\":[")
                    .append(String.join(",", identifiers))
                    .append("]");
        }
        return json.append("}").toString();
    }

    private static void add(StringBuilder json, String name, @Nullable String value) {
        if (value != null) {
            json.append(",\"%s\":\"%s\"".formatted(name, value));
        }
    }
}
