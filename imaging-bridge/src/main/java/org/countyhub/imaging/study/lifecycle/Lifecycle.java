package org.countyhub.imaging.study.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a study.
 *
 * @param since when the state was entered
 * @param completedBy why it is complete; null where it is not
 */
public record Lifecycle(
        StudyState state, Instant since, @Nullable CompletedBy completedBy) {
    /** What happens to a study. */
    public sealed interface Event {
        Instant at();
    }

    /** An instance became part of it; the store does the same to the row, in the transaction that adds the instance. */
    public record Arrived(Instant at) implements Event {}

    /** It is complete as far as anybody knows. */
    public record Completed(Instant at, CompletedBy by) implements Event {}

    /** Somebody decided. */
    public record Decided(Instant at, Decision decision) implements Event {}

    /** What somebody can decide. */
    public enum Decision {
        CANCEL,
        ENTERED_IN_ERROR,
        /** Takes one of the others back. */
        REINSTATE
    }

    /** A study of which the first instance has come. */
    public static Lifecycle begin(Instant at) {
        return new Lifecycle(StudyState.RECEIVING, at, null);
    }

    /** What becomes of the study; itself where the event changes nothing. */
    public Lifecycle after(Event event) {
        return switch (event) {
            case Arrived(Instant at) -> state == StudyState.ENTERED_IN_ERROR ? this : enter(StudyState.RECEIVING, at);
            case Completed(Instant at, CompletedBy by) ->
                state == StudyState.RECEIVING ? new Lifecycle(StudyState.COMPLETE, at, by) : this;
            case Decided(Instant at, Decision decision) ->
                switch (decision) {
                    case CANCEL -> state == StudyState.ENTERED_IN_ERROR ? this : enter(StudyState.CANCELLED, at);
                    case ENTERED_IN_ERROR -> enter(StudyState.ENTERED_IN_ERROR, at);
                    case REINSTATE -> state == StudyState.COMPLETE ? this : enter(StudyState.RECEIVING, at);
                };
        };
    }

    private Lifecycle enter(StudyState next, Instant at) {
        return next == state ? this : new Lifecycle(next, at, null);
    }
}
