package org.countyhub.imaging.dicom;

import java.io.IOException;
import java.io.InputStream;

/** Numbers and bytes of a stream, in either byte order, with a count of those that have passed. */
final class ByteSource {
    private static final int BUFFER = 64 * 1024;

    boolean bigEndian;

    private final InputStream in;
    private final Place place;
    private final byte[] buffer;
    private int at;
    private int end;
    private long passed;

    ByteSource(InputStream in, Place place) {
        this(in, place, BUFFER);
    }

    /** A source of so few bytes that a whole buffer would cost more than reading them. */
    ByteSource(InputStream in, Place place, long bytes) {
        this.in = in;
        this.place = place;
        this.buffer = new byte[Math.clamp(bytes, 16, BUFFER)];
    }

    long position() {
        return passed + at;
    }

    boolean atEnd() throws IOException {
        return at == end && !fill(1);
    }

    /** Whether so many bytes are in the buffer now. */
    private boolean fill(int count) throws IOException {
        if (end - at >= count) {
            return true;
        }
        System.arraycopy(buffer, at, buffer, 0, end - at);
        passed += at;
        end -= at;
        at = 0;
        while (end < count) {
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    private void need(int count) throws IOException {
        if (!fill(count)) {
            throw truncated();
        }
    }

    private RuntimeException truncated() {
        return place.malformed("the data end here, at byte " + (passed + end) + ", before the value does");
    }

    int unsigned8() throws IOException {
        need(1);
        return buffer[at++] & 0xFF;
    }

    int unsigned16() throws IOException {
        need(2);
        int first = buffer[at] & 0xFF;
        int second = buffer[at + 1] & 0xFF;
        at += 2;
        return bigEndian ? first << 8 | second : second << 8 | first;
    }

    long unsigned32() throws IOException {
        int first = unsigned16();
        int second = unsigned16();
        return (bigEndian ? (long) first << 16 | second : (long) second << 16 | first) & 0xFFFFFFFFL;
    }

    int tag() throws IOException {
        int group = unsigned16();
        return group << 16 | unsigned16();
    }

    byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        int copied = 0;
        while (copied < count) {
            need(1);
            int some = Math.min(count - copied, end - at);
            System.arraycopy(buffer, at, bytes, copied, some);
            at += some;
            copied += some;
        }
        return bytes;
    }

    /** Passes over bytes; a file jumps, and whoever has to see every byte of a stream does not let it. */
    void skip(long count) throws IOException {
        long left = count - Math.min(count, end - at);
        at += (int) (count - left);
        while (left > 0) {
            long jumped = left > buffer.length ? in.skip(left) : 0;
            passed += jumped;
            left -= jumped;
            if (jumped == 0) {
                need(1);
                int some = (int) Math.min(left, end - at);
                at += some;
                left -= some;
            }
        }
    }
}
