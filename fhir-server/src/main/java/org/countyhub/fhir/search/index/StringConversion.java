package org.countyhub.fhir.search.index;

import static org.countyhub.fhir.search.index.Conversion.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.countyhub.fhir.search.index.IndexValue.Text;
import org.countyhub.fhir.structure.TypeDefinition;
import org.jspecify.annotations.Nullable;

/** STRING parameters: FHIR R4 section 3.1.1.4.8; a name or an address counts by each of its parts. */
final class StringConversion {
    private static final List<String> NAME_PARTS = List.of("text", "family", "given", "prefix", "suffix");
    private static final List<String> ADDRESS_PARTS =
            List.of("text", "line", "city", "district", "state", "country", "postalCode");

    private StringConversion() {}

    static @Nullable Conversion of(TypeDefinition leaf) {
        return switch (leaf.name()) {
            case "string", "markdown", "code", "id" -> StringConversion::value;
            case "HumanName" -> (name, parameter, sink) -> parts(name, NAME_PARTS, parameter, sink);
            case "Address" -> (address, parameter, sink) -> parts(address, ADDRESS_PARTS, parameter, sink);
            default -> null;
        };
    }

    private static void parts(JsonNode element, List<String> properties, SearchParameter parameter, IndexSink sink) {
        for (String property : properties) {
            JsonNode part = element.path(property);
            value(part, parameter, sink);
            for (JsonNode one : part) {
                value(one, parameter, sink);
            }
        }
    }

    private static void value(JsonNode value, SearchParameter parameter, IndexSink sink) {
        String text = text(value);
        if (text != null) {
            sink.value(parameter, new Text(text));
        }
    }
}
