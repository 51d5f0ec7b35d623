package org.countyhub.imaging.dicomweb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a multipart body apart while it comes in (RFC 2046 section 5.1.1): one buffer, never a part. What a boundary is has to stand on a
 * line of its own; the same bytes elsewhere are content.
 */
final class MultipartReader {
    private static final int BUFFER = 64 * 1024;
    private static final int MAX_PADDING = 32;
    private static final int MAX_PREAMBLE = 64 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_PARTS = 20_000;

    private final InputStream in;
    /** CRLF, two hyphens and the boundary. */
    private final byte[] delimiter;

    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private boolean ended;
    private long passed;
    private int parts;
    private boolean last;
    private @Nullable Body open;

    /** @param boundary 1 to 70 characters, as the Content-Type names it */
    MultipartReader(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // So that the first delimiter may be the first line.
        buffer[0] = '\r';
        buffer[1] = '\n';
        limit = 2;
        passed = -2;
    }

    /** Whether that can be a boundary (RFC 2046 section 5.1.1). */
    static boolean isBoundary(@Nullable String boundary) {
        return boundary != null && boundary.matches("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");
    }

    /** A part: its header fields by names in lower case, and its content. */
    record Part(int number, Map<String, String> headers, InputStream content) {}

    /** The next part; null behind the last. What is left of the one before is passed over. */
    @Nullable
    Part next() throws IOException {
        if (parts == 0) {
            skipPreamble();
        } else if (open != null) {
            open.transferTo(OutputStream.nullOutputStream());
        }
        open = null;
        if (last) {
            return null;
        }
        if (++parts > MAX_PARTS) {
            throw fault("at most " + MAX_PARTS + " parts are taken at once");
        }
        Map<String, String> headers = headers();
        open = new Body();
        return new Part(parts, headers, open);
    }

    private void skipPreamble() throws IOException {
        Body preamble = new Body();
        byte[] bytes = new byte[8 * 1024];
        int length = 0;
        for (int read; (read = preamble.read(bytes, 0, bytes.length)) >= 0; ) {
            length += read;
            if (length > MAX_PREAMBLE) {
                throw fault("no boundary was found in the first " + MAX_PREAMBLE + " bytes");
            }
        }
    }

    /** What is wrong, and where. */
    private MultipartFault fault(String why) {
        return new MultipartFault("part " + Math.max(parts, 1) + ", byte " + (passed + position), why);
    }

    /** Header fields up to the empty line, folded lines joined (RFC 5322 section 2.2.3). */
    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        String name = "";
        int left = MAX_HEADERS;
        while (true) {
            String line = line(left);
            left -= line.length() + 2;
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                headers.computeIfPresent(name, (ignored, value) -> value + " " + line.strip());
            } else if (colon > 0) {
                name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                headers.put(name, line.substring(colon + 1).strip());
            } else {
                throw fault("a header field has no colon");
            }
        }
    }

    private String line(int bound) throws IOException {
        StringBuilder line = new StringBuilder();
        while (fill(2)) {
            if (buffer[position] == '\r' && buffer[position + 1] == '\n') {
                position += 2;
                return line.toString();
            }
            if (line.length() >= bound) {
                throw fault("the header fields of a part may have " + MAX_HEADERS + " bytes");
            }
            line.append((char) (buffer[position++] & 0xFF));
        }
        throw fault("the body ends inside the header fields of a part");
    }

    /** Has so many bytes in the buffer; false where the body ends before. */
    private boolean fill(int wanted) throws IOException {
        if (limit - position >= wanted) {
            return true;
        }
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        passed += position;
        limit -= position;
        position = 0;
        while (limit < wanted && !ended) {
            int read = in.read(buffer, limit, buffer.length - limit);
            ended = read < 0;
            limit += Math.max(read, 0);
        }
        return limit >= wanted;
    }

    /**
     * The length of the delimiter that begins there, with its end of line; 0 where there is none. Enough bytes behind it must be in the buffer, or
     * all that there are.
     */
    private int delimiterAt(int from) {
        if (limit - from < delimiter.length + 2) {
            return 0;
        }
        for (int i = 0; i < delimiter.length; i++) {
            if (buffer[from + i] != delimiter[i]) {
                return 0;
            }
        }
        int end = from + delimiter.length;
        if (buffer[end] == '-' && buffer[end + 1] == '-') {
            return delimiter.length + 2;
        }
        int padding = 0;
        while (padding < MAX_PADDING && end + 2 < limit && (buffer[end] == ' ' || buffer[end] == '\t')) {
            end++;
            padding++;
        }
        return buffer[end] == '\r' && buffer[end + 1] == '\n' ? end + 2 - from : 0;
    }

    /** The content of one part. */
    private final class Body extends InputStream {
        /** Bytes from the position on that are known to be content. */
        private int clear;

        private boolean done;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (done || (clear == 0 && !look())) {
                return -1;
            }
            int read = Math.min(length, clear);
            System.arraycopy(buffer, position, bytes, from, read);
            position += read;
            clear -= read;
            return read;
        }

        /** Finds out how many bytes are content; false at the end of the part. */
        private boolean look() throws IOException {
            int ahead = delimiter.length + MAX_PADDING + 2;
            boolean more = fill(ahead + 1);
            int end = more ? limit - ahead : limit;
            for (int i = position; i < end; i++) {
                if (buffer[i] != '\r') {
                    continue;
                }
                int length = delimiterAt(i);
                if (length > 0) {
                    clear = i - position;
                    return clear > 0 || finish(length);
                }
            }
            if (!more) {
                position = limit;
                throw fault(parts == 0 ? "the body has no part" : "the body ends inside a part");
            }
            clear = end - position;
            return true;
        }

        private boolean finish(int length) {
            last = buffer[position + delimiter.length] == '-' && buffer[position + delimiter.length + 1] == '-';
            position += length;
            done = true;
            return false;
        }
    }
}
