package org.countyhub.fhir.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * Bounds the memory that request bodies may take: each one, and all that are in work at the same time. A body that finds
 * no room waits a moment and is then refused as busy; nothing of it was done.
 */
final class BodyBudget {
    /** Small bodies are not worth counting one by one. */
    private static final int FREE_BYTES = 64 * 1024;

    private static final int UNIT_BYTES = 1024;
    private static final int WAIT_SECONDS = 10;

    private final int maxBodyBytes;
    private final int units;
    private final Semaphore room;

    BodyBudget(int maxBodyBytes, int maxTotalBytes) {
        this.maxBodyBytes = maxBodyBytes;
        this.units = maxTotalBytes / UNIT_BYTES;
        this.room = new Semaphore(units, true);
    }

    /** A body in memory; closing it gives its room back. */
    final class Lease implements AutoCloseable {
        private final int held;
        private final byte[] bytes;

        private Lease(int held, byte[] bytes) {
            this.held = held;
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }

        @Override
        public void close() {
            room.release(held);
        }
    }

    /**
     * Reads a body whole.
     *
     * @param declaredBytes Content-Length, or -1 when unknown or when the stream is being decompressed
     */
    Lease read(InputStream in, long declaredBytes) throws IOException {
        if (declaredBytes > maxBodyBytes) {
            throw tooLarge();
        }
        int held = acquire(declaredBytes >= 0 ? (int) declaredBytes : FREE_BYTES + 1);
        try {
            return new Lease(held, readAll(in, declaredBytes));
        } catch (Throwable e) {
            room.release(held);
            throw e;
        }
    }

    /** Takes room for a body; of one whose size is unknown, room for the largest. */
    private int acquire(int bytes) {
        if (bytes <= FREE_BYTES) {
            return 0;
        }
        int wanted = Math.min(units, (bytes == FREE_BYTES + 1 ? maxBodyBytes : bytes) / UNIT_BYTES + 1);
        try {
            if (room.tryAcquire(wanted, WAIT_SECONDS, TimeUnit.SECONDS)) {
                return wanted;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Problem.busy("too many large requests at once", WAIT_SECONDS);
    }

    private byte[] readAll(InputStream in, long declaredBytes) throws IOException {
        if (declaredBytes >= 0) {
            return in.readNBytes((int) declaredBytes);
        }
        byte[] bytes = in.readNBytes(maxBodyBytes + 1);
        if (bytes.length > maxBodyBytes) {
            throw tooLarge();
        }
        return bytes;
    }

    private RuntimeException tooLarge() {
        return new Problem.TooLarge(List.of(
                        Fault.of("too-long", "a body may have at most " + maxBodyBytes / (1024 * 1024) + " MB")))
                .exception();
    }
}
