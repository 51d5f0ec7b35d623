package org.countyhub.imaging.worklist;

import org.countyhub.imaging.study.lifecycle.Evidence;

/** Hears what tells that a study may be complete: no proof, but better than silence. */
@FunctionalInterface
public interface StudyEvidence {
    /** A modality has ended its work on the study, or somebody says which instances of it there are. */
    void said(String studyUid, Evidence evidence);
}
