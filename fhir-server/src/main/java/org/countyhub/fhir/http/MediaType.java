package org.countyhub.fhir.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A media type with the parameters that matter to FHIR (RFC 9110 section 8.3.1, FHIR R4 section 3.1.0.1.15).
 *
 * @param name lower case and without parameters; empty when there is none
 * @param fhirVersion as sent, or null
 * @param charset as sent, or null
 * @param weight the parameter {@code q}, 1 when absent
 */
record MediaType(
        String name, @Nullable String fhirVersion, @Nullable String charset, double weight) {
    static MediaType parse(@Nullable String text) {
        if (text == null || text.indexOf(';') < 0) {
            return new MediaType(text == null ? "" : text.strip().toLowerCase(Locale.ROOT), null, null, 1);
        }
        String[] parts = text.split(";", -1);
        String fhirVersion = null;
        String charset = null;
        double weight = 1;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String value =
                    equals < 0 ? "" : unquoted(parts[i].substring(equals + 1).strip());
            switch (equals < 0 ? "" : parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
                case "fhirversion" -> fhirVersion = value;
                case "charset" -> charset = value;
                case "q" -> weight = weight(value);
                default -> {} // RFC 9110 section 8.3.1: for recipients that know them
            }
        }
        return new MediaType(parts[0].strip().toLowerCase(Locale.ROOT), fhirVersion, charset, weight);
    }

    private static double weight(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    /** Whether it is about the FHIR version that the server speaks, or about none in particular. */
    boolean ofR4() {
        return fhirVersion == null || fhirVersion.equals("4.0") || fhirVersion.equals("4.0.1");
    }

    /** Whether text of it is UTF-8 (R4 section 3.1.0.1.9: FHIR is UTF-8 always). */
    boolean utf8() {
        return charset == null || charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("utf8");
    }
}
