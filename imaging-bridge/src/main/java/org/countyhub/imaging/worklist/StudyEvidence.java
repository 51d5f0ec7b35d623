package org.countyhub.imaging.worklist;

/** Hears what tells that a study may be complete: no proof, but better than silence. */
@FunctionalInterface
public interface StudyEvidence {
    /** A modality has ended its work on the study, or an archive says that all of it is there. */
    void ended(String studyUid);
}
