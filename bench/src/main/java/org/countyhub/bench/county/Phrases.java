package org.countyhub.bench.county;

import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sentences of findings with measurements filled in. */
final class Phrases {
    private static final Pattern NUMBER = Pattern.compile("\\{(\\d+)-(\\d+)}");

    private Phrases() {}

    /** The sentence with every {@code {4-9}} replaced by a whole number from 4 to 9. */
    static String filled(String sentence, RandomGenerator random) {
        Matcher matcher = NUMBER.matcher(sentence);
        return matcher.replaceAll(match -> {
            int low = Integer.parseInt(match.group(1));
            int high = Integer.parseInt(match.group(2));
            return Integer.toString(low + random.nextInt(high - low + 1));
        });
    }
}
