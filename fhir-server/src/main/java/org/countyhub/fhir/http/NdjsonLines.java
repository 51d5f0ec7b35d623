package org.countyhub.fhir.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a body of newline-delimited JSON, one at a time. Lines of nothing but white space are passed over. */
final class NdjsonLines {
    private final InputStream in;
    private final int maxLineBytes;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;
    private int number;

    /** @param maxLineBytes what is kept of a line; of a longer one nothing is */
    NdjsonLines(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * A line.
     *
     * @param number from 1, lines that were passed over included
     * @param json without the newline; null when it is too long
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Line(int number, byte @Nullable [] json) {
        int length() {
            return json == null ? 0 : json.length;
        }
    }

    /** The next line; null at the end of the body. */
    @Nullable
    Line next() throws IOException {
        while (fill()) {
            number++;
            byte[] line = line();
            if (line == null || !isBlank(line)) {
                return new Line(number, line);
            }
        }
        return null;
    }

    private boolean fill() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
        }
        return at < end;
    }

    private byte @Nullable [] line() throws IOException {
        byte[] line = new byte[0];
        boolean tooLong = false;
        while (fill()) {
            int newline = at;
            while (newline < end && buffer[newline] != '\n') {
                newline++;
            }
            tooLong |= line.length + newline - at > maxLineBytes;
            if (!tooLong) {
                int before = line.length;
                line = Arrays.copyOf(line, before + newline - at);
                System.arraycopy(buffer, at, line, before, newline - at);
            }
            boolean ended = newline < end;
            at = ended ? newline + 1 : newline;
            if (ended) {
                break;
            }
        }
        return tooLong ? null : line;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
