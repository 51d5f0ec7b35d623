package org.countyhub.fhir.hl7v2;

import java.util.Arrays;
import java.util.List;

/** An acknowledgement, by its segments. */
record Answer(String text) {
    List<String> segment(String name) {
        return Arrays.stream(text.split("\r", -1))
                .filter(line -> line.startsWith(name + "|"))
                .findFirst()
                .map(line -> List.of(line.split("\\|", -1)))
                .orElse(List.of());
    }

    String field(String segment, int number) {
        List<String> fields = segment(segment);
        int index = segment.equals("MSH") ? number - 1 : number;
        return index < fields.size() ? fields.get(index) : "";
    }

    /** MSA-1. */
    String code() {
        return field("MSA", 1);
    }

    /** MSA-2. */
    String controlId() {
        return field("MSA", 2);
    }

    /** ERR-2. */
    String place() {
        return field("ERR", 2);
    }

    /** The code in ERR-3. */
    String error() {
        return field("ERR", 3).split("\\^", -1)[0];
    }

    /** ERR-8. */
    String words() {
        return field("ERR", 8);
    }
}
