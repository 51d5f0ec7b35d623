package org.countyhub.imaging.dicom.net;

/** Decides who may open an association. */
@FunctionalInterface
public interface Gate {
    Decision decide(Caller caller);

    /** What was decided. */
    sealed interface Decision {}

    /** Let in, with no more than so many associations at once under this AE title. */
    record Admitted(int maxAssociations) implements Decision {}

    /** Rejected as a calling AE title that is not recognized (PS3.8 section 9.3.4); why is for the log only. */
    record Refused(String why) implements Decision {}
}
