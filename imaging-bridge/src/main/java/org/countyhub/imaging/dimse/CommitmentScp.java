package org.countyhub.imaging.dimse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.net.Caller;
import org.countyhub.imaging.dicom.net.NormalizedService;
import org.countyhub.imaging.dicom.net.Outlet;
import org.countyhub.imaging.dicom.net.Status;
import org.countyhub.imaging.peers.Device;
import org.countyhub.imaging.peers.Permission;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Storage commitment, push model (PS3.4 annex J): a device may delete what the hub has committed to, so only what is on record is. */
final class CommitmentScp implements NormalizedService {
    private static final int REQUEST_COMMITMENT = 1;
    private static final int MOST_REFERENCES = 20_000;

    private final Access access;
    private final CommitmentReports reports;

    CommitmentScp(Access access, CommitmentReports reports) {
        this.access = access;
        this.reports = reports;
    }

    @Override
    public Status handle(Caller caller, Request request, Outlet outlet) {
        Device device = access.may(caller, Permission.STORE);
        if (request.operation() != Operation.ACTION) {
            throw new Problem.NotSupported(List.of(Fault.of("not-supported", "N-ACTION only")), List.of()).exception();
        }
        if (request.actionType() != REQUEST_COMMITMENT) {
            return Status.of(0x0123, "no such action type");
        }
        if (!request.sopInstanceUid().equals(SopClass.STORAGE_COMMITMENT_PUSH_INSTANCE)) {
            return Status.of(0x0112, "not the well-known instance");
        }
        String transaction = request.dataset().string(Tag.TransactionUID);
        if (transaction == null) {
            throw invalid(Tag.TransactionUID, "required", "missing");
        }
        reports.ask(device, transaction, references(request.dataset()), outlet);
        return Status.SUCCESS;
    }

    /** SOP class by instance, in the order in which they were asked for. */
    private static Map<String, String> references(Dataset information) {
        List<Dataset> items = information.items(Tag.ReferencedSOPSequence);
        if (items.isEmpty() || items.size() > MOST_REFERENCES) {
            throw invalid(Tag.ReferencedSOPSequence, "value", "1 to " + MOST_REFERENCES + " references are taken");
        }
        Map<String, String> references = new LinkedHashMap<>();
        for (Dataset item : items) {
            String uid = item.string(Tag.ReferencedSOPInstanceUID);
            String sopClass = item.string(Tag.ReferencedSOPClassUID);
            if (uid == null || sopClass == null) {
                throw invalid(Tag.ReferencedSOPSequence, "required", "an item without its UIDs");
            }
            references.put(uid, sopClass);
        }
        return references;
    }

    private static RuntimeException invalid(int tag, String code, String why) {
        return new Problem.Malformed(List.of(Fault.at(Tag.text(tag), code, why))).exception();
    }
}
