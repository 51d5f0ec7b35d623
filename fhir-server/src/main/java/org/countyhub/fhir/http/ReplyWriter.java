package org.countyhub.fhir.http;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.countyhub.fhir.resource.format.ResourceFormat;
import org.countyhub.fhir.resource.format.Subset;
import org.countyhub.fhir.structure.ResourceParser;

/**
 * Sends a reply as its {@link Presentation} says. Plain JSON is the stored bytes as they are; only XML, {@code _pretty},
 * {@code _summary} and {@code _elements} build a tree.
 */
final class ReplyWriter {
    private static final String JSON = "application/fhir+json;charset=utf-8";
    private static final String XML = "application/fhir+xml;charset=utf-8";
    /** IMF-fixdate, RFC 9110 section 5.6.7. The container's own formatter takes an eighth of a read. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final ResourceParser parser;
    private final ResourceFormat format;
    private final Subset subset;
    private final BaseAddresses bases;

    ReplyWriter(FhirContext context, ResourceParser parser, ResourceFormat format, BaseAddresses bases) {
        this.parser = parser;
        this.format = format;
        this.subset = new Subset(context);
        this.bases = bases;
    }

    void write(HttpServletRequest http, HttpServletResponse response, Presentation presentation, Reply reply)
            throws IOException {
        headers(http, response, reply);
        if (reply.json().length == 0) {
            return;
        }
        byte[] body = presentation.plain() ? reply.json() : presented(presentation, reply);
        response.setContentType(presentation.encoding() == EncodingEnum.XML ? XML : JSON);
        response.setContentLength(body.length);
        if (!http.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }

    /** Status and headers, without a body. */
    void headers(HttpServletRequest http, HttpServletResponse response, Reply reply) {
        response.setStatus(reply.status());
        if (reply.etag() != null) {
            response.setHeader("ETag", reply.etag());
        }
        if (reply.lastModified() != null) {
            response.setHeader("Last-Modified", HTTP_DATE.format(reply.lastModified()));
        }
        if (reply.location() != null) {
            String address = bases.of(http) + "/" + reply.location();
            response.setHeader("Location", address);
            response.setHeader("Content-Location", address);
        }
        if (reply.retryAfterSeconds() > 0) {
            response.setHeader("Retry-After", Integer.toString(reply.retryAfterSeconds()));
        }
    }

    private byte[] presented(Presentation presentation, Reply reply) {
        ObjectNode resource = parser.read(reply.json());
        if (presentation.summary() != null) {
            resource = subset.summary(resource, presentation.summary());
        }
        if (presentation.elements() != null) {
            resource = subset.elements(
                    resource, Set.copyOf(List.of(presentation.elements().split("\\s*,\\s*"))));
        }
        return presentation.encoding() == EncodingEnum.XML
                ? format.toXml(resource, presentation.pretty())
                : format.toJson(resource, presentation.pretty());
    }
}
