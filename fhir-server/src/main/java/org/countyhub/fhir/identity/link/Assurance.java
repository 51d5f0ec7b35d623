package org.countyhub.fhir.identity.link;

/** How sure a link between a patient and a person is (R4, identity-assuranceLevel). */
public enum Assurance {
    /** The patient stands alone: nothing has been compared with anything. */
    LEVEL1(1),
    /** Likely, and accepted by a steward. */
    LEVEL2(2),
    /** By the weight of several agreements, or by the word of the source that both records are of. */
    LEVEL3(3),
    /** By an equal verified code, or confirmed by a steward who saw the documents. */
    LEVEL4(4);

    private final int level;

    Assurance(int level) {
        this.level = level;
    }

    public int level() {
        return level;
    }

    /** The code of R4's value set, {@code level1} to {@code level4}. */
    public String code() {
        return "level" + level;
    }

    public static Assurance of(int level) {
        return values()[level - 1];
    }
}
