package org.countyhub.fhir.structure;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Writes trees as compact UTF-8 JSON, every character as itself. Reading the bytes back gives an equal tree: decimals keep
 * their precision ({@code 1.00} stays {@code 1.00}; {@code 1e3} becomes {@code 1E+3} and not {@code 1000}, which would
 * claim three digits more, FHIR R4 section 2.24.0.1). Safe for use by many threads.
 */
public final class ResourceWriter {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    /** Beyond this 1E-245 is shorter than its zeros, and still equal. */
    private static final int MAX_PLAIN_SCALE = 30;

    private static final int USUAL_SIZE_BYTES = 2048;

    /** The JSON of a resource that has been checked. */
    public byte[] write(ObjectNode resource) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(USUAL_SIZE_BYTES)) {
            try (JsonGenerator json = JSON.createGenerator(bytes)) {
                write(resource, json);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a tree that no check has passed cannot be written", e);
        }
    }

    private static void write(JsonNode node, JsonGenerator json) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                json.writeStartObject();
                for (Map.Entry<String, JsonNode> property : node.properties()) {
                    json.writeFieldName(property.getKey());
                    write(property.getValue(), json);
                }
                json.writeEndObject();
            }
            case ARRAY -> {
                json.writeStartArray();
                for (JsonNode item : node) {
                    write(item, json);
                }
                json.writeEndArray();
            }
            case STRING -> json.writeString(node.textValue());
            case NUMBER -> number(node, json);
            case BOOLEAN -> json.writeBoolean(node.booleanValue());
            case NULL -> json.writeNull();
            case BINARY, POJO, MISSING -> throw new IllegalArgumentException("not a JSON value");
        }
    }

    private static void number(JsonNode node, JsonGenerator json) throws IOException {
        if (node.isInt()) {
            json.writeNumber(node.intValue());
        } else if (node.isIntegralNumber()) {
            json.writeNumber(node.bigIntegerValue());
        } else {
            BigDecimal decimal = node.decimalValue();
            boolean plain = decimal.scale() >= 0 && decimal.scale() <= MAX_PLAIN_SCALE;
            json.writeNumber(plain ? decimal.toPlainString() : decimal.toString());
        }
    }
}
