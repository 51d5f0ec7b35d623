package org.countyhub.imaging.study;

import java.time.Instant;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;

/**
 * A study as the index has it.
 *
 * @param status whether it is to be looked at
 * @param version raised by whatever changes the study
 * @param attributes patient and study attributes, as the first instance had them
 * @param modalities of acquisition and of others, as its series have them, without repeats
 */
public record Study(
        String studyUid,
        PatientKey patient,
        Source source,
        Status status,
        int version,
        Instant firstReceived,
        Instant lastReceived,
        int instances,
        long bytes,
        Dataset attributes,
        List<String> modalities,
        List<Series> series) {
    /** Whether a study is to be looked at, in the words of FHIR's imagingstudy-status. */
    public enum Status {
        AVAILABLE,
        /** Somebody decided that the examination did not take place as a whole. */
        CANCELLED,
        /** Somebody decided that it should not be here, or it was deleted. */
        ENTERED_IN_ERROR
    }

    /**
     * A series.
     *
     * @param attributes series attributes, as the first instance had them
     * @param sopClasses of its instances: UID of class, and how many
     */
    public record Series(
            String seriesUid, String modality, int instances, Dataset attributes, List<SopClassCount> sopClasses) {}

    /** How many instances of a class a series has. */
    public record SopClassCount(String sopClassUid, int instances) {}
}
