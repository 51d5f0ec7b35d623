package org.countyhub.imaging.film;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.IntSupplier;

/**
 * How long is kept what is on record of links and of doctors: who looked at what for years, as long as the records of the examination are, and a link as
 * long as anything is on record of it. Sessions go a day after their end; until then whoever has one is told that it has ended.
 */
public final class FilmRetention {
    /** For so long a hospital in China keeps the records of outpatients (Implementing Rules on Medical Institutions, article 53). */
    public static final int DEFAULT_YEARS = 15;

    private static final Duration SESSIONS = Duration.ofDays(1);
    /** Rows in one transaction, which others hardly notice. */
    private static final int BATCH = 5_000;
    /** In one round; what is left goes in the next. */
    private static final int BATCHES = 200;

    private final FilmStore store;
    private final Readings readings;
    private final int years;
    private final Duration pause;

    /** What is on record of doctors who looked at images. */
    @FunctionalInterface
    public interface Readings {
        /** Removes the oldest of those that are older, at most so many; how many. */
        int remove(Instant before, int limit);
    }

    /**
     * A rule.
     *
     * @param years that views are kept, at least 1
     * @param pause between batches
     */
    public FilmRetention(FilmStore store, Readings readings, int years, Duration pause) {
        if (years < 1) {
            throw new IllegalArgumentException("views are kept for a year at least");
        }
        this.store = store;
        this.readings = readings;
        this.years = years;
        this.pause = pause;
    }

    /** Removes what is over at that time, in batches. */
    public void run(Instant now) throws InterruptedException {
        Instant oldest = now.atZone(ZoneOffset.UTC).minusYears(years).toInstant();
        all(() -> store.removeSessions(now.minus(SESSIONS), BATCH));
        all(() -> store.removeViews(oldest, BATCH));
        all(() -> store.removeLinks(oldest, BATCH));
        all(() -> readings.remove(oldest, BATCH));
    }

    private void all(IntSupplier batch) throws InterruptedException {
        for (int i = 0; i < BATCHES && batch.getAsInt() == BATCH; i++) {
            Thread.sleep(pause);
        }
    }
}
