package org.countyhub.imaging.steward;

import java.util.List;
import org.countyhub.imaging.study.lifecycle.CompletedBy;
import org.countyhub.imaging.study.lifecycle.Lifecycle.Decision;
import org.countyhub.imaging.study.lifecycle.RemovalStore.Removed;
import org.countyhub.imaging.study.lifecycle.Standing;
import org.countyhub.imaging.study.lifecycle.StudyDecisions;
import org.countyhub.imaging.study.lifecycle.StudyRemoval;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /studies/[Study Instance UID]}: where a study stands; cancel it, declare it entered in error, reinstate it, or delete it for good.
 * Whoever decides says who (X-Requester) and why (reason).
 */
@RestController
@RequestMapping("/studies/{studyUid:[0-9.]+}")
public final class StudyEndpoint {
    private static final int LONGEST = 1_000;

    private final StudyDecisions decisions;
    private final StudyRemoval removal;

    public StudyEndpoint(StudyDecisions decisions, StudyRemoval removal) {
        this.decisions = decisions;
        this.removal = removal;
    }

    /** A study as it is shown. */
    record Shown(
            String studyInstanceUid,
            String patientSystem,
            String patientId,
            String source,
            String state,
            String since,
            @Nullable String completedBy,
            int version,
            int instances,
            long bytes,
            String lastReceived) {
        static Shown of(Standing study) {
            CompletedBy by = study.lifecycle().completedBy();
            return new Shown(
                    study.studyUid(),
                    study.patient().system(),
                    study.patient().id(),
                    study.source(),
                    study.lifecycle().state().name(),
                    study.lifecycle().since().toString(),
                    by == null ? null : by.name(),
                    study.version(),
                    study.instances(),
                    study.bytes(),
                    study.lastReceived().toString());
        }
    }

    @GetMapping
    Shown study(@PathVariable String studyUid) {
        return Shown.of(decisions.standing(studyUid));
    }

    @PostMapping("/cancel")
    Shown cancel(
            @PathVariable String studyUid,
            @RequestHeader(name = "X-Requester", defaultValue = "") String by,
            @RequestParam(defaultValue = "") String reason) {
        return decide(studyUid, Decision.CANCEL, by, reason);
    }

    @PostMapping("/entered-in-error")
    Shown enteredInError(
            @PathVariable String studyUid,
            @RequestHeader(name = "X-Requester", defaultValue = "") String by,
            @RequestParam(defaultValue = "") String reason) {
        return decide(studyUid, Decision.ENTERED_IN_ERROR, by, reason);
    }

    @PostMapping("/reinstate")
    Shown reinstate(
            @PathVariable String studyUid,
            @RequestHeader(name = "X-Requester", defaultValue = "") String by,
            @RequestParam(defaultValue = "") String reason) {
        return decide(studyUid, Decision.REINSTATE, by, reason);
    }

    private Shown decide(String studyUid, Decision decision, String by, String reason) {
        return Shown.of(decisions.decide(studyUid, decision, required(by, "X-Requester"), required(reason, "reason")));
    }

    @DeleteMapping
    Removed delete(
            @PathVariable String studyUid,
            @RequestHeader(name = "X-Requester", defaultValue = "") String by,
            @RequestParam(defaultValue = "") String reason) {
        return removal.delete(studyUid, required(by, "X-Requester"), required(reason, "reason"));
    }

    private static String required(String value, String name) {
        if (value.isBlank()) {
            throw Problem.malformed(Fault.at(name, "required", name + " has to be said"));
        }
        if (value.length() > LONGEST || value.indexOf('\0') >= 0) {
            throw new Problem.Malformed(List.of(Fault.at(name, "value", name + " is at most 1,000 characters of text")))
                    .exception();
        }
        return value.strip();
    }
}
