package org.countyhub.fhir.structure;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object (RFC 8259) with exact decimals, and refuses what JSON leaves open and records cannot bear:
 * duplicate properties, anything after the object, and sizes beyond the limits below. Strings are as long as the body.
 */
final class JsonTree {
    /** Levels of objects and arrays. Questionnaires nest items, and every element nests extensions. */
    static final int MAX_DEPTH = 200;

    static final int MAX_NAME_LENGTH = 100;

    static final int MAX_NUMBER_LENGTH = 1000;

    private static final int MAX_DECIMAL_DIGITS = 100;

    /** Keeps 1e999999999 out: as a plain number it would fill the memory. */
    private static final int MAX_DECIMAL_SCALE = 400;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final JsonNodeFactory NODES = new JsonNodeFactory(true);

    private final JsonParser parser;
    private final TreeRoom room = new TreeRoom();

    private JsonTree(JsonParser parser) {
        this.parser = parser;
    }

    /** The object that the bytes are. */
    static ObjectNode read(byte[] utf8Json, int offset, int length) {
        JsonNode value = value(utf8Json, offset, length);
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw refused("line 1, column 1", "a resource is a JSON object");
    }

    /** The value that the bytes are. */
    static JsonNode value(byte[] utf8Json, int offset, int length) {
        int invalid = Utf8.firstInvalid(utf8Json, offset, length);
        if (invalid >= 0) {
            throw refused("byte " + (invalid - offset + 1), "the body is not UTF-8 text");
        }
        try (JsonParser parser = JSON.createParser(utf8Json, offset, length)) {
            return new JsonTree(parser).document();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does not fail", e);
        }
    }

    /** What {@code resourceType} says, without a look at the rest; empty when there is none. */
    static String resourceType(byte[] utf8Json) {
        try (JsonParser parser = JSON.createParser(utf8Json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (name.equals("resourceType")) {
                    return value == JsonToken.VALUE_STRING ? parser.getText() : "";
                }
                parser.skipChildren();
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }

    private JsonNode document() throws IOException {
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw refused("line 1, column 1", "the body is empty");
            }
            JsonNode document = value(first);
            if (parser.nextToken() != null) {
                throw refusedHere("more follows after the resource");
            }
            return document;
        } catch (StreamConstraintsException e) {
            throw refused(
                    place(e),
                    "nested deeper than %d levels, or a name longer than %d or a number longer than %d characters"
                            .formatted(MAX_DEPTH, MAX_NAME_LENGTH, MAX_NUMBER_LENGTH));
        } catch (JsonProcessingException e) {
            throw refused(place(e), "the body is not well-formed JSON");
        }
    }

    private ObjectNode object() throws IOException {
        room.object();
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            room.property(object.size());
            if (object.replace(name, value(parser.nextToken())) != null) {
                throw refusedHere("the same property twice in one object");
            }
        }
        return object;
    }

    private ArrayNode array() throws IOException {
        room.array();
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            room.item();
            array.add(value(token));
        }
        return array;
    }

    private JsonNode value(JsonToken token) throws IOException {
        if (token.isScalarValue()) {
            room.scalar();
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw refusedHere("the body is not well-formed JSON");
        };
    }

    private JsonNode integer() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER, BIG_DECIMAL, FLOAT, DOUBLE -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private JsonNode decimal() throws IOException {
        JsonNode decimal = decimal(parser.getText());
        if (decimal == null) {
            throw refusedHere("a number beyond the range of decimals");
        }
        return decimal;
    }

    private static @Nullable JsonNode decimal(String text) {
        try {
            BigDecimal decimal = new BigDecimal(text);
            boolean inRange =
                    decimal.precision() <= MAX_DECIMAL_DIGITS && Math.abs((long) decimal.scale()) <= MAX_DECIMAL_SCALE;
            return inRange ? NODES.numberNode(decimal) : null;
        } catch (NumberFormatException e) { // an exponent beyond 32 bits
            return null;
        }
    }

    /** The number that a text by itself is in JSON, or null when it is none or beyond the limits. */
    static @Nullable JsonNode number(String text) {
        if (text.length() > MAX_NUMBER_LENGTH || !Lexical.isNumber(text)) {
            return null;
        }
        if (!Lexical.isInteger(text)) {
            return decimal(text);
        }
        BigInteger integer = new BigInteger(text);
        if (integer.bitLength() < Integer.SIZE) {
            return NODES.numberNode(integer.intValue());
        }
        return integer.bitLength() < Long.SIZE ? NODES.numberNode(integer.longValue()) : NODES.numberNode(integer);
    }

    private ProblemException refusedHere(String diagnostics) {
        return refused(place(parser.currentTokenLocation()), diagnostics);
    }

    private String place(JsonProcessingException e) {
        return place(e.getLocation() != null ? e.getLocation() : parser.currentLocation());
    }

    private static ProblemException refused(String place, String diagnostics) {
        return Problem.malformed(Fault.at(place, "structure", diagnostics));
    }

    private static String place(JsonLocation location) {
        return "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }
}
