package org.countyhub.bench.county;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** FHIR R4 data types as JSON nodes. */
final class Elements {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Elements() {}

    static ObjectNode object() {
        return JSON.objectNode();
    }

    static ObjectNode resource(String type) {
        return object().put("resourceType", type);
    }

    static ArrayNode list(JsonNode... nodes) {
        return JSON.arrayNode(nodes.length).addAll(List.of(nodes));
    }

    static ArrayNode list(List<? extends JsonNode> nodes) {
        return JSON.arrayNode(nodes.size()).addAll(nodes);
    }

    static ArrayNode texts(String... texts) {
        ArrayNode list = JSON.arrayNode(texts.length);
        for (String text : texts) {
            list.add(text);
        }
        return list;
    }

    static ObjectNode coding(String system, String code, @Nullable String display) {
        ObjectNode coding = object().put("system", system).put("code", code);
        if (display != null) {
            coding.put("display", display);
        }
        return coding;
    }

    /** A CodeableConcept. */
    static ObjectNode concept(String text, ObjectNode... codings) {
        ObjectNode concept = object();
        if (codings.length > 0) {
            concept.set("coding", list(codings));
        }
        return concept.put("text", text);
    }

    static ObjectNode identifier(String system, String value) {
        return object().put("system", system).put("value", value);
    }

    static ObjectNode reference(String target) {
        return object().put("reference", target);
    }

    /** A reference with the name of its target, for readers that do not follow it. */
    static ObjectNode reference(String target, String display) {
        return reference(target).put("display", display);
    }

    /** A quantity in a UCUM unit. */
    static ObjectNode quantity(BigDecimal value, String unit) {
        return object().put("value", value)
                .put("unit", unit)
                .put("system", Systems.UCUM)
                .put("code", unit);
    }
}
