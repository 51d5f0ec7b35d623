package org.countyhub.imaging.film;

/** What is asked for beside the secret of a link. */
public enum FactorKind {
    /** Nothing. */
    NONE,
    /** The last four characters of an identity number of the person (GB 11643). */
    ID_LAST_FOUR,
    /** A code that the hospital hands out by another way. */
    CODE
}
