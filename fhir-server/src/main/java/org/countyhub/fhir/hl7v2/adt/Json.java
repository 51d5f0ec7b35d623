package org.countyhub.fhir.hl7v2.adt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** FHIR elements as JSON. An empty text is no element. */
final class Json {
    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode list() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static void put(ObjectNode object, String name, String text) {
        if (!text.isEmpty()) {
            object.put(name, text);
        }
    }

    /** Adds to a list, which only comes to be with its first item. */
    static void add(ObjectNode object, String name, String text) {
        if (!text.isEmpty()) {
            object.withArray(name).add(text);
        }
    }

    /** A CodeableConcept with one coding. */
    static ObjectNode concept(String system, String code, String display) {
        ObjectNode concept = object();
        ObjectNode coding = concept.putArray("coding").addObject();
        coding.put("system", system).put("code", code);
        put(coding, "display", display);
        return concept;
    }
}
