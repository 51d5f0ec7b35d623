package org.countyhub.bench.load;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What a load run took: one latency for each request that was sent, and the time from the first to the last. */
public final class Measurement {
    /** By request index; 0 where the run ended before the request. */
    private final long[] latencyNanos;

    private final long elapsedNanos;
    private final int connects;

    public Measurement(long[] latencyNanos, long elapsedNanos, int connects) {
        this.latencyNanos = latencyNanos;
        this.elapsedNanos = elapsedNanos;
        this.connects = connects;
    }

    public int sent() {
        return (int) Arrays.stream(latencyNanos).filter(nanos -> nanos > 0).count();
    }

    public double seconds() {
        return elapsedNanos / 1e9;
    }

    public double perSecond() {
        return sent() / seconds();
    }

    /** How many connections were opened in all. */
    public int connects() {
        return connects;
    }

    public boolean hasAny(IntPredicate index) {
        return IntStream.range(0, latencyNanos.length).anyMatch(i -> latencyNanos[i] > 0 && index.test(i));
    }

    public Percentiles percentiles() {
        return percentiles(index -> true);
    }

    /** Over the requests whose index is chosen. */
    public Percentiles percentiles(IntPredicate index) {
        return Percentiles.of(IntStream.range(0, latencyNanos.length)
                .filter(index)
                .mapToLong(i -> latencyNanos[i])
                .filter(nanos -> nanos > 0)
                .toArray());
    }
}
