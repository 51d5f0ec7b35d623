package org.countyhub.fhir.store;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * How many search rows may be in memory: a row takes several hundred bytes until it is sent, and a body of 10 MB can say a million
 * things to search for. A write of more than {@value #FEW} rows waits until it is the only one, and has room for as many as fit
 * into two fifths of the heap; more are refused. Whoever waits holds all locks that it needs, so that nobody waits for each other.
 */
final class IndexRoom {
    static final int FEW = 20_000;

    /** Measured: the row, its place in the sets and batches, and its text on the way to the database. */
    private static final int BYTES_OF_A_ROW = 560;

    private static final int WAIT_SECONDS = 30;
    private static final int RETRY_SECONDS = 10;

    private final long most;
    private final Semaphore many = new Semaphore(1, true);

    IndexRoom() {
        this(Runtime.getRuntime().maxMemory() * 2 / 5 / BYTES_OF_A_ROW);
    }

    /** @param most rows of one write */
    IndexRoom(long most) {
        this.most = most;
    }

    /** Room for one write. */
    Rows open() {
        return new Rows();
    }

    /** Counts the rows of one write; closing it makes room for the next. */
    final class Rows implements AutoCloseable {
        private long count;
        private boolean alone;

        /** One more row. */
        void add() {
            count++;
            if (count > most) {
                throw new Problem.TooLarge(List.of(Fault.of(
                                "too-costly",
                                "more than " + most + " values to search for at once; send them in several requests")))
                        .exception();
            }
            if (count > FEW && !alone) {
                alone = isAlone();
                if (!alone) {
                    throw Problem.busy("too many large requests at once", RETRY_SECONDS);
                }
            }
        }

        private boolean isAlone() {
            try {
                return many.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void close() {
            if (alone) {
                many.release();
            }
        }
    }
}
