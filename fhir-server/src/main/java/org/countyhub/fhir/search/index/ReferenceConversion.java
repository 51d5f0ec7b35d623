package org.countyhub.fhir.search.index;

import static org.countyhub.fhir.search.index.Conversion.text;

import com.fasterxml.jackson.databind.JsonNode;
import org.countyhub.fhir.search.index.IndexValue.Reference;
import org.countyhub.fhir.search.index.IndexValue.Uri;
import org.countyhub.fhir.structure.TypeDefinition;
import org.jspecify.annotations.Nullable;

/** REFERENCE and URI parameters: FHIR R4 sections 3.1.1.4.12 and 3.1.1.4.9. */
final class ReferenceConversion {
    private ReferenceConversion() {}

    static @Nullable Conversion reference(TypeDefinition leaf) {
        return switch (leaf.kind()) {
            case RESOURCE, ANY_RESOURCE -> ReferenceConversion::resource;
            case COMPLEX, BACKBONE, PRIMITIVE, XHTML ->
                switch (leaf.name()) {
                    case "Reference" -> (reference, by, sink) -> literal(reference.get("reference"), by, sink);
                    case "canonical", "uri", "url" -> ReferenceConversion::literal;
                    default -> null;
                };
        };
    }

    static @Nullable Conversion uri(TypeDefinition leaf) {
        return switch (leaf.name()) {
            case "uri", "url", "canonical", "oid", "uuid" ->
                (value, parameter, sink) -> {
                    String uri = text(value);
                    if (uri != null) {
                        sink.value(parameter, new Uri(uri));
                    }
                };
            default -> null;
        };
    }

    /** A contained resource has no identity outside of its container, so nothing refers to it. */
    private static void literal(@Nullable JsonNode value, SearchParameter parameter, IndexSink sink) {
        String reference = text(value);
        if (reference != null && reference.charAt(0) != '#') {
            sink.value(parameter, new Reference(reference));
        }
    }

    /** The first entry of a document or message: by {@code Bundle.composition} and {@code Bundle.message}. */
    private static void resource(JsonNode resource, SearchParameter parameter, IndexSink sink) {
        String type = text(resource.get("resourceType"));
        String id = text(resource.get("id"));
        if (type != null && id != null && parameter.targets().contains(type)) {
            sink.value(parameter, new Reference(type + "/" + id));
        }
    }
}
