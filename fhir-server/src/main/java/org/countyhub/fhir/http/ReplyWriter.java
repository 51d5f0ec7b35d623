package org.countyhub.fhir.http;

import ca.uhn.fhir.rest.api.EncodingEnum;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;
import org.countyhub.fhir.resource.format.ResourceFormat;
import org.countyhub.fhir.structure.ResourceParser;

/**
 * Sends a reply as its {@link Presentation} says. Plain JSON is the stored bytes as they are; only XML and {@code _pretty}
 * build a tree.
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
    private final BaseAddresses bases;

    ReplyWriter(ResourceParser parser, ResourceFormat format, BaseAddresses bases) {
        this.parser = parser;
        this.format = format;
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
        if (!reply.allowed().isEmpty()) {
            response.setHeader("Allow", String.join(", ", reply.allowed()));
        }
        if (reply.retryAfterSeconds() > 0) {
            response.setHeader("Retry-After", Integer.toString(reply.retryAfterSeconds()));
        }
    }

    private byte[] presented(Presentation presentation, Reply reply) {
        boolean xml = presentation.encoding() == EncodingEnum.XML;
        Supplier<byte[]> atHand = reply.xml();
        if (xml && atHand != null && !presentation.pretty()) {
            return atHand.get();
        }
        ObjectNode resource = parser.read(reply.json());
        return xml ? format.toXml(resource, presentation.pretty()) : format.toJson(resource, presentation.pretty());
    }
}
