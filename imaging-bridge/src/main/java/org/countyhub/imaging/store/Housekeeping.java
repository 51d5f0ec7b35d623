package org.countyhub.imaging.store;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.countyhub.imaging.film.FilmRetention;
import org.countyhub.imaging.study.lifecycle.Completeness;
import org.countyhub.imaging.study.lifecycle.Retention;
import org.countyhub.imaging.study.lifecycle.StudyRemoval;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done beside the work: studies are completed every few seconds; orphans are swept once, and every hour bytes move and go. */
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration COMPLETE = Duration.ofSeconds(5);
    private static final Duration BYTES = Duration.ofHours(1);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Thread index;
    private final Thread bytes;

    private record Chore(String name, Work work) {}

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Begins now. */
    public Housekeeping(
            Completeness completeness,
            OrphanSweep sweep,
            Mover mover,
            Retention retention,
            StudyRemoval removal,
            FilmRetention films,
            Clock clock) {
        Instant started = clock.instant();
        List<Chore> often = List.of(new Chore("completing studies", () -> completeness.quiet(clock.instant())));
        List<Chore> once = List.of(new Chore("sweeping orphans", () -> sweep.run(started)));
        List<Chore> hourly = List.of(
                new Chore("deleting what is over", () -> retention.run(clock.instant())),
                new Chore("moving what is old", () -> mover.run(clock.instant())),
                new Chore("removing what is due", () -> removal.drain(clock.instant())),
                new Chore("forgetting what was looked at", () -> films.run(clock.instant())));
        index = start("study-completeness", () -> repeat(COMPLETE, often));
        bytes = start("study-bytes", () -> {
            all(once);
            repeat(BYTES, hourly);
        });
    }

    private static Thread start(String name, Work work) {
        return Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                LOG.debug("{} ends", name);
            } catch (IOException e) {
                throw new IllegalStateException("no chore fails aloud", e);
            }
        });
    }

    private static void repeat(Duration pause, List<Chore> chores) throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            all(chores);
            Thread.sleep(pause);
        }
    }

    /** A chore that fails is done again at its next time, and keeps no other from being done. */
    private static void all(List<Chore> chores) throws InterruptedException {
        for (Chore chore : chores) {
            try {
                chore.work().run();
            } catch (IOException | RuntimeException e) {
                LOG.error("{} failed and is tried again later", chore.name(), e);
            }
        }
    }

    /** Stops between two steps; what was begun goes on after the next start. */
    @Override
    public void close() {
        index.interrupt();
        bytes.interrupt();
        try {
            if (!index.join(STOP) || !bytes.join(STOP)) {
                LOG.warn("housekeeping is still at a step that takes long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
