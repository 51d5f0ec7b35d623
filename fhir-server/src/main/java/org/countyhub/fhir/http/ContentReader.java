package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.http.FhirRequest.Content;
import org.countyhub.fhir.structure.BundleTree;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/** From what came with an interaction to a tree that has passed the structure check. */
final class ContentReader {
    private static final Set<String> JSON =
            Set.of("application/fhir+json", "application/json", "text/json", "application/json+fhir");
    private static final Set<String> XML =
            Set.of("application/fhir+xml", "application/xml", "text/xml", "application/xml+fhir");

    private final ResourceParser parser;

    ContentReader(ResourceParser parser) {
        this.parser = parser;
    }

    /** The resource, checked. */
    ObjectNode resource(Content content) {
        return switch (content) {
            case Content.Resource resource -> resource.resource();
            case Content.None ignored -> throw nothing();
            case Content.Bytes body -> isXml(body) ? parser.parseXml(body.bytes()) : parser.parse(body.bytes());
        };
    }

    /** The Bundle, checked but for entries of a batch that are wrong each by itself. */
    BundleTree bundle(Content content) {
        return switch (content) {
            case Content.Resource resource -> new BundleTree(resource.resource(), Map.of());
            case Content.None ignored -> throw nothing();
            case Content.Bytes body ->
                isXml(body) ? parser.parseBundleXml(body.bytes()) : parser.parseBundle(body.bytes());
        };
    }

    private static ProblemException nothing() {
        return Problem.malformed(Fault.of("required", "the request has no body"));
    }

    private static boolean isXml(Content.Bytes body) {
        if (isResource(body.mediaType())) {
            return XML.contains(body.mediaType().name());
        }
        String sent = body.mediaType().name();
        throw new Problem.UnsupportedMedia(List.of(Fault.at(
                        "Content-Type",
                        "not-supported",
                        "send application/fhir+json or application/fhir+xml, not "
                                + (sent.isEmpty() ? "a body without a type" : sent))))
                .exception();
    }

    /** Whether bodies of the type are resources. */
    static boolean isResource(MediaType type) {
        return JSON.contains(type.name()) || XML.contains(type.name());
    }

    /** The tree of a resource as stored. */
    ObjectNode stored(byte[] json) {
        return parser.read(json);
    }

    /** A body that is JSON but no resource. */
    JsonNode json(byte[] bytes) {
        return parser.json(bytes);
    }
}
