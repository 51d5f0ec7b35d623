package org.countyhub.fhir.http;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.countyhub.fhir.http.FhirRequest.Conditions;
import org.countyhub.fhir.http.FhirRequest.Content;
import org.countyhub.fhir.http.FhirRequest.Method;
import org.countyhub.fhir.http.FhirRequest.Prefer;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** From an HTTP request to the interaction that it asks for. */
final class RequestReader {
    private RequestReader() {}

    static FhirRequest read(ServletRequestDetails details, HttpServletRequest http, byte[] body) {
        List<String> path = Router.segments(details.getRequestPath());
        Method method = method(http);
        return new FhirRequest(
                method,
                details.getFhirServerBase(),
                path,
                parameters(details),
                new Conditions(
                        http.getHeader("If-Match"),
                        http.getHeader("If-None-Match"),
                        http.getHeader("If-None-Exist"),
                        http.getHeader("If-Modified-Since")),
                prefer(http.getHeader("Prefer"), path.isEmpty()),
                body.length == 0 ? new Content.None() : new Content.Bytes(mediaType(http), body),
                "");
    }

    private static Method method(HttpServletRequest http) {
        try {
            return Method.valueOf(http.getMethod());
        } catch (IllegalArgumentException e) {
            throw new Problem.NotSupported(List.of(
                            org.countyhub.kernel.Fault.of("not-supported", "FHIR has no method " + http.getMethod())))
                    .exception();
        }
    }

    private static List<Map.Entry<String, String>> parameters(ServletRequestDetails details) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        details.getParameters().forEach((name, values) -> {
            for (String value : values) {
                parameters.add(Map.entry(name, value));
            }
        });
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
