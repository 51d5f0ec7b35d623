package org.countyhub.fhir.search.index;

import com.fasterxml.jackson.databind.JsonNode;
import org.countyhub.fhir.structure.TypeDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Turns an element of a certain type into the values that a parameter of a certain kind has for it (FHIR R4 section
 * 3.1.1.4). An element that has none, or none that can be indexed, gives none; no element fails.
 */
interface Conversion {
    void convert(JsonNode element, SearchParameter parameter, IndexSink sink);

    /**
     * The conversion of a kind of parameter for a type of element, or null when the kind has no use for the type, such as
     * DATE for the string of a choice.
     *
     * @param codeSystem the system of codes that are bound to one
     */
    static @Nullable Conversion of(
            SearchType kind, TypeDefinition leaf, @Nullable String codeSystem, DateConversion dates) {
        return switch (kind) {
            case NUMBER -> AmountConversion.number(leaf);
            case DATE -> dates.of(leaf);
            case STRING -> StringConversion.of(leaf);
            case TOKEN -> TokenConversion.of(leaf, codeSystem);
            case REFERENCE -> ReferenceConversion.reference(leaf);
            case QUANTITY -> AmountConversion.quantity(leaf);
            case URI -> ReferenceConversion.uri(leaf);
            case COMPOSITE, SPECIAL -> null;
        };
    }

    /** The text of a JSON string, or null when the node is none or holds nothing. */
    static @Nullable String text(@Nullable JsonNode node) {
        String text = node == null ? null : node.textValue();
        return text == null || text.isBlank() ? null : text;
    }
}
