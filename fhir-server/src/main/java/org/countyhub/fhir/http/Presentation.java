package org.countyhub.fhir.http;

import ca.uhn.fhir.rest.api.EncodingEnum;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.resource.format.Summary;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How the client wants the answer told (FHIR R4 sections 3.1.0.1.9 to 3.1.0.1.12).
 *
 * @param encoding JSON or XML
 * @param elements the value of {@code _elements}
 */
record Presentation(
        EncodingEnum encoding,
        boolean pretty,
        @Nullable Summary summary,
        @Nullable String elements) {
    private static final Presentation PLAIN = new Presentation(EncodingEnum.JSON, false, null, null);

    /** Refuses a format that the server does not speak, and a summary that there is not. */
    static Presentation of(HttpServletRequest http, List<Map.Entry<String, String>> parameters) {
        String wanted = first(parameters, "_format");
        EncodingEnum encoding = encoding(http, wanted);
        if (encoding == null) {
            throw new Problem.NotAcceptable(List.of(Fault.at(
                            wanted == null ? "Accept" : "_format",
                            "not-supported",
                            "the server answers in application/fhir+json or application/fhir+xml")))
                    .exception();
        }
        boolean pretty = "true".equals(first(parameters, "_pretty"));
        Summary summary = summary(first(parameters, "_summary"));
        String elements = first(parameters, "_elements");
        Presentation presentation = new Presentation(encoding, pretty, summary, elements);
        return presentation.equals(PLAIN) ? PLAIN : presentation;
    }

    /** For an error: whole, and in JSON when it cannot be told in the format asked for. */
    static Presentation ofFailure(HttpServletRequest http, List<Map.Entry<String, String>> parameters) {
        EncodingEnum encoding = encoding(http, first(parameters, "_format"));
        return new Presentation(
                encoding == null ? EncodingEnum.JSON : encoding,
                "true".equals(first(parameters, "_pretty")),
                null,
                null);
    }

    /** Whether the answer is the stored JSON as it is. */
    boolean plain() {
        return equals(PLAIN);
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
            return wanted.startsWith("html")
                    ? EncodingEnum.JSON
                    : spoken(EncodingEnum.forContentType(wanted.replace(' ', '+')));
        }
        String accept = http.getHeader("Accept");
        if (accept == null || accept.equals("application/fhir+json") || accept.contains("text/html")) {
            return EncodingEnum.JSON;
        }
        return AcceptHeader.best(accept);
    }

    private static @Nullable EncodingEnum spoken(@Nullable EncodingEnum encoding) {
        return encoding == EncodingEnum.JSON || encoding == EncodingEnum.XML ? encoding : null;
    }

    private static @Nullable Summary summary(@Nullable String sent) {
        if (sent == null || sent.equals("false")) {
            return null;
        }
        Summary summary = Summary.of(sent);
        if (summary == null) {
            throw Problem.badSearch("_summary", "_summary must be true, text, data, count or false");
        }
        return summary;
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
