package org.countyhub.fhir.http;

import com.google.common.primitives.Bytes;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
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
    /** Some of the largest Bundles, one after the other; until its turn comes, one that waits holds little. */
    private static final int WAIT_SECONDS = 30;

    private static final int RETRY_SECONDS = 10;
    private static final int GZIP_BUFFER_BYTES = 16 * 1024;

    private final int maxBodyBytes;
    private final int units;
    private final Semaphore room;
    private final Lease nothing = new Lease(0, new byte[0]);

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
            if (held > 0) {
                room.release(held);
            }
        }
    }

    /** The body of a request, whole and decompressed. */
    Lease read(HttpServletRequest http) throws IOException {
        // RFC 9112 section 6.3: with neither header there is no body.
        if (http.getContentLengthLong() < 0 && http.getHeader("Transfer-Encoding") == null) {
            return nothing;
        }
        InputStream in = plain(http);
        if (!(in instanceof GZIPInputStream)) {
            return read(in, http.getContentLengthLong());
        }
        try (in) {
            return read(in, -1);
        } catch (ZipException | EOFException e) {
            throw notGzip();
        }
    }

    /** The body of a request, decompressed as it is read. */
    static InputStream plain(HttpServletRequest http) throws IOException {
        String encoding = http.getHeader("Content-Encoding");
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return http.getInputStream();
        }
        if (!encoding.equalsIgnoreCase("gzip")) {
            throw new Problem.UnsupportedMedia(List.of(Fault.at(
                            "Content-Encoding", "not-supported", "bodies may be sent as they are or with gzip")))
                    .exception();
        }
        try {
            return new GZIPInputStream(http.getInputStream(), GZIP_BUFFER_BYTES);
        } catch (ZipException | EOFException e) {
            throw notGzip();
        }
    }

    static RuntimeException notGzip() {
        return Problem.malformed(Fault.at("Content-Encoding", "value", "the body is not gzip"));
    }

    /** @param declaredBytes how long the body is, or -1 when nobody knows */
    private Lease read(InputStream in, long declaredBytes) throws IOException {
        if (declaredBytes > maxBodyBytes) {
            throw tooLarge();
        }
        byte[] start = in.readNBytes(declaredBytes < 0 ? FREE_BYTES : (int) Math.min(declaredBytes, FREE_BYTES));
        if (start.length < FREE_BYTES || start.length == declaredBytes) {
            return new Lease(0, start);
        }
        // Of one whose size is unknown, room for the largest.
        int held = acquire(declaredBytes < 0 ? maxBodyBytes : (int) declaredBytes);
        try {
            byte[] whole = declaredBytes < 0
                    ? Bytes.concat(start, in.readNBytes(maxBodyBytes + 1 - start.length))
                    : fill(Arrays.copyOf(start, (int) declaredBytes), start.length, in);
            if (whole.length > maxBodyBytes) {
                throw tooLarge();
            }
            return new Lease(held, whole);
        } catch (Throwable e) {
            room.release(held);
            throw e;
        }
    }

    private static byte[] fill(byte[] body, int from, InputStream in) throws IOException {
        int got = in.readNBytes(body, from, body.length - from);
        return from + got == body.length ? body : Arrays.copyOf(body, from + got);
    }

    private int acquire(int bytes) {
        int wanted = Math.min(units, Math.ceilDiv(bytes, UNIT_BYTES));
        try {
            if (room.tryAcquire(wanted, WAIT_SECONDS, TimeUnit.SECONDS)) {
                return wanted;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Problem.busy("too many large requests at once", RETRY_SECONDS);
    }

    private RuntimeException tooLarge() {
        return new Problem.TooLarge(List.of(
                        Fault.of("too-long", "a body may have at most " + maxBodyBytes / (1024 * 1024) + " MB")))
                .exception();
    }
}
