package org.countyhub.imaging.dimse;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import org.aoju.bus.image.Device;
import org.aoju.bus.image.Dimse;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.metric.ApplicationEntity;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.Commands;
import org.aoju.bus.image.metric.Connection;
import org.aoju.bus.image.metric.DimseRQHandler;
import org.aoju.bus.image.metric.PDVInputStream;
import org.aoju.bus.image.metric.TransferCapability;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.countyhub.imaging.dicom.TransferSyntax;

/** A device for what DCMTK has no tool for: normalized operations either way, with the toolkit as it comes. */
final class ToolkitPeer implements AutoCloseable {
    /** A request that came in. */
    record Got(Dimse operation, Attributes command, Attributes dataset) {}

    final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
    private final Device device = new Device("peer");
    private final ApplicationEntity entity;
    private final Connection calls = new Connection("peer", "127.0.0.1");
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

    /** @param port that it listens on for events and notices; 0 for none */
    ToolkitPeer(String aeTitle, int port) {
        entity = new ApplicationEntity(aeTitle);
        device.setExecutor(Thread::startVirtualThread);
        device.setScheduledExecutor(timers);
        device.addConnection(calls);
        device.addApplicationEntity(entity);
        entity.addConnection(calls);
        device.setDimseRQHandler(new Handler());
        for (String uid :
                new String[] {SopClass.STORAGE_COMMITMENT_PUSH, SopClass.INSTANCE_AVAILABILITY_NOTIFICATION}) {
            for (TransferCapability.Role role : TransferCapability.Role.values()) {
                entity.addTransferCapability(new TransferCapability(null, uid, role, "*"));
            }
        }
        if (port > 0) {
            calls.setPort(port);
            try {
                device.bindConnections();
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final class Handler implements DimseRQHandler {
        @Override
        public void onDimse(
                Association association, Presentation context, Dimse dimse, Attributes command, PDVInputStream data)
                throws IOException {
            Attributes dataset = data == null ? new Attributes() : data.readDataset(context.getTransferSyntax());
            got.add(new Got(dimse, command, dataset));
            association.writeDimseRSP(context, Commands.mkRSP(command, 0, dimse));
        }

        @Override
        public void onClose(Association association) {}
    }

    /** An association with the hub for one class. */
    Association call(int port, String sopClassUid) {
        AAssociateRQ request = new AAssociateRQ();
        request.setCallingAET(entity.getAETitle());
        request.setCalledAET("COUNTYHUB");
        request.addPresentationContext(new Presentation(1, sopClassUid, TransferSyntax.IMPLICIT_LITTLE_ENDIAN.uid()));
        try {
            return entity.connect(calls, new Connection("hub", "127.0.0.1", port), request);
        } catch (IOException | InterruptedException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        device.unbindConnections();
        timers.shutdownNow();
    }
}
