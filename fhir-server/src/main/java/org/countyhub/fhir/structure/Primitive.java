package org.countyhub.fhir.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The primitive types of FHIR R4 (section 2.24.0.1), what JSON value each has and how it must be written. */
enum Primitive {
    BOOLEAN("boolean", JsonNodeType.BOOLEAN, "true or false"),
    DECIMAL("decimal", JsonNodeType.NUMBER, "a number"),
    INTEGER("integer", JsonNodeType.NUMBER, "a whole number of 32 bits"),
    UNSIGNED_INT("unsignedInt", JsonNodeType.NUMBER, "a whole number from 0 to 2147483647"),
    POSITIVE_INT("positiveInt", JsonNodeType.NUMBER, "a whole number from 1 to 2147483647"),
    STRING("string", JsonNodeType.STRING, "text without control characters"),
    MARKDOWN("markdown", JsonNodeType.STRING, "text without control characters"),
    CODE("code", JsonNodeType.STRING, "a code, without whitespace at its ends"),
    ID("id", JsonNodeType.STRING, "1 to 64 letters, digits, dashes and dots"),
    URI("uri", JsonNodeType.STRING, "a URI without whitespace"),
    URL("url", JsonNodeType.STRING, "a URL without whitespace"),
    CANONICAL("canonical", JsonNodeType.STRING, "a canonical URL without whitespace"),
    OID("oid", JsonNodeType.STRING, "an OID such as urn:oid:1.2.3"),
    UUID("uuid", JsonNodeType.STRING, "a UUID such as urn:uuid:c757873d-ec9a-4326-a141-556f43239520"),
    DATE("date", JsonNodeType.STRING, "a date: YYYY, YYYY-MM or YYYY-MM-DD"),
    DATE_TIME("dateTime", JsonNodeType.STRING, "YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss+zz:zz"),
    INSTANT("instant", JsonNodeType.STRING, "YYYY-MM-DDThh:mm:ss.sss+zz:zz"),
    TIME("time", JsonNodeType.STRING, "a time of day: hh:mm:ss"),
    BASE64_BINARY("base64Binary", JsonNodeType.STRING, "base64 with padding");

    private static final Map<String, Primitive> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(primitive -> primitive.typeName, p -> p));

    private final String typeName;
    private final JsonNodeType json;
    private final String form;

    Primitive(String typeName, JsonNodeType json, String form) {
        this.typeName = typeName;
        this.json = json;
        this.form = form;
    }

    static Primitive named(String typeName) {
        Primitive primitive = BY_NAME.get(typeName);
        if (primitive == null) {
            throw new IllegalArgumentException("no primitive type " + typeName);
        }
        return primitive;
    }

    /** The JSON value that the type is written as: string, number or boolean. */
    JsonNodeType json() {
        return json;
    }

    /** How the type is written, for a person. */
    String form() {
        return form;
    }

    /** Whether the type may hold an address of a resource: uri and its specialisations. */
    boolean isUri() {
        return switch (this) {
            case URI, URL, CANONICAL, OID, UUID -> true;
            case BOOLEAN, DECIMAL, INTEGER, UNSIGNED_INT, POSITIVE_INT, STRING, MARKDOWN, CODE, ID -> false;
            case DATE, DATE_TIME, INSTANT, TIME, BASE64_BINARY -> false;
        };
    }

    /** Whether a value of the right JSON kind is written as it must be. */
    boolean accepts(JsonNode value) {
        return switch (this) {
            case BOOLEAN, DECIMAL -> true;
            case INTEGER -> isInteger(value, Integer.MIN_VALUE);
            case UNSIGNED_INT -> isInteger(value, 0);
            case POSITIVE_INT -> isInteger(value, 1);
            case STRING, MARKDOWN -> Lexical.isText(value.textValue());
            case CODE -> Lexical.isCode(value.textValue());
            case ID -> Lexical.isId(value.textValue());
            case URI, URL, CANONICAL -> Lexical.isUri(value.textValue());
            case OID -> Lexical.isOid(value.textValue());
            case UUID -> Lexical.isUuid(value.textValue());
            case DATE -> LexicalDate.isDate(value.textValue());
            case DATE_TIME -> LexicalDate.isDateTime(value.textValue());
            case INSTANT -> LexicalDate.isInstant(value.textValue());
            case TIME -> LexicalDate.isTime(value.textValue());
            case BASE64_BINARY -> Lexical.isBase64(value.textValue());
        };
    }

    private static boolean isInteger(JsonNode value, int min) {
        return value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= min;
    }
}
