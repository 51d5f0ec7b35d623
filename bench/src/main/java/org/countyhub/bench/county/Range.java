package org.countyhub.bench.county;

import org.jspecify.annotations.Nullable;

/** A range of values, inclusive; null where it is open. In the tables {@code 57-97}, {@code -1000}, {@code 15-}. */
record Range(@Nullable Double low, @Nullable Double high) {
    static Range parse(String text) {
        int hyphen = text.indexOf('-');
        return new Range(bound(text.substring(0, hyphen)), bound(text.substring(hyphen + 1)));
    }

    boolean isBelow(double value) {
        return low != null && value < low;
    }

    boolean isAbove(double value) {
        return high != null && value > high;
    }

    private static @Nullable Double bound(String text) {
        return text.isEmpty() ? null : Double.valueOf(text);
    }
}
