package org.countyhub.imaging.study.lifecycle;

/** Why a study counts as complete. */
public enum CompletedBy {
    /** All its instances were committed to their sender (PS3.4 annex J). */
    STORAGE_COMMITMENT,
    /** A performed procedure step was completed, and all that it lists is here (PS3.4 annex F). */
    PERFORMED_PROCEDURE_STEP,
    /** Another archive announced the instances of the study, and all of them are here (PS3.4 annex R). */
    INSTANCE_AVAILABILITY,
    /** Nothing has come for some time. */
    QUIET
}
