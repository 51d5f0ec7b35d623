package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.countyhub.fhir.http.FhirRequest.Content;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** From what came with an interaction to a tree that has passed the structure check. */
final class ContentReader {
    private final ResourceParser parser;

    ContentReader(ResourceParser parser) {
        this.parser = parser;
    }

    ObjectNode resource(Content content) {
        return switch (content) {
            case Content.Resource resource -> resource.resource();
            case Content.None ignored -> throw Problem.malformed(Fault.of("required", "the request has no body"));
            case Content.Bytes bytes -> parse(bytes);
        };
    }

    private ObjectNode parse(Content.Bytes body) {
        if (body.bytes().length == 0) {
            throw Problem.malformed(Fault.of("required", "the request has no body"));
        }
        return switch (body.mediaType()) {
            case "application/fhir+json", "application/json", "text/json", "application/json+fhir" ->
                parser.parse(body.bytes());
            case "application/fhir+xml", "application/xml", "text/xml", "application/xml+fhir" ->
                parser.parseXml(body.bytes());
            default ->
                throw new Problem.UnsupportedMedia(List.of(Fault.at(
                                "Content-Type",
                                "not-supported",
                                "send application/fhir+json or application/fhir+xml, not "
                                        + (body.mediaType().isEmpty() ? "a body without a type" : body.mediaType()))))
                        .exception();
        };
    }

    /** A body that is JSON but no resource. */
    JsonNode json(byte[] bytes) {
        return parser.json(bytes);
    }
}
