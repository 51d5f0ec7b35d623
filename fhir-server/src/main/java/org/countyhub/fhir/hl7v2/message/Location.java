package org.countyhub.fhir.hl7v2.message;

/**
 * A place in a message, as ERR-2 names it (data type ERL). Counted from 1; 0 where the place is less exact.
 *
 * @param sequence which of the segments of this name
 */
public record Location(String segment, int sequence, int field, int repetition, int component) {
    public static Location field(String segment, int field) {
        return new Location(segment, 1, field, 0, 0);
    }

    public static Location segment(String segment) {
        return new Location(segment, 1, 0, 0, 0);
    }

    /** For people: {@code PID-3(2).4}. */
    @Override
    public String toString() {
        return segment
                + (sequence > 1 ? "[" + sequence + "]" : "")
                + (field > 0 ? "-" + field : "")
                + (repetition > 0 ? "(" + repetition + ")" : "")
                + (component > 0 ? "." + component : "");
    }
}
