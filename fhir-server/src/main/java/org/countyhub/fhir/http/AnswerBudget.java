package org.countyhub.fhir.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.countyhub.fhir.resource.AnswerRoom;
import org.countyhub.kernel.Problem;

/**
 * Bounds the memory that answers may take: each one, and all that are in work at the same time. An answer takes room as
 * it grows; one that finds none waits a moment and is then refused as busy.
 */
final class AnswerBudget {
    /** Small answers are not worth counting. */
    private static final int FREE_BYTES = 256 * 1024;

    /** What a byte of a body costs until it is sent: itself, its copy in the Bundle, and a copy while the Bundle grows. */
    private static final int COPIES = 3;

    private static final int UNIT_BYTES = 64 * 1024;
    /** Short, because whoever waits may hold a connection of the database. */
    private static final int WAIT_SECONDS = 2;

    private final int maxAnswerBytes;
    private final int units;
    private final Semaphore room;

    AnswerBudget(int maxAnswerBytes, long maxTotalBytes) {
        this.maxAnswerBytes = maxAnswerBytes;
        this.units = (int) Math.min(Integer.MAX_VALUE, Math.max(1, maxTotalBytes / UNIT_BYTES));
        this.room = new Semaphore(units, true);
    }

    /** The largest Bundle that a batch or transaction is answered with. */
    int maxAnswerBytes() {
        return maxAnswerBytes;
    }

    Lease open() {
        return new Lease();
    }

    /** The room of one answer; closing it gives the room back. */
    final class Lease implements AnswerRoom, AutoCloseable {
        private long used;
        private int held;

        private Lease() {}

        /** Half of what an answer may hold, so that a Bundle takes at least one page. */
        @Override
        public int pageBytes() {
            return maxAnswerBytes / 2;
        }

        @Override
        public void take(long bytes) {
            used += bytes * COPIES;
            if (used > FREE_BYTES + (long) held * UNIT_BYTES) {
                grow();
            }
        }

        /** How much is taken, to come back to with {@link #backTo}. */
        long used() {
            return used;
        }

        /** Gives back what was taken since, but for the bytes that stay. */
        void backTo(long usedBefore, long bytes) {
            used = Math.min(used, usedBefore + bytes * COPIES);
            int needed = units(used);
            if (needed < held) {
                room.release(held - needed);
                held = needed;
            }
        }

        private int units(long bytes) {
            return (int) Math.min(units, Math.max(0, Math.ceilDiv(bytes - FREE_BYTES, UNIT_BYTES)));
        }

        private void grow() {
            int needed = units(used);
            if (needed <= held) {
                return; // one that needs all there is has it
            }
            try {
                if (room.tryAcquire(needed - held, WAIT_SECONDS, TimeUnit.SECONDS)) {
                    held = needed;
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw Problem.busy("too many large answers at once", WAIT_SECONDS);
        }

        @Override
        public void close() {
            if (held > 0) {
                room.release(held);
                held = 0;
            }
        }
    }
}
