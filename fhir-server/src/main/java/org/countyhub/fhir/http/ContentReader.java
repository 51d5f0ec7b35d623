package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.http.FhirRequest.Content;
import org.countyhub.fhir.structure.ResourceParser;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

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
        if (content instanceof Content.Bytes bytes
                && XML.contains(bytes.mediaType().name())) {
            return parser.parseXml(bytes.bytes()); // names lines and columns as well
        }
        ObjectNode resource = unchecked(content);
        if (content instanceof Content.Bytes) {
            parser.check(resource);
        }
        return resource;
    }

    /** The tree that the text is, whatever it says. */
    ObjectNode unchecked(Content content) {
        return switch (content) {
            case Content.Resource resource -> resource.resource();
            case Content.None ignored -> throw Problem.malformed(Fault.of("required", "the request has no body"));
            case Content.Bytes bytes -> tree(bytes);
        };
    }

    private ObjectNode tree(Content.Bytes body) {
        if (JSON.contains(body.mediaType().name())) {
            return parser.read(body.bytes());
        }
        if (XML.contains(body.mediaType().name())) {
            return parser.readXml(body.bytes());
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

    /** Refuses a tree that is no resource of R4. */
    void check(ObjectNode resource) {
        parser.check(resource);
    }

    /** Refuses a tree that is no resource of R4 whatever the items of one element are; {@link #checkItem} is for those. */
    void checkWithout(ObjectNode resource, String element) {
        if (!resource.path(element).isArray()) {
            parser.check(resource);
            return;
        }
        ObjectNode rest = resource.objectNode();
        rest.setAll(resource);
        rest.remove(element);
        parser.check(rest);
    }

    /** Refuses one item of an element, with its place in the resource. */
    void checkItem(String resourceType, String element, int index, JsonNode item) {
        parser.checkItem(resourceType, element, index, item);
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
