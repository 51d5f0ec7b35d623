package org.countyhub.imaging.remote;

import java.time.Duration;
import java.util.function.Supplier;
import org.countyhub.kernel.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again in a thread of its own, whatever happens, until it is closed. */
final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Supplier<Duration> round;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * A loop that is not running yet.
     *
     * @param round one turn; gives how long to wait before the next
     */
    Loop(String name, Supplier<Duration> round) {
        this.round = round;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        Duration failing = Duration.ZERO;
        while (!closed) {
            Duration pause;
            try {
                pause = round.get();
                failing = Duration.ZERO;
            } catch (RuntimeException | Error e) {
                failing = min(max(failing.multipliedBy(2), SHORTEST), LONGEST);
                pause = failing;
                if (!closed) {
                    LOG.warn("{}: {}; again in {} s", thread.getName(), describe(e), pause.toSeconds());
                }
            }
            sleep(pause);
        }
    }

    /** What happened, without the words of an unknown exception, in which a patient could stand. */
    static String describe(Throwable thrown) {
        if (thrown instanceof ProblemException) {
            return String.valueOf(thrown.getMessage());
        }
        StackTraceElement[] trace = thrown.getStackTrace();
        return thrown.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private void sleep(Duration pause) {
        try {
            Thread.sleep(closed ? Duration.ZERO : pause);
        } catch (InterruptedException e) {
            // only close() interrupts, and the loop looks at what it has set
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Ends the loop; what it is doing is broken off. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
