package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private Instant now = Instant.parse("2026-03-02T00:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final Retries retries = new Retries(clock);
    private final SomeStudy study = new SomeStudy(Hospitals.EAST, "P1");

    private Duration delay() {
        Instant before = now;
        while (retries.isWaiting(study.study())) {
            now = now.plusSeconds(1);
        }
        return Duration.between(before, now);
    }

    @Test
    void delaysGrowUpToFiveMinutes() {
        for (int seconds : new int[] {5, 10, 20, 40, 80, 160, 300, 300}) {
            retries.failed(study.study(), false);
            assertThat(delay()).hasSeconds(seconds);
        }
    }

    @Test
    void aNewVersionDoesNotWaitForTheOldOne() {
        retries.failed(study.study(), true);
        study.late();
        assertThat(retries.isWaiting(study.study())).isFalse();
    }

    @Test
    void aRefusalIsToldOnceForEachVersion() {
        assertThat(retries.failed(study.study(), false)).isFalse();
        assertThat(retries.failed(study.study(), true)).isTrue();
        assertThat(retries.failed(study.study(), false)).isFalse();
        assertThat(retries.failed(study.study(), true)).isFalse();
        study.late();
        assertThat(retries.failed(study.study(), true)).isTrue();
    }

    @Test
    void whatOthersHavePublishedIsForgotten() {
        retries.failed(study.study(), false);
        now = now.plus(Duration.ofMinutes(9));
        retries.forgetOld();
        assertThat(retries.size()).isEqualTo(1);
        now = now.plus(Duration.ofMinutes(2));
        retries.forgetOld();
        assertThat(retries.size()).isZero();
    }
}
