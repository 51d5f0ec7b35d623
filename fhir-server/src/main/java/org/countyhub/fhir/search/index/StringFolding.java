package org.countyhub.fhir.search.index;

import java.text.Normalizer;

/**
 * The form in which strings are compared (FHIR R4 section 3.1.1.4.8): without case, accents, width and other
 * compatibility forms, punctuation and insignificant white space. Apostrophes and dots vanish ({@code O'Brien} is
 * {@code OBrien}), other punctuation separates words. Han characters stay as they are, and white space between two of
 * them vanishes: {@code 张　三} is {@code 张三}. Folding twice changes nothing more.
 */
public final class StringFolding {
    /** Apostrophes, full stops and the middle dots of names such as 买买提·吐尔逊, whichever a keyboard gives. */
    private static final String JOINING = "'’‘ʼ`′.·•・‧∙⋅";

    private StringFolding() {}

    /** The folded form; empty when the text is nothing but punctuation and white space. */
    public static String fold(String text) {
        // The acute accent would decompose to a space; people type it as an apostrophe.
        String decomposed = Normalizer.normalize(text.replace('´', '\''), Normalizer.Form.NFKD);
        StringBuilder folded = new StringBuilder(decomposed.length());
        boolean separated = false;
        for (int i = 0; i < decomposed.length(); ) {
            int c = decomposed.codePointAt(i);
            i += Character.charCount(c);
            if (vanishes(c)) {
                continue;
            }
            if (separates(c)) {
                separated = true;
                continue;
            }
            if (separated && !folded.isEmpty() && !betweenHan(folded, c)) {
                folded.append(' ');
            }
            separated = false;
            append(c, folded);
        }
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    private static boolean vanishes(int c) {
        return isAccent(c) || JOINING.indexOf(c) >= 0 || Character.getType(c) == Character.FORMAT;
    }

    /** Accents of alphabets; the marks that make a different kana or Thai vowel stay. */
    private static boolean isAccent(int c) {
        return (c >= 0x0300 && c <= 0x036F)
                || (c >= 0x1AB0 && c <= 0x1AFF)
                || (c >= 0x1DC0 && c <= 0x1DFF)
                || (c >= 0x20D0 && c <= 0x20FF)
                || (c >= 0xFE20 && c <= 0xFE2F);
    }

    private static boolean separates(int c) {
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    private static boolean betweenHan(StringBuilder before, int after) {
        return Character.isIdeographic(after) && Character.isIdeographic(before.codePointBefore(before.length()));
    }

    /** Case by way of the upper case, which folds ς and σ alike; and letters whose accent is part of them. */
    private static void append(int c, StringBuilder folded) {
        switch (c) {
            case 'ß', 'ẞ' -> folded.append("ss");
            case 'æ', 'Æ' -> folded.append("ae");
            case 'œ', 'Œ' -> folded.append("oe");
            case 'ø', 'Ø' -> folded.append('o');
            case 'ł', 'Ł' -> folded.append('l');
            case 'đ', 'Đ' -> folded.append('d');
            default -> folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(c)));
        }
    }
}
