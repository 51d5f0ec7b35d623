package org.countyhub.fhir.http;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.countyhub.fhir.http.FhirRequest.Prefer;

/** Reads Prefer (RFC 7240 section 2, FHIR R4 section 3.1.0.1.8): preferences that are not known are left out. */
final class PreferHeader {
    private PreferHeader() {}

    /**
     * What the fields of the header say together; of one preference said twice the first counts.
     *
     * @param otherwise what holds when the client says nothing
     */
    static Prefer read(Enumeration<String> fields, Prefer otherwise) {
        Prefer.Return result = null;
        Boolean lenient = null;
        for (String preference : preferences(Collections.list(fields))) {
            int equals = preference.indexOf('=');
            String value = equals < 0
                    ? ""
                    : MediaType.unquoted(preference.substring(equals + 1).strip());
            switch (equals < 0 ? "" : preference.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
                case "return" -> result = result == null ? result(value) : result;
                case "handling" -> lenient = lenient == null ? Boolean.valueOf(value.equals("lenient")) : lenient;
                default -> {} // a preference is a wish
            }
        }
        return new Prefer(
                result == null ? otherwise.result() : result, lenient == null ? otherwise.lenient() : lenient);
    }

    /** Commas separate preferences; clients use semicolons too. */
    private static List<String> preferences(List<String> fields) {
        return fields.stream()
                .flatMap(field -> List.of(field.split("[,;]", -1)).stream())
                .toList();
    }

    private static Prefer.@org.jspecify.annotations.Nullable Return result(String value) {
        return switch (value) {
            case "minimal" -> Prefer.Return.MINIMAL;
            case "representation" -> Prefer.Return.REPRESENTATION;
            case "OperationOutcome" -> Prefer.Return.OUTCOME;
            default -> null;
        };
    }
}
