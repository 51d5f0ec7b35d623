package org.countyhub.fhir.identity;

/** Administrative gender as FHIR codes it (R4, administrative-gender). */
public enum Sex {
    MALE,
    FEMALE,
    OTHER,
    UNKNOWN;

    /** Whether two records cannot be of one person, as far as sex goes: both say one of male and female, and differ. */
    public boolean contradicts(Sex other) {
        return (this == MALE && other == FEMALE) || (this == FEMALE && other == MALE);
    }
}
