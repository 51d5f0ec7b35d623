package org.countyhub.imaging.dicom.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.aoju.bus.core.exception.InternalException;
import org.aoju.bus.image.Device;
import org.aoju.bus.image.metric.ApplicationEntity;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.Connection;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.aoju.bus.image.metric.internal.pdu.RoleSelection;
import org.countyhub.imaging.dicom.Part10;
import org.jspecify.annotations.Nullable;

/** The hub as an application entity: listens, and calls others. Every association has threads of its own, which are virtual. */
public final class DicomNode implements AutoCloseable {
    private static final int TIMER_THREADS = 16;

    private final NetLimits limits;
    private final Device device = new Device("county-hub");
    private final ApplicationEntity entity;
    private final Watchdog watchdog = new Watchdog();
    private final HalfOpen halfOpen;
    private final Counters counters = new Counters();
    private final Negotiation negotiation;
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(
            TIMER_THREADS, Thread.ofVirtual().name("dicom-timer").factory());
    private final List<Acceptor> acceptors = new ArrayList<>();
    private final @Nullable Tls tls;
    private final Connection listening = new Connection();
    private final Connection plainCalls;
    private final @Nullable Connection secureCalls;

    /** @param tls for connections either way that are to be secure; null where none is */
    public DicomNode(String aeTitle, Gate gate, NetLimits limits, Services services, @Nullable Tls tls) {
        this.limits = limits;
        this.tls = tls;
        this.halfOpen = new HalfOpen(limits.halfOpen());
        this.entity = new ApplicationEntity(aeTitle);
        this.negotiation = new Negotiation(aeTitle, gate, limits, services.sopClasses(), halfOpen, counters);
        this.plainCalls = new OutgoingConnection(limits, watchdog, null);
        this.secureCalls = tls == null ? null : new OutgoingConnection(limits, watchdog, tls);
        timers.setRemoveOnCancelPolicy(true);
        device.setExecutor(
                command -> Thread.ofVirtual().name("dicom-association").start(command));
        device.setScheduledExecutor(timers);
        device.setAssociationHandler(negotiation);
        // A peer that does not answer the proposal of a role means the default for it.
        device.setRoleSelectionNegotiationLenient(true);
        device.setDimseRQHandler(new Dispatcher(services));
        device.addApplicationEntity(entity);
        configure(listening);
        configure(plainCalls);
        if (secureCalls != null) {
            configure(secureCalls);
        }
    }

    private void configure(Connection connection) {
        int idle = (int) limits.idle().toMillis();
        connection.setIdleTimeout(idle);
        connection.setResponseTimeout(idle);
        connection.setAcceptTimeout(idle);
        connection.setReleaseTimeout((int) limits.request().toMillis());
        connection.setReceivePDULength(limits.pduBytes());
        connection.setSendPDULength(limits.pduBytes());
        connection.setMaxOpsInvoked(1);
        connection.setMaxOpsPerformed(1);
        // Placed at a device and a name, without which the toolkit does not use it; it never binds by itself.
        connection.setHostname("localhost");
        device.addConnection(connection);
        entity.addConnection(connection);
    }

    /** Listens for plain connections. */
    public int listen(InetAddress address, int port) throws IOException {
        return listen(address, port, null);
    }

    /** Listens for TLS. */
    public int listenSecurely(InetAddress address, int port) throws IOException {
        if (tls == null) {
            throw new IllegalStateException("no TLS is configured");
        }
        return listen(address, port, tls);
    }

    private synchronized int listen(InetAddress address, int port, @Nullable Tls secure) throws IOException {
        Acceptor acceptor =
                new Acceptor(new InetSocketAddress(address, port), listening, limits, watchdog, halfOpen, secure);
        acceptors.add(acceptor);
        return acceptor.port();
    }

    /** Opens an association; close the outlet. */
    public Outlet call(Remote remote, List<Proposal> proposals) throws IOException {
        Connection calls = remote.tls() ? secureCalls : plainCalls;
        if (calls == null) {
            throw new IOException(remote.aeTitle() + " is called by TLS, which is not configured");
        }
        AAssociateRQ request = new AAssociateRQ();
        request.setCallingAET(entity.getAETitle());
        request.setCalledAET(remote.aeTitle());
        request.setImplClassUID(Part10.IMPLEMENTATION_CLASS_UID);
        request.setImplVersionName(Part10.IMPLEMENTATION_VERSION_NAME);
        int id = 1;
        for (Proposal proposal : proposals) {
            request.addPresentationContext(new Presentation(
                    id, proposal.sopClassUid(), proposal.transferSyntaxes().toArray(String[]::new)));
            if (proposal.asProvider()) {
                request.addRoleSelection(new RoleSelection(proposal.sopClassUid(), false, true));
            }
            id += 2;
        }
        try {
            Association association =
                    entity.connect(calls, new Connection(null, remote.host(), remote.port()), request);
            return new AssociationOutlet(association, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while calling " + remote.aeTitle(), e);
        } catch (GeneralSecurityException | InternalException e) {
            throw new IOException("cannot call " + remote.aeTitle() + ": " + e.getMessage(), e);
        }
    }

    /** Associations that others have opened and that are open now. */
    public int openAssociations() {
        return negotiation.open();
    }

    /** Connections that have not yet asked for an association. */
    public int halfOpen() {
        return halfOpen.size();
    }

    public long accepted() {
        return counters.accepted.sum();
    }

    public long rejected() {
        return counters.rejected.sum();
    }

    /** Stops listening and ends all associations. */
    @Override
    public synchronized void close() throws IOException {
        for (Acceptor acceptor : acceptors) {
            acceptor.close();
        }
        watchdog.close();
        timers.shutdownNow();
    }
}
