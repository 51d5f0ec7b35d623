package org.countyhub.fhir.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private RequestReader() {}

    /** @param base the address that the client used, see {@link BaseAddresses} */
    static FhirRequest read(HttpServletRequest http, String base, byte[] body) {
        List<String> path = Router.segments(Addresses.path(http));
        Method method = method(http);
        boolean form = method == Method.POST && mediaType(http).equals(FORM) && path.contains("_search");
        return new FhirRequest(
                method,
                base,
                path,
                parameters(http, form ? body : NOTHING),
                new Conditions(
                        http.getHeader("If-Match"),
                        http.getHeader("If-None-Match"),
                        http.getHeader("If-None-Exist"),
                        http.getHeader("If-Modified-Since")),
                prefer(http.getHeader("Prefer"), path.isEmpty()),
                body.length == 0 || form ? new Content.None() : new Content.Bytes(mediaType(http), body),
                "");
    }

    private static Method method(HttpServletRequest http) {
        try {
            return Method.valueOf(http.getMethod());
        } catch (IllegalArgumentException e) {
            throw new Problem.NotSupported(List.of(Fault.of("not-supported", "FHIR has no method " + http.getMethod())))
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

    /** Lower case and without parameters such as charset; FHIR is UTF-8 always. */
    static String mediaType(HttpServletRequest http) {
        String type = http.getContentType();
        if (type == null) {
            return "";
        }
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /** Unless the client says otherwise, a write answers with the resource and a Bundle with the bare outcomes. */
    private static Prefer prefer(@Nullable String header, boolean bundle) {
        String wanted = header == null ? "" : header.replace(" ", "");
        Prefer.Return result = bundle ? Prefer.Return.MINIMAL : Prefer.Return.REPRESENTATION;
        if (wanted.contains("return=minimal")) {
            result = Prefer.Return.MINIMAL;
        } else if (wanted.contains("return=representation")) {
            result = Prefer.Return.REPRESENTATION;
        } else if (wanted.contains("return=OperationOutcome")) {
            result = Prefer.Return.OUTCOME;
        }
        return new Prefer(result, wanted.contains("handling=lenient"));
    }
}
