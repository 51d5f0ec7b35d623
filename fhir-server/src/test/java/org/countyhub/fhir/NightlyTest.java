package org.countyhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

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
}
