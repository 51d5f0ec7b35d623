package org.countyhub.fhir;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does a work every night at the same time of the clock on the wall. */
final class Nightly implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Nightly.class);

    private final LocalTime at;
    private final ZoneId zone;
    private final Clock clock;
    private final Runnable work;
    private final Thread thread;

    private Nightly(LocalTime at, ZoneId zone, Clock clock, Runnable work) {
        this.at = at;
        this.zone = zone;
        this.clock = clock;
        this.work = work;
        this.thread = Thread.ofPlatform().daemon().name("nightly").unstarted(this::run);
    }

    static Nightly start(LocalTime at, ZoneId zone, Clock clock, Runnable work) {
        Nightly nightly = new Nightly(at, zone, clock, work);
        nightly.thread.start();
        return nightly;
    }

    /** The next time after {@code now}; in a night whose clock leaves the time out, as much later. */
    static ZonedDateTime next(ZonedDateTime now, LocalTime at) {
        ZonedDateTime today = now.toLocalDate().atTime(at).atZone(now.getZone());
        return today.isAfter(now)
                ? today
                : now.toLocalDate().plusDays(1).atTime(at).atZone(now.getZone());
    }

    private void run() {
        try {
            while (true) {
                ZonedDateTime now = clock.instant().atZone(zone);
                ZonedDateTime next = next(now, at);
                // Looks again after a while, since a clock may be set.
                while (now.isBefore(next)) {
                    Duration wait = Duration.between(now, next);
                    Thread.sleep(wait.compareTo(Duration.ofMinutes(10)) > 0 ? Duration.ofMinutes(10) : wait);
                    now = clock.instant().atZone(zone);
                }
                attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() {
        try {
            work.run();
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("the work of this night was broken off; the next night goes on", e);
        }
    }

    /** Interrupts what is being done. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
