package org.countyhub.imaging.study.lifecycle;

/** Where a study stands. */
public enum StudyState {
    /** Images may still be on their way. */
    RECEIVING,
    /** By evidence or by quiet time no more images are expected; one that comes late makes the study RECEIVING again. */
    COMPLETE,
    /** Somebody decided that the examination did not take place as a whole; images that come say otherwise. */
    CANCELLED,
    /** Somebody decided that the study should not be here, or it was deleted; images that come are held. */
    ENTERED_IN_ERROR
}
