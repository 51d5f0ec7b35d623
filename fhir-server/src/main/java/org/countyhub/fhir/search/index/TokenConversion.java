package org.countyhub.fhir.search.index;

import static org.countyhub.fhir.search.index.Conversion.text;

import com.fasterxml.jackson.databind.JsonNode;
import org.countyhub.fhir.naming.IdentifierSystems;
import org.countyhub.fhir.search.index.IndexValue.Token;
import org.countyhub.fhir.structure.TypeDefinition;
import org.jspecify.annotations.Nullable;

/** TOKEN parameters: the table of FHIR R4 section 3.1.1.4.10. */
final class TokenConversion {
    private TokenConversion() {}

    static @Nullable Conversion of(TypeDefinition leaf, @Nullable String codeSystem) {
        return switch (leaf.name()) {
            case "CodeableConcept" -> TokenConversion::concept;
            case "Coding" -> (coding, parameter, sink) -> pair(coding, "code", parameter, sink);
            case "Identifier" -> TokenConversion::identifier;
            // The system of a ContactPoint (phone, email) is not the system of a token.
            case "ContactPoint" -> (point, parameter, sink) -> token(null, text(point.get("value")), parameter, sink);
            case "code" -> (code, parameter, sink) -> token(codeSystem, text(code), parameter, sink);
            case "id", "string", "uri", "canonical", "url", "oid", "uuid" ->
                (value, parameter, sink) -> token(null, text(value), parameter, sink);
            case "boolean", "integer", "positiveInt", "unsignedInt" ->
                (value, parameter, sink) -> token(null, value.isValueNode() ? value.asText() : null, parameter, sink);
            default -> null;
        };
    }

    private static void concept(JsonNode concept, SearchParameter parameter, IndexSink sink) {
        for (JsonNode coding : concept.path("coding")) {
            pair(coding, "code", parameter, sink);
        }
    }

    /** Under the address that it is kept by and under the one that its sender wrote, whatever NamingSystems come to say. */
    private static void identifier(JsonNode identifier, SearchParameter parameter, IndexSink sink) {
        pair(identifier, "value", parameter, sink);
        for (JsonNode extension : identifier.path("_system").path("extension")) {
            if (extension.path("url").asText().equals(IdentifierSystems.SENT_SYSTEM)) {
                token(text(extension.get("valueUri")), text(identifier.get("value")), parameter, sink);
            }
        }
    }

    private static void pair(JsonNode element, String codeProperty, SearchParameter parameter, IndexSink sink) {
        token(text(element.get("system")), text(element.get(codeProperty)), parameter, sink);
    }

    private static void token(
            @Nullable String system, @Nullable String code, SearchParameter parameter, IndexSink sink) {
        if (code != null) {
            sink.value(parameter, new Token(system, code));
        }
    }
}
