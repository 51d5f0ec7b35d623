package org.countyhub.imaging.film;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signed report of a study, as it is shown.
 *
 * @param title what was examined
 * @param status of DiagnosticReport: final, amended, corrected or appended
 * @param issued null where it does not say
 * @param performers the names of who is responsible
 * @param findings paragraphs of text
 * @param conclusion empty where there is none
 * @param documents how many of its presented forms are PDF documents
 */
public record FilmReport(
        String id,
        String title,
        String status,
        @Nullable Instant issued,
        List<String> performers,
        List<String> findings,
        String conclusion,
        int documents) {
    public FilmReport {
        performers = List.copyOf(performers);
        findings = List.copyOf(findings);
    }
}
