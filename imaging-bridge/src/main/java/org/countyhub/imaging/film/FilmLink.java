package org.countyhub.imaging.film;

import java.time.Instant;
import java.util.Optional;

/**
 * A link to a study, without its secret.
 *
 * @param id names it; opens nothing
 * @param watermark text that is drawn over its images; empty for none
 * @param failures wrong second factors since the last right one
 * @param createdBy who had it made
 */
public record FilmLink(
        String id,
        FilmScope scope,
        FactorKind factor,
        int failures,
        String watermark,
        Instant created,
        String createdBy,
        Instant expires,
        Optional<Revocation> revoked) {
    /** As many wrong second factors lock a link. */
    public static final int MAX_FAILURES = 5;

    /** When it was ended, and by whom. */
    public record Revocation(Instant at, String by) {}

    public boolean isLocked() {
        return failures >= MAX_FAILURES;
    }

    /** Whether it is over: revoked, or at or after its end. */
    public boolean hasEnded(Instant now) {
        return revoked.isPresent() || !now.isBefore(expires);
    }
}
