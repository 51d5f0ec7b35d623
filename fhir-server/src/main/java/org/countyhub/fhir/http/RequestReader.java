package org.countyhub.fhir.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.http.FhirRequest.Conditions;
import org.countyhub.fhir.http.FhirRequest.Content;
import org.countyhub.fhir.http.FhirRequest.Method;
import org.countyhub.fhir.http.FhirRequest.Prefer;
import org.countyhub.fhir.transaction.CriteriaParser;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** From an HTTP request to the interaction that it asks for. */
final class RequestReader {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MAX_FORM_BYTES = 1024 * 1024;
    private static final byte[] NOTHING = {};
    /** Unless the client says otherwise, a write answers with the resource and a Bundle with the bare outcomes. */
    private static final Prefer OF_WRITES = new Prefer(Prefer.Return.REPRESENTATION, false);

    private static final Prefer OF_BUNDLES = new Prefer(Prefer.Return.MINIMAL, false);

    private RequestReader() {}

    /** @param base the address that the client used, see {@link BaseAddresses} */
    static FhirRequest read(
            HttpServletRequest http, String base, byte[] body, AnswerBudget.Lease room, Disclosed disclosed) {
        List<String> path = Router.segments(Addresses.path(http));
        Method method = method(http);
        MediaType type = body.length == 0 ? null : mediaType(http);
        boolean form = type != null && method == Method.POST && type.name().equals(FORM) && path.contains("_search");
        List<Map.Entry<String, String>> parameters = parameters(http, form ? body : NOTHING);
        return new FhirRequest(
                method,
                base,
                path,
                parameters,
                new Conditions(
                        http.getHeader("If-Match"),
                        http.getHeader("If-None-Match"),
                        http.getHeader("If-None-Exist"),
                        httpDate(http.getHeader("If-Modified-Since"))),
                prefer(http, path.isEmpty() ? OF_BUNDLES : OF_WRITES),
                View.of(parameters),
                type == null || form ? new Content.None() : new Content.Bytes(type, body),
                room,
                disclosed,
                "");
    }

    private static Method method(HttpServletRequest http) {
        try {
            return Method.valueOf(http.getMethod());
        } catch (IllegalArgumentException e) {
            throw new Problem.NotSupported(
                            List.of(Fault.of("not-supported", "FHIR has no method " + http.getMethod())), Method.NAMES)
                    .exception();
        }
    }

    /** The parameters of the address and those of a search form (FHIR R4 section 3.1.0.9), in the order sent. */
    private static List<Map.Entry<String, String>> parameters(HttpServletRequest http, byte[] form) {
        if (form.length > MAX_FORM_BYTES) {
            throw new Problem.TooLarge(List.of(Fault.of("too-long", "a form may have at most 1 MB"))).exception();
        }
        String query = http.getQueryString();
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        if (query != null) {
            parameters.addAll(CriteriaParser.parameters(query));
        }
        parameters.addAll(CriteriaParser.parameters(new String(form, StandardCharsets.UTF_8)));
        return parameters;
    }

    private static Prefer prefer(HttpServletRequest http, Prefer otherwise) {
        return http.getHeader("Prefer") == null ? otherwise : PreferHeader.read(http.getHeaders("Prefer"), otherwise);
    }

    /** Refuses text in another encoding than UTF-8 and resources of another version of FHIR than R4; content may be anything. */
    private static MediaType mediaType(HttpServletRequest http) {
        MediaType type = MediaType.parse(http.getContentType());
        boolean content = !ContentReader.isResource(type) && !type.name().equals(FORM);
        if (!content && (!type.utf8() || !type.ofR4())) {
            throw new Problem.UnsupportedMedia(List.of(Fault.at(
                            "Content-Type",
                            "not-supported",
                            type.utf8()
                                    ? "the server speaks FHIR 4.0, not " + type.fhirVersion()
                                    : "FHIR is UTF-8, not " + type.charset())))
                    .exception();
        }
        return type;
    }

    private static @Nullable Instant httpDate(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            // Dates of HTTP know no parts of a second.
            return ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .plusMillis(999);
        } catch (DateTimeException e) {
            return null; // RFC 9110 section 13.1.3: an invalid date is ignored
        }
    }
}
