package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.countyhub.fhir.identity.match.Field;

/** What a Patient says in one of the compared fields, as text for somebody who has to look. */
final class FieldText {
    private static final int MOST_VALUES = 5;

    private FieldText() {}

    /** The values as sent, separated by a semicolon; empty where there are none. */
    static String of(Field field, ObjectNode patient) {
        return switch (field) {
            case NAME -> each(patient.path("name"), FieldText::name);
            case BIRTH_DATE -> patient.path("birthDate").asText();
            case SEX -> patient.path("gender").asText();
            case PHONE -> each(patient.path("telecom"), phone -> text(phone, "value"));
            case ADDRESS -> each(patient.path("address"), FieldText::address);
            case GUARDIAN -> each(patient.path("contact"), contact -> name(contact.path("name")));
            case CODE -> each(patient.path("identifier"), code -> parts(code, "|", "system", "value"));
        };
    }

    /** Takes one value apart. */
    @FunctionalInterface
    private interface Reading {
        String of(JsonNode value);
    }

    private static String each(JsonNode values, Reading reading) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : values) {
            String text = reading.of(value);
            if (!text.isBlank() && texts.size() < MOST_VALUES) {
                texts.add(text);
            }
        }
        return String.join("; ", texts);
    }

    private static String name(JsonNode name) {
        String whole = text(name, "text");
        return whole.isEmpty() ? parts(name, " ", "family", "given") : whole;
    }

    private static String address(JsonNode address) {
        String whole = text(address, "text");
        return whole.isEmpty() ? parts(address, " ", "state", "city", "district", "line", "postalCode") : whole;
    }

    private static String parts(JsonNode value, String separator, String... names) {
        return List.of(names).stream()
                .map(name -> value.path(name).isArray() ? each(value.path(name), JsonNode::asText) : text(value, name))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(separator));
    }

    private static String text(JsonNode value, String name) {
        return value.path(name).asText();
    }
}
