package org.countyhub.fhir.resource.patch;

import com.fasterxml.jackson.databind.JsonNode;

/** Equality of JSON values as RFC 6902 section 4.6 defines it: numbers by value, objects without regard to order. */
final class JsonEquality {
    private JsonEquality() {}

    static boolean equal(JsonNode a, JsonNode b) {
        return a.equals(JsonEquality::compare, b);
    }

    /** Zero when equal; any other answer means different, there is no order. */
    private static int compare(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
    }
}
