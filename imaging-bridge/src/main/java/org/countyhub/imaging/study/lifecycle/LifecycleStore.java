package org.countyhub.imaging.study.lifecycle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.study.lifecycle.Lifecycle.Decision;

/** Keeps where studies stand and what was said of them. Calls inside a transaction join it. */
public interface LifecycleStore {
    Optional<Standing> standing(String studyUid);

    /** The same, with the study kept from all who change it until the transaction ends. */
    Optional<Standing> lock(String studyUid);

    /** Puts a study that is locked where it stands now, and raises its version when it should be published. */
    void put(String studyUid, Lifecycle lifecycle, boolean publish);

    /** Puts a decision on record. */
    void decided(String studyUid, Decision decision, Instant at, String by, String reason);

    /** Keeps what was said; a study of that UID need not be here. The same reference replaces what it said before. */
    void say(String studyUid, Evidence evidence, Instant at);

    /** What was said of a study that has not completed it, in the order in which it was said, with what is here of it. */
    List<Said> said(String studyUid);

    /** What was said, and what is here of it. */
    record Said(Evidence evidence, Evidence.Holdings here) {}

    /** Notes that this has completed the study, and does not again. */
    void spent(String studyUid, List<Evidence> evidence, Instant at);

    /** RECEIVING studies that were quiet since, or of which something was said that has not completed them; in no order. */
    List<String> undecided(Instant quietSince, String afterUid, int limit);

    /** Completions that listeners are still to be told of, oldest first. */
    List<Completion> untold(int limit);

    /** Notes that listeners know of a completion. */
    void told(Completion completion);
}
