package org.countyhub.imaging.dimse;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.countyhub.imaging.dicom.net.DicomNode;
import org.countyhub.imaging.dicom.net.NetLimits;
import org.countyhub.imaging.dicom.net.Outlet;
import org.countyhub.imaging.dicom.net.Proposal;
import org.countyhub.imaging.dicom.net.Remote;
import org.countyhub.imaging.dicom.net.Services;
import org.countyhub.imaging.dicom.net.Tls;
import org.countyhub.imaging.peers.Device;
import org.countyhub.imaging.peers.Peers;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.Ingest;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.imaging.study.outgoing.OutgoingInstances;
import org.countyhub.imaging.study.query.QueryStore;
import org.countyhub.imaging.worklist.ProcedureStepStore;
import org.countyhub.imaging.worklist.StudyEvidence;
import org.countyhub.imaging.worklist.WorklistSource;
import org.countyhub.kernel.Db;
import org.jspecify.annotations.Nullable;

/** Everything that the hub provides over associations, put together. */
public final class DimseServer implements AutoCloseable {
    private static final List<Duration> AGAIN =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofMinutes(1), Duration.ofMinutes(5));

    private final DicomNode node;
    private final AvailabilityNotices notices;

    /**
     * What the services work with.
     *
     * @param evidence hears that studies have ended
     */
    public record Parts(
            Peers peers,
            Ingest ingest,
            StudyStore store,
            QueryStore queries,
            PatientDirectory directory,
            OutgoingInstances outgoing,
            Coercion coercion,
            Db db,
            ProcedureStepStore steps,
            WorklistSource worklist,
            StudyEvidence evidence,
            Clock clock) {}

    /** @param tls for secure connections either way; null for none */
    public DimseServer(String aeTitle, NetLimits limits, Parts parts, @Nullable Tls tls) {
        Access access = new Access(parts.peers());
        Messenger messenger = new Messenger(this::open, AGAIN);
        StudyStore shown = parts.store().shown();
        Selection selection = new Selection(shown, parts.queries(), parts.directory());
        Sending sending = new Sending(parts.outgoing());
        FindScp find = new FindScp(
                access, parts.queries(), parts.directory(), new FindAnswers(aeTitle, parts.coercion(), parts.clock()));
        RetrieveScp ofPatients = new RetrieveScp(true, access, parts.peers(), selection, this::open, sending);
        RetrieveScp ofStudies = new RetrieveScp(false, access, parts.peers(), selection, this::open, sending);
        Services services = new Services(new StoreScp(access, parts.ingest()))
                .find(SopClass.PATIENT_ROOT_FIND, find)
                .find(SopClass.STUDY_ROOT_FIND, find)
                .find(SopClass.MODALITY_WORKLIST_FIND, new WorklistScp(access, parts.worklist()))
                .retrieve(SopClass.PATIENT_ROOT_MOVE, ofPatients)
                .retrieve(SopClass.PATIENT_ROOT_GET, ofPatients)
                .retrieve(SopClass.STUDY_ROOT_MOVE, ofStudies)
                .retrieve(SopClass.STUDY_ROOT_GET, ofStudies)
                .normalized(
                        SopClass.STORAGE_COMMITMENT_PUSH,
                        new CommitmentScp(access, new CommitmentReports(shown, parts.evidence(), messenger, aeTitle)))
                .normalized(
                        SopClass.MODALITY_PERFORMED_PROCEDURE_STEP,
                        new ProcedureStepScp(access, parts.db(), parts.steps(), parts.evidence()))
                .normalized(SopClass.INSTANCE_AVAILABILITY_NOTIFICATION, new AvailabilityScp(access, parts.evidence()));
        this.notices = new AvailabilityNotices(parts.peers(), messenger, shown, aeTitle);
        this.node = new DicomNode(aeTitle, access, limits, services, tls);
    }

    private Outlet open(Device device, List<Proposal> proposals) throws IOException {
        Device.Endpoint called = device.called();
        if (called == null) {
            throw new IOException(device.aeTitle() + " is not called");
        }
        return node.call(new Remote(device.aeTitle(), called.host(), called.port(), called.tls()), proposals);
    }

    /** Listens for plain connections; the port that it listens on, which is another one for port 0. */
    public int listen(InetAddress address, int port) throws IOException {
        return node.listen(address, port);
    }

    /** Listens for TLS. */
    public int listenSecurely(InetAddress address, int port) throws IOException {
        return node.listenSecurely(address, port);
    }

    /** Tells the devices that want to know that a study is complete. */
    public void complete(String studyUid) {
        notices.complete(studyUid);
    }

    /** Associations that others have opened and that are open now. */
    public int openAssociations() {
        return node.openAssociations();
    }

    /** Association requests that were accepted since the start. */
    public long accepted() {
        return node.accepted();
    }

    /** And those that were rejected. */
    public long rejected() {
        return node.rejected();
    }

    @Override
    public void close() throws IOException {
        node.close();
    }
}
