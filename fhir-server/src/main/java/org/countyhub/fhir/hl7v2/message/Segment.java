package org.countyhub.fhir.hl7v2.message;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.util.Terser;

/** A segment of a message by its numbers, whatever version it is of. Fields, repetitions and components count from 1. */
public final class Segment {
    private static final String NULL = "\"\"";

    private final ca.uhn.hl7v2.model.Segment segment;
    private final int sequence;

    Segment(ca.uhn.hl7v2.model.Segment segment, int sequence) {
        this.segment = segment;
        this.sequence = sequence;
    }

    /** What a field says (HL7 v2.5.1 section 2.5.3). */
    public enum State {
        /** Nothing: what is known stays. */
        ABSENT,
        /** Two quotation marks: what is known is not so. */
        EMPTIED,
        PRESENT
    }

    public State state(int field) {
        int repetitions = repetitions(field);
        for (int i = 1; i <= repetitions; i++) {
            if (isPresent(field, i)) {
                return State.PRESENT;
            }
        }
        return raw(field, 1, 1, 1).equals(NULL) ? State.EMPTIED : State.ABSENT;
    }

    /** Whether a repetition says anything in any of the first components, which hold what matters of every data type. */
    private boolean isPresent(int field, int repetition) {
        for (int component = 1; component <= 14; component++) {
            if (!text(field, repetition, component, 1).isEmpty()
                    || !text(field, repetition, component, 2).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    public boolean has(int field) {
        return state(field) == State.PRESENT;
    }

    public int repetitions(int field) {
        try {
            return segment.getField(field).length;
        } catch (HL7Exception e) {
            return 0;
        }
    }

    /** The text of a subcomponent; empty when there is none. */
    public String text(int field, int repetition, int component, int subcomponent) {
        String raw = raw(field, repetition, component, subcomponent).strip();
        return raw.equals(NULL) ? "" : raw;
    }

    public String text(int field, int repetition, int component) {
        return text(field, repetition, component, 1);
    }

    public String text(int field) {
        return text(field, 1, 1, 1);
    }

    private String raw(int field, int repetition, int component, int subcomponent) {
        try {
            String text = Terser.get(segment, field, repetition - 1, component, subcomponent);
            return text == null ? "" : text;
        } catch (HL7Exception e) {
            return "";
        }
    }

    public Location at(int field) {
        return at(field, 0, 0);
    }

    public Location at(int field, int repetition, int component) {
        return new Location(segment.getName(), sequence, field, repetition, component);
    }
}
