package org.countyhub.fhir.resource;

/** What made a version of a resource. The codes are stored and never change their meaning. */
public enum Change {
    /** Only referenced so far by another resource, never written; such a record answers as unknown. */
    NONE(0),
    CREATE(1),
    UPDATE(2),
    DELETE(3);

    private final int code;

    Change(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Whether a resource whose latest change is this one can be read. */
    public boolean readable() {
        return this == CREATE || this == UPDATE;
    }

    public static Change of(int code) {
        for (Change change : values()) {
            if (change.code == code) {
                return change;
            }
        }
        throw new IllegalArgumentException("no change has code " + code);
    }
}
