package org.countyhub.imaging.access;

/** Why somebody may look at a study. */
public enum Ground {
    /** It comes from the hospital of who looks. */
    OWN,
    /** The patient is in the care of that hospital, wherever the study comes from. */
    CARE,
    /** That hospital reads for the whole county. */
    COUNTY
}
