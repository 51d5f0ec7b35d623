package org.countyhub.fhir.identity.match;

/** What forbids to link two records without asking, however much else agrees. */
public enum Conflict {
    /** Both have a verified resident ID, and a person has only one. */
    RESIDENT_ID,
    /** Male and female. */
    SEX,
    /** Birth dates that no slip explains. */
    BIRTH_DATE,
    /** ABO groups that differ. */
    BLOOD_GROUP,
    /**
     * Twins, or others of one family: the same surname and household, but another given name. A Chinese given name that
     * differs in one character, even one of the same sound, is what parents give to twins.
     */
    SIBLING,
    /** A placeholder instead of a name. */
    UNNAMED,
    /** A shared code, but wholly different names, and not the same birth date and household: a card that was lent, or mistyped. */
    OTHER_NAME
}
