package org.countyhub.imaging.dicom.net;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.aoju.bus.image.metric.Association;
import org.aoju.bus.image.metric.AssociationHandler;
import org.aoju.bus.image.metric.internal.pdu.AAssociateAC;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRJ;
import org.aoju.bus.image.metric.internal.pdu.AAssociateRQ;
import org.aoju.bus.image.metric.internal.pdu.Presentation;
import org.aoju.bus.image.metric.internal.pdu.RoleSelection;
import org.countyhub.imaging.dicom.Part10;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers association requests (PS3.8 section 7.1, PS3.7 annex D): who is let in, and which presentation contexts are accepted. */
final class Negotiation extends AssociationHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Negotiation.class);
    private static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";
    /** Below this a message would be mostly headers, and the toolkit would go round in circles. */
    private static final int LEAST_PDU = 256;

    private final String aeTitle;
    private final Gate gate;
    private final NetLimits limits;
    private final Set<String> services;
    private final HalfOpen halfOpen;
    private final Counters counters;
    private final Map<String, Integer> open = new HashMap<>();
    private int openInAll;

    Negotiation(
            String aeTitle, Gate gate, NetLimits limits, Set<String> services, HalfOpen halfOpen, Counters counters) {
        this.aeTitle = aeTitle;
        this.gate = gate;
        this.limits = limits;
        this.services = services;
        this.halfOpen = halfOpen;
        this.counters = counters;
    }

    @Override
    protected AAssociateAC negotiate(Association association, AAssociateRQ request) throws AAssociateRJ {
        GuardedSocket socket = (GuardedSocket) association.getSocket();
        Caller caller = caller(request.getCallingAET(), socket);
        if ((request.getProtocolVersion() & 1) == 0) {
            throw rejected(caller, "protocol version", 1, 2, 2);
        }
        if (!APPLICATION_CONTEXT.equals(request.getApplicationContext())) {
            throw rejected(caller, "application context", 1, 1, 2);
        }
        if (!aeTitle.equals(request.getCalledAET())) {
            throw rejected(caller, "it called another AE title", 1, 1, 7);
        }
        int admitted =
                switch (gate.decide(caller)) {
                    case Gate.Admitted yes -> yes.maxAssociations();
                    case Gate.Refused no -> throw rejected(caller, no.why(), 1, 1, 3);
                };
        int pdu = request.getMaxPDULength();
        if (pdu > 0 && pdu < LEAST_PDU) {
            throw rejected(caller, "it takes PDUs of %d bytes only".formatted(pdu), 1, 1, 1);
        }
        if (pdu < 0) {
            // More than 2 GiB, which the toolkit would take for a negative number.
            request.setMaxPDULength(0);
        }
        if (!enter(caller, admitted)) {
            counters.limited.increment();
            throw rejected(caller, "too many associations", 2, 3, 2);
        }
        association.setProperty(Session.class, new Session(caller));
        halfOpen.remove(socket);
        socket.established();
        counters.accepted.increment();
        return accepted(request);
    }

    private AAssociateRJ rejected(Caller caller, String why, int result, int source, int reason) {
        counters.rejected.increment();
        LOG.warn("association of {} rejected: {}", plain(caller.toString()), plain(why));
        return new AAssociateRJ(result, source, reason);
    }

    /** Nobody writes lines of the log by an AE title with line feeds. */
    private static String plain(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    private static Caller caller(String callingAe, GuardedSocket socket) {
        InetAddress address = socket.getInetAddress();
        return new Caller(callingAe, address, certificate(socket));
    }

    private static @Nullable X509Certificate certificate(GuardedSocket socket) {
        try {
            return socket.carried() instanceof SSLSocket secure
                            && secure.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? certificate
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    private synchronized boolean enter(Caller caller, int most) {
        int already = open.getOrDefault(caller.callingAe(), 0);
        if (openInAll >= limits.associations() || already >= most) {
            return false;
        }
        openInAll++;
        open.put(caller.callingAe(), already + 1);
        return true;
    }

    /** Associations open now. */
    synchronized int open() {
        return openInAll;
    }

    @Override
    protected void onClose(Association association) {
        Session session = association.getProperty(Session.class);
        if (session != null) {
            association.clearProperty(Session.class.getName());
            leave(session.caller());
        }
    }

    private synchronized void leave(Caller caller) {
        openInAll--;
        open.computeIfPresent(caller.callingAe(), (title, count) -> count == 1 ? null : count - 1);
    }

    private AAssociateAC accepted(AAssociateRQ request) {
        AAssociateAC answer = new AAssociateAC();
        answer.setCalledAET(request.getCalledAET());
        answer.setCallingAET(request.getCallingAET());
        answer.setMaxPDULength(limits.pduBytes());
        answer.setMaxOpsInvoked(1);
        answer.setMaxOpsPerformed(1);
        answer.setImplClassUID(Part10.IMPLEMENTATION_CLASS_UID);
        answer.setImplVersionName(Part10.IMPLEMENTATION_VERSION_NAME);
        for (Presentation proposed : request.getPresentationContexts()) {
            answer.addPresentationContext(answer(request, answer, proposed));
        }
        return answer;
    }

    private Presentation answer(AAssociateRQ request, AAssociateAC answer, Presentation proposed) {
        String[] syntaxes = proposed.getTransferSyntaxes();
        String first = syntaxes.length == 0 ? "" : syntaxes[0];
        String sopClass = proposed.getAbstractSyntax() == null ? "" : proposed.getAbstractSyntax();
        boolean storage = SopClasses.isStorage(sopClass, limits.privateClasses());
        if (!storage && !services.contains(sopClass)) {
            return new Presentation(proposed.getPCID(), Presentation.ABSTRACT_SYNTAX_NOT_SUPPORTED, first);
        }
        RoleSelection roles = request.getRoleSelectionFor(sopClass);
        if (roles != null && answer.getRoleSelectionFor(sopClass) == null) {
            // The asker may provide storage, to be sent to by C-GET; all else the hub provides.
            answer.addRoleSelection(new RoleSelection(sopClass, roles.isSCU(), storage && roles.isSCP()));
        }
        for (String syntax : syntaxes) {
            if (storage ? SopClasses.isStored(syntax) : SopClasses.isPlain(syntax)) {
                return new Presentation(proposed.getPCID(), Presentation.ACCEPTANCE, syntax);
            }
        }
        return new Presentation(proposed.getPCID(), Presentation.TRANSFER_SYNTAX_NOT_SUPPORTED, first);
    }
}
