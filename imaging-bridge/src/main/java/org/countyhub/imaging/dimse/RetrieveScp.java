package org.countyhub.imaging.dimse;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.net.Caller;
import org.countyhub.imaging.dicom.net.Outlet;
import org.countyhub.imaging.dicom.net.RetrieveService;
import org.countyhub.imaging.dicom.net.Status;
import org.countyhub.imaging.peers.Device;
import org.countyhub.imaging.peers.Peers;
import org.countyhub.imaging.peers.Permission;
import org.countyhub.imaging.study.Stored;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** C-MOVE and C-GET of the patient and the study root (PS3.4 sections C.4.2 and C.4.3). */
final class RetrieveScp implements RetrieveService {
    private static final Logger LOG = LoggerFactory.getLogger(RetrieveScp.class);
    private static final int DESTINATION_UNKNOWN = 0xA801;
    private static final int NOT_PERFORMED = 0xA702;
    /** One that breaks off is opened again for what is left, and once more. */
    private static final int ASSOCIATIONS = 3;

    private final boolean patientRoot;
    private final Access access;
    private final Peers peers;
    private final Selection selection;
    private final Calls calls;
    private final Sending sending;

    RetrieveScp(boolean patientRoot, Access access, Peers peers, Selection selection, Calls calls, Sending sending) {
        this.patientRoot = patientRoot;
        this.access = access;
        this.peers = peers;
        this.selection = selection;
        this.calls = calls;
        this.sending = sending;
    }

    @Override
    public Outcome move(Caller caller, String destination, int messageId, Dataset identifier, Progress progress)
            throws IOException {
        Device asking = access.may(caller, Permission.RETRIEVE);
        Optional<Device> to = peers.destination(destination);
        if (to.isEmpty()) {
            return Outcome.refused(Status.of(DESTINATION_UNKNOWN, "no device of this title is called"));
        }
        List<Stored> instances = instances(identifier, asking);
        Outlet.Origin origin = new Outlet.Origin(caller.callingAe(), messageId);
        SubOperations operations = new SubOperations(instances.size());
        for (List<Stored> batch : Contexts.batches(instances)) {
            List<Stored> left = batch;
            for (int attempt = 0; attempt < ASSOCIATIONS && !left.isEmpty() && !progress.cancelled(); attempt++) {
                try (Outlet outlet = calls.open(to.get(), Contexts.proposals(left))) {
                    sending.send(left, to.get().source(), origin, outlet, operations, progress);
                } catch (IOException e) {
                    LOG.warn("{} cannot be sent to: {}", to.get().aeTitle(), e.toString());
                    if (operations.isFresh()) {
                        return Outcome.refused(Status.of(NOT_PERFORMED, "the destination does not answer"));
                    }
                }
                left = operations.left(left);
            }
            if (!progress.cancelled()) {
                operations.failedAll(left);
            }
        }
        return operations.outcome(progress.cancelled());
    }

    @Override
    public Outcome get(Caller caller, Dataset identifier, Outlet outlet, Progress progress) throws IOException {
        Device asking = access.may(caller, Permission.RETRIEVE);
        List<Stored> instances = instances(identifier, asking);
        SubOperations operations = new SubOperations(instances.size());
        sending.send(instances, asking.source(), null, outlet, operations, progress);
        return operations.outcome(progress.cancelled());
    }

    private List<Stored> instances(Dataset identifier, Device asking) {
        Dataset readable = identifier.readable(asking.source().characterSet());
        return selection.of(Levels.of(identifier, patientRoot), readable, asking.source());
    }
}
