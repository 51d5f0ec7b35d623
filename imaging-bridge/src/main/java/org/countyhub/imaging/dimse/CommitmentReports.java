package org.countyhub.imaging.dimse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.dicom.net.Outlet;
import org.countyhub.imaging.dicom.net.Status;
import org.countyhub.imaging.peers.Device;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.imaging.study.lifecycle.Evidence;
import org.countyhub.imaging.worklist.StudyEvidence;
import org.countyhub.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up what was asked and reports it (PS3.4 section J.3.3): over an association of the hub's own to devices that are called, again
 * later where that fails, else over the association on which it was asked. A report that the hub owes when it stops is not sent; devices
 * ask again for what they were not told.
 */
final class CommitmentReports {
    private static final Logger LOG = LoggerFactory.getLogger(CommitmentReports.class);
    private static final int ALL_KEPT = 1;
    private static final int SOME_NOT_KEPT = 2;
    private static final int NO_SUCH_INSTANCE = 0x0112;
    private static final int CLASS_INSTANCE_CONFLICT = 0x0119;
    private static final int LOOKUP = 1_000;

    private final StudyStore store;
    private final StudyEvidence evidence;
    private final Messenger messenger;
    private final String aeTitle;

    CommitmentReports(StudyStore store, StudyEvidence evidence, Messenger messenger, String aeTitle) {
        this.store = store;
        this.evidence = evidence;
        this.messenger = messenger;
        this.aeTitle = aeTitle;
    }

    /** Takes a request; the report follows after the response to it. */
    void ask(Device device, String transactionUid, Map<String, String> references, Outlet asked) {
        if (!messenger.start(() -> report(device, transactionUid, references, asked))) {
            throw Problem.busy("too many commitment requests wait for their reports", 30);
        }
    }

    private void report(Device device, String transactionUid, Map<String, String> references, Outlet asked) {
        Dataset report = report(transactionUid, references);
        int event = report.contains(Tag.FailedSOPSequence) ? SOME_NOT_KEPT : ALL_KEPT;
        if (device.called() != null) {
            messenger.tell(device, SopClass.STORAGE_COMMITMENT_PUSH, true, outlet -> send(outlet, event, report));
            return;
        }
        try {
            Messenger.answered(device, send(asked, event, report));
        } catch (IOException e) {
            LOG.warn("commitment {} of {} was not reported: {}", transactionUid, device.aeTitle(), e.toString());
        }
    }

    private static Status send(Outlet outlet, int event, Dataset report) throws IOException {
        return outlet.report(
                SopClass.STORAGE_COMMITMENT_PUSH, SopClass.STORAGE_COMMITMENT_PUSH_INSTANCE, event, report);
    }

    /** Event information (PS3.4 table J.3-2). */
    private Dataset report(String transactionUid, Map<String, String> references) {
        Map<String, Stored> kept = kept(List.copyOf(references.keySet()));
        List<Stored> safe = new ArrayList<>();
        List<Dataset> committed = new ArrayList<>();
        List<Dataset> failed = new ArrayList<>();
        references.forEach((uid, sopClass) -> {
            Stored stored = kept.get(uid);
            Dataset.Builder item = Dataset.builder()
                    .set(Tag.ReferencedSOPClassUID, Vr.UI, sopClass)
                    .set(Tag.ReferencedSOPInstanceUID, Vr.UI, uid);
            if (stored != null && stored.sopClassUid().equals(sopClass)) {
                safe.add(stored);
                committed.add(item.build());
            } else {
                failed.add(item.set(Tag.FailureReason, stored == null ? NO_SUCH_INSTANCE : CLASS_INSTANCE_CONFLICT)
                        .build());
            }
        });
        tell(transactionUid, safe);
        Dataset.Builder report = Dataset.builder()
                .set(Tag.TransactionUID, Vr.UI, transactionUid)
                .set(Tag.RetrieveAETitle, Vr.AE, aeTitle);
        if (!committed.isEmpty()) {
            report.set(Tag.ReferencedSOPSequence, committed);
        }
        if (!failed.isEmpty()) {
            report.set(Tag.FailedSOPSequence, failed);
        }
        return report.build();
    }

    private Map<String, Stored> kept(List<String> uids) {
        Map<String, Stored> kept = new HashMap<>();
        for (int from = 0; from < uids.size(); from += LOOKUP) {
            List<String> some = uids.subList(from, Math.min(uids.size(), from + LOOKUP));
            for (Stored stored : store.bySopInstanceUid(some)) {
                kept.put(stored.sopInstanceUid(), stored);
            }
        }
        return kept;
    }

    /** Whoever has all of a study committed says by that which instances it has. */
    private void tell(String transactionUid, List<Stored> committed) {
        committed.stream()
                .collect(Collectors.groupingBy(
                        Stored::studyUid, Collectors.mapping(Stored::sopInstanceUid, Collectors.toSet())))
                .forEach((study, uids) -> evidence.said(study, Evidence.storageCommitment(transactionUid, uids)));
    }
}
