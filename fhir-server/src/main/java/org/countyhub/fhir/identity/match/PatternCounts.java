package org.countyhub.fhir.identity.match;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** How many pairs show which pattern. Not thread-safe. */
public final class PatternCounts {
    private final Map<Pattern, Long> counts = new HashMap<>();
    private long total;

    public void add(Pattern pattern) {
        add(pattern, 1);
    }

    public void add(Pattern pattern, long pairs) {
        counts.merge(pattern, pairs, Long::sum);
        total += pairs;
    }

    public long total() {
        return total;
    }

    /** How many of the pairs show a pattern of a kind. */
    public long count(Predicate<Pattern> kind) {
        return counts.entrySet().stream()
                .filter(entry -> kind.test(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** In the order of the patterns' bits, so that sums over them are the same every time. */
    Map<Pattern, Long> sorted() {
        Map<Pattern, Long> sorted = new TreeMap<>(Comparator.comparingInt(Pattern::bits));
        sorted.putAll(counts);
        return Collections.unmodifiableMap(sorted);
    }
}
