package org.countyhub.imaging.study.lifecycle;

import java.time.Instant;

/**
 * That a study became complete.
 *
 * @param version of the study then
 */
public record Completion(String studyUid, int version, CompletedBy by, Instant at) {
    /** Is told, at least once, of every study that became complete and is so still. Must not take long; may be told again. */
    @FunctionalInterface
    public interface Listener {
        void completed(Completion completion);
    }
}
