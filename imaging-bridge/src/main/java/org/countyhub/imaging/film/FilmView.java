package org.countyhub.imaging.film;

import java.time.Instant;

/**
 * Something that was looked at by a link.
 *
 * @param address of who looked, as the gateway tells it
 * @param seriesUid empty where it is not about a series
 */
public record FilmView(
        long id, Instant at, String address, String userAgent, What what, String studyUid, String seriesUid) {
    /** What was looked at. */
    public enum What {
        PAGE,
        SERIES,
        REPORT,
        /** DICOM files were taken. */
        ORIGINALS,
        /** Somebody asks the hospital for DICOM files. */
        ORIGINALS_ASKED
    }
}
