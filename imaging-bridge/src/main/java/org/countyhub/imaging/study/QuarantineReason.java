package org.countyhub.imaging.study;

/** Why an instance is kept apart: each is a case in which its patient or its place would have to be guessed. */
public enum QuarantineReason {
    /** It names no patient. */
    NO_PATIENT_ID,
    /** What it names its patient by depends on a character set that neither it nor its source declares. */
    UNREADABLE_PATIENT_ID,
    /** It has no Study, Series or SOP Instance UID. */
    MISSING_UID,
    /** Its IssuerOfPatientID is not one that its source may name. */
    UNKNOWN_ISSUER,
    /** Its study was received under another patient. */
    OTHER_PATIENT,
    /** Its birth date or sex contradicts those of its study. */
    OTHER_DEMOGRAPHICS,
    /** Its series was received as part of another study. */
    OTHER_STUDY,
    /** An instance of the same UID with other bytes is there already, and stays. */
    OTHER_BYTES,
    /** It is a copy that the hub gave out with its patient in other words; the instance itself is here, and stays. */
    RETURNED,
    /** Its study was deleted or is entered in error; it is taken in once somebody has reinstated the study. */
    WITHDRAWN_STUDY
}
