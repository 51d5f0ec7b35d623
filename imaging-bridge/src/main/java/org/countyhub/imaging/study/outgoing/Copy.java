package org.countyhub.imaging.study.outgoing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;

/** Copies through one of a few buffers that are used again and again. */
final class Copy {
    private static final int BUFFER = 128 * 1024;
    private static final ArrayBlockingQueue<byte[]> BUFFERS = new ArrayBlockingQueue<>(64);

    private Copy() {}

    /** Exactly so many bytes. */
    static void exactly(InputStream in, OutputStream out, long length) throws IOException {
        byte[] pooled = BUFFERS.poll();
        byte[] buffer = pooled == null ? new byte[BUFFER] : pooled;
        try {
            for (long left = length; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException(left + " bytes of a blob are missing");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        } finally {
            BUFFERS.offer(buffer);
        }
    }
}
