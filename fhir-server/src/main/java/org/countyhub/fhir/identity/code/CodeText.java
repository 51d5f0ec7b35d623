package org.countyhub.fhir.identity.code;

import java.util.Locale;
import java.util.Set;

/** Numbers and names as people type them, brought to one form. */
public final class CodeText {
    private static final int FULL_WIDTH_FIRST = 0xFF01;
    private static final int FULL_WIDTH_LAST = 0xFF5E;
    private static final int FULL_WIDTH_OFFSET = 0xFF01 - '!';
    private static final int SAME_CHARACTERS = 4;

    private static final Set<String> WORDS_FOR_NONE = Set.of(
            "无", "无号", "没有", "暂无", "不详", "未知", "未提供", "空", "NULL", "NONE", "NIL", "NA", "N/A", "UNKNOWN", "UNDEFINED");

    private CodeText() {}

    /** The number as compared: without white space and invisible characters, full-width ones as ASCII, upper case. */
    public static String fold(String typed) {
        if (isFolded(typed)) {
            return typed; // most are, and this is asked of every number of every patient
        }
        StringBuilder folded = new StringBuilder(typed.length());
        halfWidth(typed).codePoints().filter(c -> !isBlank(c)).forEach(folded::appendCodePoint);
        return folded.toString().toUpperCase(Locale.ROOT);
    }

    private static boolean isFolded(String typed) {
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            if (c <= ' ' || c >= 0x7F || (c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        return true;
    }

    /** The text with the full-width forms of ASCII (U+FF01 to U+FF5E, U+3000) as ASCII; everything else as it stands. */
    public static String halfWidth(String typed) {
        StringBuilder half = null;
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            if (c == 0x3000 || (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST)) {
                half = half == null ? new StringBuilder(typed) : half;
                half.setCharAt(i, c == 0x3000 ? ' ' : (char) (c - FULL_WIDTH_OFFSET));
            }
        }
        return half == null ? typed : half.toString();
    }

    /** Whether the character is white space, or one that nobody sees, such as a byte order mark. */
    public static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.FORMAT;
    }

    /**
     * Whether a folded value only fills the field: no letter or digit, nothing but zeros, four or more times the same
     * character, or a word for none. Thousands of people share such a value.
     */
    static boolean standsForNone(String folded) {
        int first = -1;
        int length = 0;
        boolean same = true;
        for (int i = 0; i < folded.length(); i += Character.charCount(folded.codePointAt(i))) {
            int c = folded.codePointAt(i);
            if (Character.isLetterOrDigit(c)) {
                first = first < 0 ? c : first;
                same &= c == first;
                length += Character.charCount(c);
            }
        }
        return first < 0 || (same && (length >= SAME_CHARACTERS || first == '0')) || WORDS_FOR_NONE.contains(folded);
    }
}
