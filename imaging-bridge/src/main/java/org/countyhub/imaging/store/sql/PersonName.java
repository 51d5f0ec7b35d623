package org.countyhub.imaging.store.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.sourceforge.pinyin4j.PinyinHelper;

/**
 * A person name as it is matched (PS3.5 section 6.2.1): its component groups in capital letters, without carets at the end.
 *
 * @param words the parts of all groups in small letters, apart by spaces; those of characters as pinyin too, each syllable by itself
 *     and all of them together
 */
public record PersonName(String alphabetic, String ideographic, String words) {
    /** The name of a value of PatientName. */
    public static PersonName of(String name) {
        String[] groups = name.split("=", 3);
        String alphabetic = folded(groups[0]);
        String ideographic = groups.length > 1 ? folded(groups[1]) : "";
        if (ideographic.isEmpty() && hasHan(alphabetic)) {
            ideographic = alphabetic;
        }
        List<String> words = new ArrayList<>();
        for (String group : groups) {
            words(group, words);
        }
        return new PersonName(alphabetic, ideographic, String.join(" ", words));
    }

    private static String folded(String group) {
        return group.replaceFirst("[\\^\\s]+$", "").toUpperCase(Locale.ROOT);
    }

    /** The words of a name or of what is asked for. */
    public static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        words(text, words);
        return words;
    }

    private static void words(String group, List<String> words) {
        for (String part : group.toLowerCase(Locale.ROOT).split("[\\^=,\\s*?]+", -1)) {
            if (!part.isEmpty()) {
                words.add(part);
                if (hasHan(part)) {
                    words.add(pinyin(part));
                }
            }
        }
    }

    private static boolean hasHan(String text) {
        return text.codePoints()
                .anyMatch(character -> Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN);
    }

    /** The first reading of each character, without tones. */
    private static String pinyin(String text) {
        StringBuilder sounds = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            String[] readings = PinyinHelper.toHanyuPinyinStringArray(character);
            sounds.append(
                    readings == null || readings.length == 0
                            ? String.valueOf(character)
                            : readings[0].replaceAll("[0-9]", "").replace("u:", "v"));
        }
        return sounds.toString();
    }
}
