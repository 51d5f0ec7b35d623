package org.countyhub.fhir.identity.match.names;

import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Spellings that mean the same made one: traditional and variant characters become simplified ones (Unicode's Hant-Hans),
 * full width becomes half width (NFKC), capitals become small letters, accents and apostrophes go, every raised dot becomes
 * “·”, and every other character that is no letter or digit becomes a single space.
 */
public final class Folding {
    static final char DOT = '·';

    private static final char FIRST_HAN = 0x3400;
    private static final char LAST_HAN = 0x9FFF;
    private static final char[] SIMPLIFIED = simplified();

    private Folding() {}

    /** Whether it is a Chinese character of the basic plane. */
    static boolean isHan(char c) {
        return c >= FIRST_HAN && c <= LAST_HAN;
    }

    /** The folded form; a text of Chinese characters has no spaces in it. */
    public static String fold(String text) {
        String plain = isPlain(text) ? text : unaccented(text);
        StringBuilder folded = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (isHan(c)) {
                dropSpaceBetweenHan(folded);
                folded.append(SIMPLIFIED[c - FIRST_HAN]);
            } else if (isDot(c) && isBetweenHan(plain, i)) {
                dropSpaceBetweenHan(folded);
                folded.append(DOT);
            } else if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
                folded.append(c);
            } else if (c != '\'' && c != '’' && !endsWith(folded, ' ') && !endsWith(folded, DOT)) {
                folded.append(' ');
            }
        }
        return folded.toString().strip();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isHan(c) && c != ' ' && (c < '0' || c > '9') && (c < 'a' || c > 'z')) {
                return false;
            }
        }
        return true;
    }

    private static String unaccented(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder kept = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); i++) {
            char c = apart.charAt(i);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                kept.append(c);
            }
        }
        return kept.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isDot(char c) {
        return switch (c) {
            case DOT, '•', '‧', '・', '∙', '⋅', '.', '●', '﹒' -> true;
            default -> false;
        };
    }

    private static boolean isBetweenHan(String text, int dot) {
        int before = dot - 1;
        while (before >= 0 && text.charAt(before) == ' ') {
            before--;
        }
        int after = dot + 1;
        while (after < text.length() && text.charAt(after) == ' ') {
            after++;
        }
        return before >= 0 && after < text.length() && isHan(text.charAt(before)) && isHan(text.charAt(after));
    }

    private static void dropSpaceBetweenHan(StringBuilder folded) {
        int length = folded.length();
        if (length > 1 && folded.charAt(length - 1) == ' ' && isHan(folded.charAt(length - 2))) {
            folded.setLength(length - 1);
        }
    }

    private static boolean endsWith(StringBuilder text, char c) {
        return text.length() > 0 && text.charAt(text.length() - 1) == c;
    }

    /** Character by character, so that no neighbour changes what a character of a name becomes. */
    private static char[] simplified() {
        Transliterator simplifier = Transliterator.getInstance("Hant-Hans");
        char[] table = new char[LAST_HAN - FIRST_HAN + 1];
        for (int i = 0; i < table.length; i++) {
            String one = simplifier.transliterate(String.valueOf((char) (FIRST_HAN + i)));
            table[i] = one.length() == 1 ? one.charAt(0) : (char) (FIRST_HAN + i);
        }
        return table;
    }
}
