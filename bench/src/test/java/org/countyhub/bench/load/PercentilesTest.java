package org.countyhub.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void takesTheNearestRank() {
        long[] latencies =
                LongStream.rangeClosed(1, 100).map(i -> (101 - i) * 1_000_000).toArray();
        assertThat(Percentiles.of(latencies)).isEqualTo(new Percentiles(50, 95, 99));
    }

    @Test
    void isTheOneLatencyWhenThereIsOne() {
        assertThat(Percentiles.of(new long[] {2_500_000})).isEqualTo(new Percentiles(2.5, 2.5, 2.5));
    }

    @Test
    void roundsTheRankUp() {
        assertThat(Percentiles.of(new long[] {3_000_000, 1_000_000, 2_000_000})).isEqualTo(new Percentiles(2, 3, 3));
    }

    @Test
    void needsALatency() {
        assertThatThrownBy(() -> Percentiles.of(new long[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leavesOutWhatWasNotSent() {
        Measurement measurement = new Measurement(new long[] {1_000_000, 0, 3_000_000}, 2_000_000_000L, 1);
        assertThat(measurement.sent()).isEqualTo(2);
        assertThat(measurement.perSecond()).isEqualTo(1.0);
        assertThat(measurement.percentiles(index -> index > 0).p50()).isEqualTo(3.0);
    }
}
