package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.countyhub.fhir.http.FhirRequest.Content;
import org.countyhub.fhir.http.FhirRequest.Method;
import org.countyhub.fhir.structure.ResourceParser;

/**
 * A Binary as the content that it holds rather than as a resource (FHIR R4, Binary, serving Binary resources using the
 * RESTful API). Read it is sent with its own media type unless a format of FHIR is asked for by name; written, a body that is
 * no Binary itself becomes the content of one, whatever its type.
 */
final class BinaryContent {
    private static final String SECURITY_CONTEXT = "X-Security-Context";

    /** Who says how a resource is to be presented means a resource. */
    private static final List<String> PRESENTATION = List.of("_format", "_pretty", "_summary", "_elements");

    private static final String TOKEN = "[A-Za-z0-9!#$&^_.+-]+";
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("%1$s/%1$s( ?; ?%1$s=(%1$s|\"[ !#-\\[\\]-~]*\"))*".formatted(TOKEN));

    private final ResourceParser parser;

    BinaryContent(ResourceParser parser) {
        this.parser = parser;
    }

    /** Whether a request is for the content of a Binary. */
    static boolean isWanted(HttpServletRequest http, FhirRequest request) {
        List<String> path = request.path();
        boolean read = request.method() == Method.GET || request.method() == Method.HEAD;
        return read
                && (path.size() == 2 || path.size() == 4)
                && path.getFirst().equals("Binary")
                && !path.get(1).startsWith("_")
                && PRESENTATION.stream().allMatch(name -> request.parameter(name) == null)
                && !AcceptHeader.namesFhir(http.getHeader("Accept"));
    }

    /** Sends the content; it may be anything, so no browser is to show it, or run it, as a page of this server. */
    void write(HttpServletRequest http, HttpServletResponse response, Reply reply) throws IOException {
        ObjectNode binary = parser.read(reply.json());
        String mediaType = binary.path("contentType").asText();
        byte[] content = Base64.getMimeDecoder().decode(binary.path("data").asText());
        String securityContext =
                binary.path("securityContext").path("reference").asText();
        if (securityContext.chars().allMatch(c -> c > ' ' && c <= '~') && !securityContext.isEmpty()) {
            response.setHeader(SECURITY_CONTEXT, securityContext);
        }
        response.setHeader("Content-Disposition", "attachment");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        response.setHeader("Vary", "Accept");
        // Pages are UTF-8; the content is what its own type says.
        response.setCharacterEncoding((String) null);
        response.setContentType(MEDIA_TYPE.matcher(mediaType).matches() ? mediaType : "application/octet-stream");
        response.setContentLength(content.length);
        if (!http.getMethod().equals("HEAD")) {
            response.getOutputStream().write(content);
        }
    }

    /** A write of mere content as the write of a Binary with that content; any other request as it is. */
    FhirRequest enclosed(HttpServletRequest http, FhirRequest request) {
        if (!isWrite(request) || !(request.content() instanceof Content.Bytes body) || !isContent(body)) {
            return request;
        }
        ObjectNode binary = JsonNodeFactory.instance.objectNode().put("resourceType", "Binary");
        if (request.path().size() == 2) {
            binary.put("id", request.path().get(1));
        }
        binary.put("contentType", http.getContentType().strip().replaceAll("\\s+", " "));
        String securityContext = http.getHeader(SECURITY_CONTEXT);
        if (securityContext != null && !securityContext.isBlank()) {
            binary.putObject("securityContext").put("reference", securityContext.strip());
        }
        binary.put("data", Base64.getEncoder().encodeToString(body.bytes()));
        parser.check(binary);
        return request.withContent(new Content.Resource(binary));
    }

    private static boolean isWrite(FhirRequest request) {
        List<String> path = request.path();
        return switch (request.method()) {
            case POST -> path.size() == 1 && path.getFirst().equals("Binary");
            case PUT -> !path.isEmpty() && path.size() <= 2 && path.getFirst().equals("Binary");
            case GET, HEAD, PATCH, DELETE -> false;
        };
    }

    /** What calls itself FHIR and says no type of resource is refused like any other resource, and not kept. */
    private boolean isContent(Content.Bytes body) {
        return switch (body.mediaType().name()) {
            case "" -> false;
            case "application/json", "text/json" -> !parser.typeOf(body.bytes()).equals("Binary");
            case "application/xml", "text/xml" ->
                !parser.typeOfXml(body.bytes()).equals("Binary");
            case "application/fhir+json", "application/json+fhir" -> isOther(parser.typeOf(body.bytes()));
            case "application/fhir+xml", "application/xml+fhir" -> isOther(parser.typeOfXml(body.bytes()));
            default -> true;
        };
    }

    private static boolean isOther(String type) {
        return !type.isEmpty() && !type.equals("Binary");
    }
}
