package org.countyhub.imaging.study.lifecycle;

import java.util.Set;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * What somebody who should know says of the instances of a study. It may come before the instances do, and speaks once: what comes
 * after a study was completed by it is not covered by it.
 *
 * @param kind what a study that is completed by it is completed by; never QUIET
 * @param reference the UID of the transaction, of the performed procedure step or of the notification; saying it again replaces it
 * @param sopInstanceUids the instances that it names
 * @param count how many instances there are to be; not less than it names
 */
public record Evidence(CompletedBy kind, String reference, Set<String> sopInstanceUids, int count) {
    private static final int MOST = 100_000;

    public Evidence {
        if (kind == CompletedBy.QUIET) {
            throw new IllegalArgumentException("that nothing comes is no evidence");
        }
        if (sopInstanceUids.size() > MOST) {
            throw Problem.unprocessable(
                    Fault.of("too-long", "no more than " + MOST + " instances can be named of one study"));
        }
        if (count < 1 || count < sopInstanceUids.size()) {
            throw Problem.unprocessable(Fault.of("business-rule", "it says nothing of any instance"));
        }
        sopInstanceUids = Set.copyOf(sopInstanceUids);
    }

    /** Storage commitment of instances: all of them are here. */
    public static Evidence storageCommitment(String transactionUid, Set<String> committed) {
        return new Evidence(CompletedBy.STORAGE_COMMITMENT, transactionUid, committed, committed.size());
    }

    /** A performed procedure step that was completed, with the instances in its Performed Series Sequence. */
    public static Evidence performedProcedureStep(String sopInstanceUid, Set<String> performed) {
        return new Evidence(CompletedBy.PERFORMED_PROCEDURE_STEP, sopInstanceUid, performed, performed.size());
    }

    /** A performed procedure step that was completed, of which only the number of instances is known. */
    public static Evidence performedProcedureStep(String sopInstanceUid, int count) {
        return new Evidence(CompletedBy.PERFORMED_PROCEDURE_STEP, sopInstanceUid, Set.of(), count);
    }

    /** A notification that these instances of the study are available. */
    public static Evidence instanceAvailability(String reference, Set<String> available) {
        return new Evidence(CompletedBy.INSTANCE_AVAILABILITY, reference, available, available.size());
    }

    /**
     * What is here of a study.
     *
     * @param instances how many
     * @param named how many of those that the evidence names
     * @param uncommitted how many instances no storage commitment names
     */
    public record Holdings(int instances, int named, int uncommitted) {}

    /** Whether a study is complete by it. */
    public boolean isMetBy(Holdings here) {
        return here.named() == sopInstanceUids.size()
                && here.instances() >= count
                && (kind != CompletedBy.STORAGE_COMMITMENT || here.uncommitted() == 0);
    }
}
