package org.countyhub.fhir.http;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.HookParams;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.countyhub.fhir.resource.format.ResourceFormat;
import org.countyhub.fhir.resource.format.Subset;
import org.countyhub.fhir.resource.format.Summary;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Sends a reply in the format that the client asked for (FHIR R4 sections 3.1.0.1.9 to 3.1.0.1.12). Plain JSON is the
 * stored bytes as they are; only XML, HTML, {@code _pretty}, {@code _summary} and {@code _elements} build a tree.
 */
final class ReplyWriter {
    private static final String JSON = "application/fhir+json;charset=utf-8";
    private static final String XML = "application/fhir+xml;charset=utf-8";

    /** RFC 9110 section 5.6.7: the day has two digits, unlike in the JDK's RFC_1123_DATE_TIME. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private final FhirContext context;
    private final ResourceParser parser;
    private final ResourceFormat format;
    private final Subset subset;

    ReplyWriter(FhirContext context, ResourceParser parser, ResourceFormat format) {
        this.context = context;
        this.parser = parser;
        this.format = format;
        this.subset = new Subset(context);
    }

    void write(ServletRequestDetails details, HttpServletRequest http, HttpServletResponse response, Reply reply)
            throws IOException {
        headers(details, response, reply);
        if (reply.json().length == 0) {
            return;
        }
        if (wantsHtml(http, details) && highlighted(details, http, response, reply)) {
            return;
        }
        boolean failed = reply.status() >= 400;
        EncodingEnum encoding = encoding(details, http, failed);
        byte[] body = body(details, reply, encoding, failed);
        response.setContentType(encoding == EncodingEnum.XML ? XML : JSON);
        response.setContentLength(body.length);
        if (!http.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }

    /** Refuses a request whose answer could not be told in the format asked for. */
    void requireAnswerable(ServletRequestDetails details, HttpServletRequest http) {
        if (!wantsHtml(http, details)) {
            encoding(details, http, false);
        }
        summary(details);
    }

    /** Sends a reply as plain JSON, whatever the client asked for. */
    void writeJson(HttpServletResponse response, Reply reply) throws IOException {
        response.setStatus(reply.status());
        response.setContentType(JSON);
        response.getOutputStream().write(reply.json());
    }

    private static void headers(ServletRequestDetails details, HttpServletResponse response, Reply reply) {
        response.setStatus(reply.status());
        if (reply.etag() != null) {
            response.setHeader("ETag", reply.etag());
        }
        if (reply.lastModified() != null) {
            response.setHeader(
                    "Last-Modified", HTTP_DATE.format(reply.lastModified().atOffset(ZoneOffset.UTC)));
        }
        if (reply.location() != null) {
            String address = details.getFhirServerBase() + "/" + reply.location();
            response.setHeader("Location", address);
            response.setHeader("Content-Location", address);
        }
        if (reply.retryAfterSeconds() > 0) {
            response.setHeader("Retry-After", Integer.toString(reply.retryAfterSeconds()));
        }
    }

    /** The format asked for; an error that cannot be told in it is told in JSON. */
    private static EncodingEnum encoding(ServletRequestDetails details, HttpServletRequest http, boolean failed) {
        String[] wanted = details.getParameters().get("_format");
        String accept = http.getHeader("Accept");
        if (wanted == null && (accept == null || accept.equals("application/fhir+json") || accept.equals("*/*"))) {
            return EncodingEnum.JSON;
        }
        EncodingEnum encoding =
                wanted != null ? EncodingEnum.forContentType(wanted[0].replace(' ', '+')) : AcceptHeader.best(accept);
        if (encoding == EncodingEnum.JSON || encoding == EncodingEnum.XML) {
            return encoding;
        }
        if (failed || (wanted != null && wanted[0].startsWith("html"))) {
            return EncodingEnum.JSON;
        }
        throw new Problem.NotAcceptable(List.of(Fault.at(
                        wanted == null ? "Accept" : "_format",
                        "not-supported",
                        "the server answers in application/fhir+json or application/fhir+xml")))
                .exception();
    }

    private byte[] body(ServletRequestDetails details, Reply reply, EncodingEnum encoding, boolean failed) {
        boolean pretty = "true".equals(first(details, "_pretty"));
        Summary summary = failed ? null : summary(details);
        String elements = failed ? null : first(details, "_elements");
        if (encoding == EncodingEnum.JSON && !pretty && summary == null && elements == null) {
            return reply.json();
        }
        ObjectNode resource = parser.read(reply.json());
        if (summary != null) {
            resource = subset.summary(resource, summary);
        }
        if (elements != null) {
            resource = subset.elements(resource, Set.of(elements.split("\\s*,\\s*")));
        }
        return encoding == EncodingEnum.XML ? format.toXml(resource, pretty) : format.toJson(resource, pretty);
    }

    private static @Nullable Summary summary(ServletRequestDetails details) {
        String sent = first(details, "_summary");
        if (sent == null || sent.equals("false")) {
            return null;
        }
        Summary summary = Summary.of(sent);
        if (summary == null) {
            throw Problem.badSearch("_summary", "_summary must be true, text, data, count or false");
        }
        return summary;
    }

    private static @Nullable String first(ServletRequestDetails details, String name) {
        String[] values = details.getParameters().get(name);
        return values == null || values.length == 0 ? null : values[0];
    }

    private static boolean wantsHtml(HttpServletRequest http, ServletRequestDetails details) {
        String accept = http.getHeader("Accept");
        String wanted = first(details, "_format");
        return (accept != null && accept.contains("text/html")) || (wanted != null && wanted.startsWith("html"));
    }

    /** Lets HAPI's ResponseHighlighterInterceptor show the resource to a browser. */
    private boolean highlighted(
            ServletRequestDetails details, HttpServletRequest http, HttpServletResponse response, Reply reply) {
        String json = new String(reply.json(), StandardCharsets.UTF_8);
        ResponseDetails shown = new ResponseDetails(context.newJsonParser().parseResource(json));
        shown.setResponseCode(reply.status());
        HookParams params = new HookParams()
                .add(RequestDetails.class, details)
                .add(ServletRequestDetails.class, details)
                .add(org.hl7.fhir.instance.model.api.IBaseResource.class, shown.getResponseResource())
                .add(ResponseDetails.class, shown)
                .add(HttpServletRequest.class, http)
                .add(HttpServletResponse.class, response);
        return !details.getInterceptorBroadcaster().callHooks(Pointcut.SERVER_OUTGOING_RESPONSE, params);
    }
}
