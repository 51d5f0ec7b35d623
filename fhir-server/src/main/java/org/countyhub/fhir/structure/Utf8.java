package org.countyhub.fhir.structure;

/**
 * Whether bytes are UTF-8 (RFC 3629 section 4: no overlong forms, no surrogates, nothing above U+10FFFF) without NUL.
 * The JSON reader decodes overlong forms and surrogates without complaint, and takes a NUL as a sign of UTF-16.
 */
final class Utf8 {
    private Utf8() {}

    /** The offset of the first byte that does not belong, or -1 when all is well. */
    static int firstInvalid(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            if (bytes[at] > 0) {
                at++;
                continue;
            }
            int size = sequence(bytes, at, end);
            if (size == 0) {
                return at;
            }
            at += size;
        }
        return -1;
    }

    /** The length of the multi-byte sequence at a place, or 0 when it is not one. */
    private static int sequence(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return continues(bytes, at + 1, 1, end) ? 2 : 0;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            return continues(bytes, at + 1, 2, end) && threeBytes(lead, bytes[at + 1] & 0xFF) ? 3 : 0;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            return continues(bytes, at + 1, 3, end) && fourBytes(lead, bytes[at + 1] & 0xFF) ? 4 : 0;
        }
        return 0;
    }

    private static boolean continues(byte[] bytes, int from, int count, int end) {
        if (from + count > end) {
            return false;
        }
        for (int at = from; at < from + count; at++) {
            if ((bytes[at] & 0xC0) != 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean threeBytes(int lead, int second) {
        boolean overlong = lead == 0xE0 && second < 0xA0;
        boolean surrogate = lead == 0xED && second > 0x9F;
        return !overlong && !surrogate;
    }

    private static boolean fourBytes(int lead, int second) {
        boolean overlong = lead == 0xF0 && second < 0x90;
        boolean aboveUnicode = lead == 0xF4 && second > 0x8F;
        return !overlong && !aboveUnicode;
    }
}
