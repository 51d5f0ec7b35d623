package org.countyhub.imaging.steward;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.access.Reading;
import org.countyhub.imaging.access.ReadingStore;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.imaging.study.lifecycle.CompletedBy;
import org.countyhub.imaging.study.lifecycle.Lifecycle.Decision;
import org.countyhub.imaging.study.lifecycle.RemovalStore.Removed;
import org.countyhub.imaging.study.lifecycle.Standing;
import org.countyhub.imaging.study.lifecycle.StudyDecisions;
import org.countyhub.imaging.study.lifecycle.StudyRemoval;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /studies/[Study Instance UID]}: where a study stands, the files in it, of one in error too, and who has looked at it; cancel it, declare it entered in error, reinstate it, or delete it for good.
 * Whoever decides says who (X-Requester) and why (reason).
 */
@RestController
@RequestMapping("/studies/{studyUid:[0-9.]+}")
public final class StudyEndpoint {
    private static final int LONGEST = 1_000;
    private static final int MOST_LISTED = 1_000;

    private final StudyDecisions decisions;
    private final StudyRemoval removal;
    private final StudyStore studies;
    private final BlobStore blobs;
    private final ReadingStore readings;

    public StudyEndpoint(
            StudyDecisions decisions,
            StudyRemoval removal,
            StudyStore studies,
            BlobStore blobs,
            ReadingStore readings) {
        this.decisions = decisions;
        this.removal = removal;
        this.studies = studies;
        this.blobs = blobs;
        this.readings = readings;
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

    /** An instance as it is listed. */
    record Listed(
            String seriesInstanceUid, String sopInstanceUid, String sopClassUid, long size, boolean patientCorrected) {}

    /** The first 1,000 instances in the order of the study, whatever state it is in; of larger ones {@code instances} of the study tells. */
    @GetMapping("/instances")
    List<Listed> instances(@PathVariable String studyUid) {
        decisions.standing(studyUid);
        List<Listed> listed = new ArrayList<>();
        studies.instances(studyUid, Optional.empty(), one -> {
            if (listed.size() < MOST_LISTED) {
                listed.add(new Listed(
                        one.seriesUid(), one.sopInstanceUid(), one.sopClassUid(), one.size(), one.patientCorrected()));
            }
        });
        return listed;
    }

    /** The file of an instance as it came in, so that whoever decides can see what was sent. */
    @GetMapping("/instances/{sopInstanceUid:[0-9.]+}/file")
    ResponseEntity<InputStreamResource> file(@PathVariable String studyUid, @PathVariable String sopInstanceUid)
            throws IOException {
        Stored stored = studies.bySopInstanceUid(List.of(sopInstanceUid)).stream()
                .filter(one -> one.studyUid().equals(studyUid))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("there is no such instance in the study " + studyUid));
        return DicomFile.answer(blobs.open(stored.blob(), 0, stored.size()), sopInstanceUid + ".dcm");
    }

    /** Who has looked at a study as a doctor. */
    record Looked(long id, String at, String requester, String organization, String address, String ground) {
        static Looked of(Reading reading) {
            return new Looked(
                    reading.id(),
                    reading.at().toString(),
                    reading.reader().requester(),
                    reading.reader().organization(),
                    reading.address(),
                    reading.ground().name());
        }
    }

    /** Who has looked at the study, in order; of one that was deleted too. */
    @GetMapping("/readings")
    List<Looked> readings(
            @PathVariable String studyUid,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") int limit) {
        return readings.of(studyUid, after, Math.clamp(limit, 1, MOST_LISTED)).stream()
                .map(Looked::of)
                .toList();
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
