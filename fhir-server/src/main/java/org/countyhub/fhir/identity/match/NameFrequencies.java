package org.countyhub.fhir.identity.match;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How frequent surnames or given names are. Agreement on a rare one is worth more than the average agreement, on a frequent
 * one less (Winkler 1989). Immutable.
 *
 * @param counts of the most frequent, folded
 * @param total of all, also of those not among the counts
 * @param collision probability that two persons drawn at random agree
 */
public record NameFrequencies(Map<String, Integer> counts, long total, double collision) {
    /** Nothing known: agreement counts the same for every name. */
    public static final NameFrequencies NONE = new NameFrequencies(Map.of(), 0, 0);

    private static final int MOST = 20_000;

    /** What is met fewer times is worth as much as what is met this often. */
    private static final double FEWEST = 2;

    private static final double MOST_BITS = 8;

    public NameFrequencies {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }

    /** The bits to add to the average weight of agreement. */
    double adjustment(String name) {
        if (total == 0 || name.isEmpty() || collision <= 0) {
            return 0;
        }
        double frequency = Math.max(FEWEST, counts.getOrDefault(name, 0)) / total;
        return Math.clamp(Rates.log2(collision / frequency), -MOST_BITS, MOST_BITS);
    }

    /** Counts names, one for each person or record. Not thread-safe. */
    public static final class Counter {
        private final Map<String, Integer> counts = new TreeMap<>();
        private long total;

        public void add(String name) {
            if (!name.isEmpty()) {
                counts.merge(name, 1, Integer::sum);
                total++;
            }
        }

        public NameFrequencies frequencies() {
            double pairs = 0;
            for (int count : counts.values()) {
                pairs += count * (count - 1.0);
            }
            Map<String, Integer> most = new LinkedHashMap<>();
            counts.entrySet().stream()
                    .filter(entry -> entry.getValue() > FEWEST)
                    .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(MOST)
                    .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
            return new NameFrequencies(most, total, total < 2 ? 0 : pairs / (total * (total - 1.0)));
        }
    }
}
