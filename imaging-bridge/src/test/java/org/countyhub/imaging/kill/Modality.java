package org.countyhub.imaging.kill;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.aoju.bus.image.Device;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.metric.ApplicationEntity;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.Connection;
import org.aoju.bus.image.metric.DimseRSP;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.Presentation;

/** A device that stores over an association, with the toolkit as it comes. */
final class Modality implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final Association association;

    /** @throws IOException when nobody takes the association */
    Modality(int port) throws IOException {
        Device device = new Device("modality");
        Connection calls = new Connection("modality", "127.0.0.1");
        ApplicationEntity entity = new ApplicationEntity("CT1");
        calls.setResponseTimeout(TIMEOUT_MILLIS);
        calls.setAcceptTimeout(TIMEOUT_MILLIS);
        calls.setConnectTimeout(TIMEOUT_MILLIS);
        calls.setTcpNoDelay(true);
        device.setExecutor(Thread::startVirtualThread);
        device.setScheduledExecutor(timers);
        device.addConnection(calls);
        device.addApplicationEntity(entity);
        entity.addConnection(calls);
        AAssociateRQ request = new AAssociateRQ();
        request.setCallingAET("CT1");
        request.setCalledAET("COUNTYHUB");
        request.addPresentationContext(new Presentation(1, Slice.SOP_CLASS, Slice.SYNTAX.uid()));
        try {
            association = entity.connect(calls, new Connection("hub", "127.0.0.1", port), request);
        } catch (IOException e) {
            timers.shutdownNow();
            throw e;
        } catch (InterruptedException | GeneralSecurityException e) {
            timers.shutdownNow();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Stores a slice.
     *
     * @return the status of the response
     * @throws IOException when none comes
     */
    int store(Slice slice) throws IOException {
        byte[] dataset = slice.dataset();
        try {
            DimseRSP response = association.cstore(
                    Slice.SOP_CLASS, slice.uid(), 0, (out, syntax) -> out.write(dataset), Slice.SYNTAX.uid());
            if (!response.next()) {
                throw new IOException("no response");
            }
            return response.getCommand().getInt(Tag.Status, -1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        association.abort();
        timers.shutdownNow();
    }
}
