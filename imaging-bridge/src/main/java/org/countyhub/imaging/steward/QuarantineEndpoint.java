package org.countyhub.imaging.steward;

import java.io.IOException;
import java.util.List;
import org.countyhub.imaging.quarantine.QuarantineEntry;
import org.countyhub.imaging.quarantine.QuarantineService;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /quarantine}: look at the queue, at an entry and its file; accept it under a patient, or discard it. */
@RestController
@RequestMapping("/quarantine")
public final class QuarantineEndpoint {
    private final QuarantineService quarantine;

    public QuarantineEndpoint(QuarantineService quarantine) {
        this.quarantine = quarantine;
    }

    /** A page of the queue. */
    record Page(long open, List<Entry> entries) {}

    /** An entry as it is shown. */
    record Entry(
            long id,
            String received,
            String source,
            String sender,
            String address,
            String reason,
            String detail,
            String patientSystem,
            String patientId,
            String studyInstanceUid,
            String seriesInstanceUid,
            String sopInstanceUid,
            String sopClassUid,
            String transferSyntaxUid,
            long size,
            @Nullable String decision,
            @Nullable String decidedAt,
            @Nullable String decidedBy) {
        static Entry of(QuarantineEntry entry) {
            QuarantineEntry.Resolution resolution = entry.resolution().orElse(null);
            return new Entry(
                    entry.id(),
                    entry.received().toString(),
                    entry.source(),
                    entry.sender(),
                    entry.address(),
                    entry.reason().name(),
                    entry.detail(),
                    entry.patientSystem(),
                    entry.patientId(),
                    entry.studyUid(),
                    entry.seriesUid(),
                    entry.sopInstanceUid(),
                    entry.sopClassUid(),
                    entry.transferSyntax().uid(),
                    entry.size(),
                    resolution == null ? null : resolution.decision().name(),
                    resolution == null ? null : resolution.at().toString(),
                    resolution == null ? null : resolution.by());
        }
    }

    /** What accepting needs: whose the instance is. */
    record Acceptance(
            @Nullable String patientSystem, @Nullable String patientId) {}

    @GetMapping
    Page open(@RequestParam(defaultValue = "0") long after, @RequestParam(defaultValue = "100") int limit) {
        return new Page(
                quarantine.count(),
                quarantine.open(after, limit).stream().map(Entry::of).toList());
    }

    @GetMapping("/{id}")
    Entry entry(@PathVariable long id) {
        return Entry.of(quarantine.entry(id));
    }

    @GetMapping("/{id}/file")
    ResponseEntity<InputStreamResource> file(@PathVariable long id) throws IOException {
        return DicomFile.answer(quarantine.file(id), "quarantine-" + id + ".dcm");
    }

    @PostMapping("/{id}/accept")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void accept(
            @PathVariable long id,
            @RequestBody Acceptance acceptance,
            @RequestHeader(name = "X-Requester", defaultValue = "") String by) {
        quarantine.accept(
                id,
                new PatientKey(
                        required(acceptance.patientSystem(), "patientSystem"),
                        required(acceptance.patientId(), "patientId")),
                required(by, "X-Requester"));
    }

    @PostMapping("/{id}/discard")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable long id, @RequestHeader(name = "X-Requester", defaultValue = "") String by) {
        quarantine.discard(id, required(by, "X-Requester"));
    }

    private static String required(@Nullable String value, String name) {
        if (value == null || value.isBlank()) {
            throw Problem.malformed(Fault.at(name, "required", name + " has to be said"));
        }
        return value.strip();
    }
}
