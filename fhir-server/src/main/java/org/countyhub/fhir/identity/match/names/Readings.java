package org.countyhub.fhir.identity.match.names;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import net.sourceforge.pinyin4j.PinyinHelper;
import org.jspecify.annotations.Nullable;

/** Pinyin without tones of the characters of the basic plane, with all readings of each. */
final class Readings {
    private static final char FIRST = 0x4E00;
    private static final char LAST = 0x9FA5;

    /** Surnames that are not read as the character mostly is. */
    private static final Map<Character, String> OF_SURNAMES = Map.ofEntries(
            Map.entry('单', "shan"),
            Map.entry('曾', "zeng"),
            Map.entry('仇', "qiu"),
            Map.entry('解', "xie"),
            Map.entry('查', "zha"),
            Map.entry('朴', "piao"),
            Map.entry('翟', "zhai"),
            Map.entry('盖', "ge"),
            Map.entry('任', "ren"),
            Map.entry('区', "ou"),
            Map.entry('召', "shao"),
            Map.entry('乐', "yue"),
            Map.entry('种', "chong"),
            Map.entry('缪', "miao"),
            Map.entry('覃', "qin"),
            Map.entry('员', "yun"),
            Map.entry('秘', "bi"),
            Map.entry('折', "she"),
            Map.entry('冼', "xian"),
            Map.entry('洗', "xian"),
            Map.entry('宓', "mi"),
            Map.entry('尉', "wei"),
            Map.entry('燕', "yan"),
            Map.entry('谌', "chen"),
            Map.entry('隗', "kui"),
            Map.entry('藏', "zang"),
            Map.entry('重', "chong"),
            Map.entry('黑', "he"),
            Map.entry('逄', "pang"));

    private static final String[][] TABLE = table();

    private Readings() {}

    /** Whether the two can be read the same, apart from the tone. */
    static boolean alike(char a, char b) {
        String[] first = of(a);
        String[] second = of(b);
        for (String x : first) {
            for (String y : second) {
                if (x.equals(y)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The reading in a given name; the character itself where none is known. */
    static String first(char c) {
        String[] readings = of(c);
        return readings.length == 0 ? String.valueOf(c) : readings[0];
    }

    /** The reading as a surname. */
    static String ofSurname(char c) {
        @Nullable String special = OF_SURNAMES.get(c);
        return special == null ? first(c) : special;
    }

    private static String[] of(char c) {
        return c >= FIRST && c <= LAST ? TABLE[c - FIRST] : new String[0];
    }

    private static String[][] table() {
        String[][] table = new String[LAST - FIRST + 1][];
        Map<String, String> shared = new HashMap<>();
        for (int i = 0; i < table.length; i++) {
            String @Nullable [] toned = PinyinHelper.toHanyuPinyinStringArray((char) (FIRST + i));
            Set<String> readings = new LinkedHashSet<>();
            for (String reading : toned == null ? new String[0] : toned) {
                readings.add(reading.replaceAll("[0-9]", "").replace("u:", "v"));
            }
            table[i] = readings.stream()
                    .map(reading -> shared.computeIfAbsent(reading, same -> same))
                    .toArray(String[]::new);
        }
        for (Map.Entry<Character, String> surname : OF_SURNAMES.entrySet()) {
            String[] known = table[surname.getKey() - FIRST];
            if (Arrays.stream(known).noneMatch(surname.getValue()::equals)) {
                String[] more = Arrays.copyOf(known, known.length + 1);
                more[known.length] = surname.getValue();
                table[surname.getKey() - FIRST] = more;
            }
        }
        return table;
    }
}
