package org.countyhub.bench.load;

import java.util.Arrays;

/** Latencies in milliseconds; each percentile is the smallest latency that at least that share did not exceed. */
public record Percentiles(double p50, double p95, double p99) {

    /** Of latencies in nanoseconds; there must be at least one. */
    public static Percentiles of(long[] latencyNanos) {
        if (latencyNanos.length == 0) {
            throw new IllegalArgumentException("no latencies");
        }
        long[] sorted = latencyNanos.clone();
        Arrays.sort(sorted);
        return new Percentiles(millis(sorted, 50), millis(sorted, 95), millis(sorted, 99));
    }

    private static double millis(long[] sorted, int percent) {
        // Nearest rank, in whole numbers: no interpolated latency that nobody saw.
        int rank = (int) ((sorted.length * (long) percent + 99) / 100);
        return sorted[Math.max(rank, 1) - 1] / 1e6;
    }
}
