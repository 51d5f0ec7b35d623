package org.countyhub.fhir.http;

import ca.uhn.fhir.rest.api.EncodingEnum;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The format that the client wants the answer in (FHIR R4 sections 3.1.0.1.9 and 3.1.0.1.12).
 *
 * @param encoding JSON or XML
 */
record Presentation(EncodingEnum encoding, boolean pretty) {
    private static final Presentation PLAIN = new Presentation(EncodingEnum.JSON, false);

    /** Refuses a format that the server does not speak. */
    static Presentation of(HttpServletRequest http, List<Map.Entry<String, String>> parameters) {
        requireFormat(parameters);
        EncodingEnum encoding = encoding(http, first(parameters, "_format"));
        if (encoding == null) {
            throw notSpoken("Accept");
        }
        return of(encoding, "true".equals(first(parameters, "_pretty")));
    }

    private static Presentation of(EncodingEnum encoding, boolean pretty) {
        return encoding == EncodingEnum.JSON && !pretty ? PLAIN : new Presentation(encoding, pretty);
    }

    /** Refuses a {@code _format} that the server does not speak. */
    static void requireFormat(List<Map.Entry<String, String>> parameters) {
        String wanted = first(parameters, "_format");
        if (wanted != null && named(wanted) == null) {
            throw notSpoken("_format");
        }
    }

    private static RuntimeException notSpoken(String place) {
        return new Problem.NotAcceptable(List.of(Fault.at(
                        place,
                        "not-supported",
                        "the server answers in application/fhir+json or application/fhir+xml, of FHIR 4.0")))
                .exception();
    }

    /** For an error: in JSON when it cannot be told in the format asked for. */
    static Presentation ofFailure(HttpServletRequest http, List<Map.Entry<String, String>> parameters) {
        EncodingEnum encoding = encoding(http, first(parameters, "_format"));
        return of(encoding == null ? EncodingEnum.JSON : encoding, "true".equals(first(parameters, "_pretty")));
    }

    /** Whether the answer is the stored JSON as it is. */
    boolean plain() {
        return encoding == EncodingEnum.JSON && !pretty;
    }

    /** Whether a browser asks, or whoever wants to see what a browser would. */
    static boolean wantsHtml(HttpServletRequest http) {
        String accept = http.getHeader("Accept");
        String query = http.getQueryString();
        return (accept != null && accept.contains("text/html"))
                || (query != null && (query.startsWith("_format=html") || query.contains("&_format=html")));
    }

    private static @Nullable EncodingEnum encoding(HttpServletRequest http, @Nullable String wanted) {
        if (wanted != null) {
            return named(wanted);
        }
        String accept = http.getHeader("Accept");
        if (accept == null || accept.equals("application/fhir+json") || accept.contains("text/html")) {
            return EncodingEnum.JSON;
        }
        return AcceptHeader.best(accept);
    }

    private static @Nullable EncodingEnum named(String format) {
        if (format.startsWith("html")) {
            return EncodingEnum.JSON;
        }
        MediaType type = MediaType.parse(format);
        // A plus sign that was not encoded arrives as a space.
        EncodingEnum encoding = EncodingEnum.forContentType(type.name().replace(' ', '+'));
        return type.ofR4() && (encoding == EncodingEnum.JSON || encoding == EncodingEnum.XML) ? encoding : null;
    }

    private static @Nullable String first(List<Map.Entry<String, String>> parameters, String name) {
        for (Map.Entry<String, String> parameter : parameters) {
            if (parameter.getKey().equals(name)) {
                return parameter.getValue();
            }
        }
        return null;
    }
}
