package org.countyhub.fhir.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

/** The value of an attribute as the JSON value of its type (FHIR R4 sections 2.6.1 and 2.24.0.1). */
final class XmlValue {
    private XmlValue() {}

    /** The value, or null when the text is none of the type as far as JSON tells the types apart. */
    static @Nullable JsonNode of(Primitive primitive, String written) {
        return switch (primitive) {
            // Section 2.6.1: readers should trim; in text whitespace may be meant, and JSON keeps it too.
            case STRING, MARKDOWN -> TextNode.valueOf(written);
            case BOOLEAN ->
                switch (written.strip()) {
                    case "true" -> BooleanNode.TRUE;
                    case "false" -> BooleanNode.FALSE;
                    default -> null;
                };
            case DECIMAL -> JsonTree.number(written.strip());
            // R4 allows a plus sign before these, and JSON does not.
            case INTEGER, UNSIGNED_INT, POSITIVE_INT -> JsonTree.number(withoutPlus(written.strip()));
            case CODE, ID, URI, URL, CANONICAL, OID, UUID, DATE, DATE_TIME, INSTANT, TIME, BASE64_BINARY ->
                TextNode.valueOf(written.strip());
        };
    }

    private static String withoutPlus(String number) {
        return number.length() > 1 && number.charAt(0) == '+' && Character.isDigit(number.charAt(1))
                ? number.substring(1)
                : number;
    }
}
