package org.countyhub.bench.dicom;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bodies of multipart/related with binary parts (RFC 2387, PS3.18 section 8.6.1.2). */
public final class Multipart {
    public static final String CONTENT_TYPE =
            "multipart/related; type=\"application/dicom\"; boundary=" + "countyhub-instances";
    /** What stands before each instance of a body with that content type. */
    public static final byte[] PART = ascii("\r\n--countyhub-instances\r\nContent-Type: application/dicom\r\n\r\n");
    /** What stands behind the last one. */
    public static final byte[] END = ascii("\r\n--countyhub-instances--\r\n");

    private Multipart() {}

    /** Where the content of a part lies in a body. */
    public record Part(int from, int to) {
        public int length() {
            return to - from;
        }
    }

    /**
     * The parts of the first bytes of an array, whose boundary is read from its first line.
     *
     * @throws IllegalArgumentException when it is no multipart body, or one that is cut off
     */
    public static List<Part> parts(byte[] body, int length) {
        int start = length > 1 && body[0] == '\r' && body[1] == '\n' ? 2 : 0;
        int lineEnd = find(body, start, length, new byte[] {'\r', '\n'});
        if (lineEnd < 0 || lineEnd - start < 3 || body[start] != '-' || body[start + 1] != '-') {
            throw new IllegalArgumentException("no boundary at the beginning of a multipart body");
        }
        byte[] delimiter = new byte[2 + lineEnd - start];
        delimiter[0] = '\r';
        delimiter[1] = '\n';
        System.arraycopy(body, start, delimiter, 2, lineEnd - start);
        List<Part> parts = new ArrayList<>();
        int position = lineEnd;
        while (true) {
            int head = find(body, position, length, new byte[] {'\r', '\n', '\r', '\n'});
            int end = head < 0 ? -1 : find(body, contentEnd(body, position, head), length, delimiter);
            if (end < 0) {
                throw new IllegalArgumentException("a multipart body without its end");
            }
            parts.add(new Part(head + 4, end));
            position = end + delimiter.length;
            if (position + 1 < length && body[position] == '-' && body[position + 1] == '-') {
                return parts;
            }
        }
    }

    /** Where a part ends by its Content-Length, which spares looking through its content; else where it begins. */
    private static int contentEnd(byte[] body, int from, int head) {
        String fields = new String(body, from, head - from, StandardCharsets.ISO_8859_1);
        for (String field : fields.split("\r\n", -1)) {
            if (field.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                return head + 4 + Integer.parseInt(field.substring(15).strip());
            }
        }
        // Two back, because the delimiter of an empty part begins with the end of the head.
        return head + 2;
    }

    private static int find(byte[] in, int from, int to, byte[] what) {
        for (int i = from; i <= to - what.length; i++) {
            if (in[i] == what[0] && matches(in, i, what)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] in, int at, byte[] what) {
        for (int i = 1; i < what.length; i++) {
            if (in[at + i] != what[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
