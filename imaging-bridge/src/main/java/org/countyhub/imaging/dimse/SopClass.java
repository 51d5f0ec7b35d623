package org.countyhub.imaging.dimse;

/** The SOP classes of the services here, by their names in PS3.4. */
final class SopClass {
    static final String PATIENT_ROOT_FIND = "1.2.840.10008.5.1.4.1.2.1.1";
    static final String PATIENT_ROOT_MOVE = "1.2.840.10008.5.1.4.1.2.1.2";
    static final String PATIENT_ROOT_GET = "1.2.840.10008.5.1.4.1.2.1.3";
    static final String STUDY_ROOT_FIND = "1.2.840.10008.5.1.4.1.2.2.1";
    static final String STUDY_ROOT_MOVE = "1.2.840.10008.5.1.4.1.2.2.2";
    static final String STUDY_ROOT_GET = "1.2.840.10008.5.1.4.1.2.2.3";
    static final String STORAGE_COMMITMENT_PUSH = "1.2.840.10008.1.20.1";
    /** The one instance of the class (PS3.4 section J.3.5). */
    static final String STORAGE_COMMITMENT_PUSH_INSTANCE = "1.2.840.10008.1.20.1.1";

    static final String MODALITY_WORKLIST_FIND = "1.2.840.10008.5.1.4.31";
    static final String MODALITY_PERFORMED_PROCEDURE_STEP = "1.2.840.10008.3.1.2.3.3";
    static final String INSTANCE_AVAILABILITY_NOTIFICATION = "1.2.840.10008.5.1.4.33";

    private SopClass() {}
}
