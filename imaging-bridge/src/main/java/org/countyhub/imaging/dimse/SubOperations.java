package org.countyhub.imaging.dimse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.countyhub.imaging.dicom.net.RetrieveService;
import org.countyhub.imaging.dicom.net.Status;
import org.countyhub.imaging.study.Stored;

/** Counts C-STORE sub-operations (PS3.4 section C.4.2.1.7). */
final class SubOperations {
    private static final int SOME_FAILED = 0xB000;
    private static final int ALL_FAILED = 0xA702;
    /** A UI value of a list is no longer than 64 KiB in an explicit data set. */
    private static final int MOST_TOLD = 900;

    private final Set<String> done = new HashSet<>();
    private final List<String> failedUids = new ArrayList<>();
    private int remaining;
    private int completed;
    private int failed;
    private int warning;

    SubOperations(int all) {
        remaining = all;
    }

    boolean isFresh() {
        return completed + failed + warning == 0;
    }

    void sent(Stored stored, Status status) {
        if (!status.isDone()) {
            failed(stored);
            return;
        }
        done.add(stored.sopInstanceUid());
        remaining--;
        if (status.isWarning()) {
            warning++;
        } else {
            completed++;
        }
    }

    void failed(Stored stored) {
        if (done.add(stored.sopInstanceUid())) {
            remaining--;
            failed++;
            if (failedUids.size() < MOST_TOLD) {
                failedUids.add(stored.sopInstanceUid());
            }
        }
    }

    /** Those of a batch that have neither been sent nor failed. */
    List<Stored> left(List<Stored> batch) {
        return batch.stream()
                .filter(stored -> !done.contains(stored.sopInstanceUid()))
                .toList();
    }

    /** Gives up on those of a batch that have not been sent. */
    void failedAll(List<Stored> batch) {
        batch.forEach(this::failed);
    }

    RetrieveService.Counts counts() {
        return new RetrieveService.Counts(remaining, completed, failed, warning);
    }

    RetrieveService.Outcome outcome(boolean cancelled) {
        Status status;
        if (cancelled && remaining > 0) {
            status = Status.CANCELLED;
        } else if (failed + warning == 0) {
            status = Status.SUCCESS;
        } else if (completed + warning == 0) {
            status = Status.of(ALL_FAILED, "no instance could be sent");
        } else {
            status = Status.of(SOME_FAILED, failed + " instances failed");
        }
        return new RetrieveService.Outcome(status, counts(), failedUids);
    }
}
