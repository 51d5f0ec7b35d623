package org.countyhub.imaging.study.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.countyhub.imaging.study.lifecycle.Lifecycle.Arrived;
import org.countyhub.imaging.study.lifecycle.Lifecycle.Completed;
import org.countyhub.imaging.study.lifecycle.Lifecycle.Decided;
import org.countyhub.imaging.study.lifecycle.Lifecycle.Decision;
import org.countyhub.imaging.study.lifecycle.Lifecycle.Event;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleTest {
    private static final Instant BEFORE = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-03-01T11:00:00Z");

    private static Lifecycle in(StudyState state) {
        return new Lifecycle(state, BEFORE, state == StudyState.COMPLETE ? CompletedBy.QUIET : null);
    }

    private static Event event(String name, Instant at) {
        return switch (name) {
            case "ARRIVED" -> new Arrived(at);
            case "COMPLETED" -> new Completed(at, CompletedBy.STORAGE_COMMITMENT);
            default -> new Decided(at, Decision.valueOf(name));
        };
    }

    @ParameterizedTest
    @CsvSource({
        "RECEIVING, ARRIVED, RECEIVING",
        "RECEIVING, COMPLETED, COMPLETE",
        "RECEIVING, CANCEL, CANCELLED",
        "RECEIVING, ENTERED_IN_ERROR, ENTERED_IN_ERROR",
        "RECEIVING, REINSTATE, RECEIVING",
        "COMPLETE, ARRIVED, RECEIVING",
        "COMPLETE, COMPLETED, COMPLETE",
        "COMPLETE, CANCEL, CANCELLED",
        "COMPLETE, ENTERED_IN_ERROR, ENTERED_IN_ERROR",
        "COMPLETE, REINSTATE, COMPLETE",
        "CANCELLED, ARRIVED, RECEIVING",
        "CANCELLED, COMPLETED, CANCELLED",
        "CANCELLED, CANCEL, CANCELLED",
        "CANCELLED, ENTERED_IN_ERROR, ENTERED_IN_ERROR",
        "CANCELLED, REINSTATE, RECEIVING",
        "ENTERED_IN_ERROR, ARRIVED, ENTERED_IN_ERROR",
        "ENTERED_IN_ERROR, COMPLETED, ENTERED_IN_ERROR",
        "ENTERED_IN_ERROR, CANCEL, ENTERED_IN_ERROR",
        "ENTERED_IN_ERROR, ENTERED_IN_ERROR, ENTERED_IN_ERROR",
        "ENTERED_IN_ERROR, REINSTATE, RECEIVING",
    })
    void theTableOfTransitions(StudyState from, String event, StudyState to) {
        Lifecycle next = in(from).after(event(event, NOW));

        assertThat(next.state()).isEqualTo(to);
        assertThat(next.since()).isEqualTo(from == to ? BEFORE : NOW);
        assertThat(next.completedBy()).isEqualTo(expectedReason(from, to));
    }

    private static @Nullable CompletedBy expectedReason(StudyState from, StudyState to) {
        if (to != StudyState.COMPLETE) {
            return null;
        }
        return from == to ? CompletedBy.QUIET : CompletedBy.STORAGE_COMMITMENT;
    }

    @Test
    void whateverHappensAStudyIsCompleteForAReasonAndInErrorUntilItIsReinstated() {
        String[] events = {"ARRIVED", "COMPLETED", "CANCEL", "ENTERED_IN_ERROR", "REINSTATE"};
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Lifecycle now = Lifecycle.begin(BEFORE);
            for (int step = 1; step <= 60; step++) {
                String event = events[random.nextInt(events.length)];
                Lifecycle next = now.after(event(event, BEFORE.plusSeconds(step)));

                assertThat(next.completedBy() != null).isEqualTo(next.state() == StudyState.COMPLETE);
                assertThat(next.since().isAfter(now.since())).isEqualTo(next.state() != now.state());
                if (now.state() == StudyState.ENTERED_IN_ERROR && !event.equals("REINSTATE")) {
                    assertThat(next).isEqualTo(now);
                }
                if (next.state() == StudyState.COMPLETE && now.state() != StudyState.COMPLETE) {
                    assertThat(now.state()).isEqualTo(StudyState.RECEIVING);
                }
                assertThat(next.after(event(event, NOW)).state())
                        .as("twice is once")
                        .isEqualTo(next.state());
                now = next;
            }
        }
    }
}
