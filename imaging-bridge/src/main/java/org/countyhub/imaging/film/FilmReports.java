package org.countyhub.imaging.film;

import java.util.List;

/** The reports of studies. Only what is signed and not withdrawn is ever given. */
public interface FilmReports {
    /** The reports of a study as they are now, newest first; Problem.Busy where they cannot be asked for. */
    List<FilmReport> of(String studyUid);

    /** A PDF document of a report of that study, counted from 0; Problem.NotFound where there is none any more. */
    byte[] document(String studyUid, String reportId, int number);
}
