package org.countyhub.fhir.identity.match.names;

import java.util.Arrays;
import java.util.Set;
import org.countyhub.fhir.identity.PersonName;

/**
 * A name folded and with its sound.
 *
 * @param family folded; of a Chinese name that the source does not split, its first character or two
 * @param given folded
 * @param whole all characters without spaces; of a name in letters, given names first
 * @param han whether it is written in Chinese characters
 * @param familySound pinyin of the surname, or its letters
 * @param sound pinyin, or letters, of the words in alphabetical order, so that the order of surname and given name is no
 *     matter
 */
public record ComparableName(
        String family, String given, String whole, boolean han, String familySound, String givenSound, String sound) {
    private static final Set<String> COMPOUND_SURNAMES = Set.of(
            "欧阳", "上官", "司马", "诸葛", "司徒", "皇甫", "尉迟", "公孙", "长孙", "慕容", "宇文", "东方", "夏侯", "令狐", "端木", "轩辕", "独孤", "南宫",
            "西门", "申屠", "太史", "澹台", "呼延", "钟离", "闾丘", "鲜于", "赫连", "万俟", "闻人");

    public static ComparableName of(PersonName name) {
        String family = Folding.fold(name.family());
        String given = Folding.fold(name.given());
        boolean han = isHan(family.isEmpty() ? given : family);
        if (family.isEmpty()) {
            int split = han ? surnameLength(given) : given.lastIndexOf(' ') + 1;
            family = han ? given.substring(0, split) : given.substring(split);
            given = han ? given.substring(split) : given.substring(0, Math.max(0, split - 1));
            if (!han && given.isEmpty()) {
                given = family;
                family = "";
            }
        }
        return han ? chinese(family, given) : letters(family, given);
    }

    public boolean isEmpty() {
        return whole.isEmpty();
    }

    /** Whether it is of parts with “·”, which is written of several peoples of China and of foreigners. */
    boolean isDotted() {
        return han && given.indexOf(Folding.DOT) >= 0;
    }

    private static boolean isHan(String text) {
        return !text.isEmpty() && Folding.isHan(text.charAt(0));
    }

    private static int surnameLength(String text) {
        if (text.indexOf(Folding.DOT) >= 0 || text.length() < 2 || text.length() > 4) {
            return 0;
        }
        return text.length() > 2 && COMPOUND_SURNAMES.contains(text.substring(0, 2)) ? 2 : 1;
    }

    private static ComparableName chinese(String family, String given) {
        String familySound = sound(family, true);
        String givenSound = sound(given, false);
        return new ComparableName(
                family, given, family + given, true, familySound, givenSound, sorted(familySound, givenSound));
    }

    private static String sound(String characters, boolean surname) {
        StringBuilder sound = new StringBuilder();
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            if (c != Folding.DOT && c != ' ') {
                sound.append(surname && characters.length() == 1 ? Readings.ofSurname(c) : Readings.first(c));
            }
        }
        return sound.toString();
    }

    private static ComparableName letters(String family, String given) {
        String familyLetters = family.replace(" ", "");
        String givenLetters = given.replace(" ", "");
        return new ComparableName(
                family,
                given,
                givenLetters + familyLetters,
                false,
                familyLetters,
                givenLetters,
                sorted(familyLetters, givenLetters));
    }

    private static String sorted(String... parts) {
        Arrays.sort(parts);
        return String.join("", parts);
    }
}
