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
        StringBuilder folded = new StringBuilder(typed.length());
        halfWidth(typed).codePoints().filter(c -> !isBlank(c)).forEach(folded::appendCodePoint);
        return folded.toString().toUpperCase(Locale.ROOT);
    }

    /** The text with the full-width forms of ASCII (U+FF01 to U+FF5E, U+3000) as ASCII; everything else as it stands. */
    public static String halfWidth(String typed) {
        StringBuilder half = new StringBuilder(typed.length());
        typed.chars()
                .map(c -> c == 0x3000 ? ' ' : c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST ? c - FULL_WIDTH_OFFSET : c)
                .forEach(c -> half.append((char) c));
        return half.toString();
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
        String bare = folded.codePoints()
                .filter(Character::isLetterOrDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        long distinct = bare.codePoints().distinct().count();
        return distinct == 0
                || (distinct == 1 && (bare.length() >= SAME_CHARACTERS || bare.startsWith("0")))
                || WORDS_FOR_NONE.contains(folded);
    }
}
