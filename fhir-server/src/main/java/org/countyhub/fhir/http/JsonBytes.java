package org.countyhub.fhir.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Composes JSON around resources that are JSON already, so that stored bytes reach the client without being parsed.
 */
final class JsonBytes {
    private byte[] bytes;
    private int size;

    JsonBytes(int expectedSize) {
        this.bytes = new byte[expectedSize];
    }

    /** Text that is JSON as it stands, ASCII only. */
    JsonBytes raw(String ascii) {
        ensure(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[size++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    /** A value that is JSON as it stands. */
    JsonBytes raw(byte[] json) {
        ensure(json.length);
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
        return this;
    }

    /** A string, quoted and escaped. */
    JsonBytes string(String text) {
        ensure(2);
        bytes[size++] = '"';
        byte[] quoted = isPlain(text)
                ? text.getBytes(StandardCharsets.US_ASCII)
                : JsonStringEncoder.getInstance().quoteAsUTF8(text);
        raw(quoted);
        ensure(1);
        bytes[size++] = '"';
        return this;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c > 0x7E || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    int size() {
        return size;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
