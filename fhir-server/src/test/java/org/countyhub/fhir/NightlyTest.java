package org.countyhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NightlyTest {
    private static final ZoneId COUNTY = ZoneId.of("Asia/Shanghai");
    private static final LocalTime AT = LocalTime.of(2, 30);

    private static ZonedDateTime next(String now) {
        return Nightly.next(ZonedDateTime.parse(now), AT);
    }

    @Test
    void theNextNightIsTodaysUntilItsTime() {
        assertThat(next("2026-03-01T01:00+08:00[Asia/Shanghai]")).isEqualTo("2026-03-01T02:30+08:00[Asia/Shanghai]");
        assertThat(next("2026-03-01T02:30+08:00[Asia/Shanghai]")).isEqualTo("2026-03-02T02:30+08:00[Asia/Shanghai]");
        assertThat(next("2026-12-31T23:59+08:00[Asia/Shanghai]")).isEqualTo("2027-01-01T02:30+08:00[Asia/Shanghai]");
    }

    @Test
    void aNightWithoutTheTimeHasItAnHourLater() {
        assertThat(next("2026-03-29T01:00+01:00[Europe/Berlin]")).isEqualTo("2026-03-29T03:30+02:00[Europe/Berlin]");
    }

    @Test
    void theWorkIsDoneAtItsTime() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        LocalTime soon = LocalTime.now(COUNTY).plusNanos(300_000_000);
        try (Nightly _ = Nightly.start(soon, COUNTY, Clock.systemUTC(), done::countDown)) {
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The clock on the wall, set forward. */
    private static final class AdvancedClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return COUNTY;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNightThatFailsIsNotTheLast(boolean memory) throws InterruptedException {
        CountDownLatch nights = new CountDownLatch(2);
        AdvancedClock clock = new AdvancedClock();
        LocalTime soon = LocalTime.now(COUNTY).plusNanos(300_000_000);
        Runnable work = () -> {
            nights.countDown();
            clock.ahead = clock.ahead.plusDays(1).minusMillis(100);
            if (memory) {
                throw new OutOfMemoryError("as in a night of much work");
            }
            throw new IllegalStateException("as when the database is away");
        };
        try (Nightly _ = Nightly.start(soon, COUNTY, clock, work)) {
            assertThat(nights.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
