package org.countyhub.fhir.disclosure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.countyhub.fhir.disclosure.DisclosureStore.Kept;
import org.countyhub.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of who was answered about whom. Answers do not wait for it: lines are collected and written in batches. When
 * they come faster than they can be written, or cannot be written at all, answers do wait, and are refused at last: nobody
 * is answered whose answer is not kept.
 */
public final class DisclosureLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DisclosureLog.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_TRIES = Duration.ofSeconds(20);
    private static final Duration DAY = Duration.ofDays(1);

    /**
     * How much may wait for how long.
     *
     * @param queued lines that may wait to be written
     * @param batch lines that are written together, and as soon as there are as many
     * @param interval after which fewer are written as well: what a crash can lose
     * @param patience how long an answer waits for a place in the queue before it is refused
     * @param months how long lines are kept
     */
    public record Bounds(int queued, int batch, Duration interval, Duration patience, int months) {
        public static final Bounds DEFAULT =
                new Bounds(10_000, 1_000, Duration.ofMillis(200), Duration.ofSeconds(10), 36);

        public Bounds keeping(int otherMonths) {
            return new Bounds(queued, batch, interval, patience, otherMonths);
        }
    }

    private final DisclosureStore store;
    private final Clock clock;
    private final Bounds bounds;
    private final BlockingQueue<Kept> queue;
    /** Guards {@link #batch}, and keeps the order of the lines. */
    private final ReentrantLock writing = new ReentrantLock();

    private final List<Kept> batch = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;
    private boolean failing;

    private DisclosureLog(DisclosureStore store, Clock clock, Bounds bounds) {
        this.store = store;
        this.clock = clock;
        this.bounds = bounds;
        this.queue = new ArrayBlockingQueue<>(bounds.queued());
        this.thread = Thread.ofPlatform().daemon().name("disclosures").unstarted(this::run);
    }

    /** Writes until closed. */
    public static DisclosureLog start(DisclosureStore store, Clock clock, Bounds bounds) {
        DisclosureLog log = new DisclosureLog(store, clock, bounds);
        log.thread.start();
        return log;
    }

    /**
     * Takes what an answer discloses, before it is sent.
     *
     * @param address where the request came from, a literal of IPv4 or IPv6
     * @throws org.countyhub.kernel.ProblemException {@code Busy} when there is no place for it
     */
    public void add(Requester by, String address, Collection<Disclosure> disclosures) {
        Instant at = clock.instant();
        for (Disclosure disclosure : disclosures) {
            put(new Kept(at, by, address, disclosure));
        }
        if (queue.size() >= bounds.batch()) {
            LockSupport.unpark(thread);
        }
    }

    private void put(Kept line) {
        if (!closed && queue.offer(line)) {
            return;
        }
        LockSupport.unpark(thread);
        try {
            if (!closed && queue.offer(line, bounds.patience().toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Problem.busy("it cannot be written down at the moment who is answered", 2);
    }

    /** Returns when everything is written that was added before. Not to be called inside a transaction. */
    public void flush() {
        writing.lock();
        try {
            int left = batch.size() + queue.size();
            while (left > 0) {
                if (batch.isEmpty()) {
                    queue.drainTo(batch, bounds.batch());
                }
                if (!batch.isEmpty()) {
                    store.keep(List.copyOf(batch));
                }
                left -= batch.size();
                batch.clear();
            }
        } finally {
            writing.unlock();
        }
    }

    /** The time by which lines are dated. */
    public Instant now() {
        return clock.instant();
    }

    /** What is kept of wrongly joined patients; see {@link DisclosureStore#receivers}. */
    public List<Receiver> receivers(WrongPerson wrong) {
        return store.receivers(wrong);
    }

    private void run() {
        Instant tending = clock.instant();
        while (!closed) {
            LockSupport.parkNanos((failing ? RETRY : bounds.interval()).toNanos());
            attempt();
            if (!clock.instant().isBefore(tending)) {
                tending = clock.instant().plus(DAY);
                // Beside the lines, which must not wait for it.
                Thread.ofPlatform().daemon().name("old-disclosures").start(this::tend);
            }
        }
        long end = System.nanoTime() + LAST_TRIES.toNanos();
        while (!attempt() && System.nanoTime() < end) {
            LockSupport.parkNanos(RETRY.toNanos());
        }
        int lost = batch.size() + queue.size();
        if (lost > 0) {
            LOG.error("{} answers of which the record of disclosures does not know", lost);
        }
    }

    private boolean attempt() {
        try {
            flush();
            failing = false;
            return true;
        } catch (RuntimeException | OutOfMemoryError e) {
            if (!failing) {
                LOG.warn("disclosures cannot be written, and are tried again until they are", e);
            }
            failing = true;
            return false;
        }
    }

    private void tend() {
        Instant now = clock.instant();
        try {
            store.tend(
                    now,
                    now.atOffset(ZoneOffset.UTC).minusMonths(bounds.months()).toInstant());
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.warn("old disclosures are left as they are until tomorrow", e);
            }
        }
    }

    /** Writes what is left. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
