package org.countyhub.fhir.identity.match;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

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

    /** In the order of the patterns' bits, so that sums over them are the same every time. */
    Map<Pattern, Long> sorted() {
        Map<Pattern, Long> sorted = new TreeMap<>(Comparator.comparingInt(Pattern::bits));
        sorted.putAll(counts);
        return Collections.unmodifiableMap(sorted);
    }
}
