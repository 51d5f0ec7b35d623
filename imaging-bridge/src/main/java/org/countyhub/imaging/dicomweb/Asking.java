package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.countyhub.imaging.access.Entitlement;
import org.countyhub.imaging.access.Reader;
import org.countyhub.imaging.http.Admitted;
import org.countyhub.imaging.http.ClientAddress;
import org.countyhub.imaging.http.DeclaredReader;
import org.countyhub.imaging.peers.Permission;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.query.Query;
import org.countyhub.imaging.study.query.Reach;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/** Finds out who sends a request, and what that may look at. */
final class Asking {
    static final String TITLE_HEADER = "X-AE-Title";

    private static final Pattern TITLE =
            Pattern.compile("[\\x21-\\x5B\\x5D-\\x7E]([\\x20-\\x5B\\x5D-\\x7E]{0,14}[\\x21-\\x5B\\x5D-\\x7E])?");

    private final Clients clients;
    private final Optional<Entitlement> entitlement;

    /** @param entitlement who may look at what; empty where whoever is let through may look at everything */
    Asking(Clients clients, Optional<Entitlement> entitlement) {
        this.clients = clients;
        this.entitlement = entitlement;
    }

    /** Who wants to store; Problem.Forbidden for whoever takes no part. */
    Sender sender(HttpServletRequest request) {
        return known(request)
                .filter(client -> client.may().contains(Permission.STORE))
                .map(Clients.Client::sender)
                .orElseThrow(() -> forbidden(TITLE_HEADER, "no system of that title may store from that address"));
    }

    /** Of which hospital it is, whose numbers are meant by a PatientID. */
    Source source(HttpServletRequest request) {
        Optional<Reader> reader = reader(request);
        return entitlement.isPresent() && reader.isPresent()
                ? entitlement.get().source(reader.get())
                : known(request).map(client -> client.sender().source()).orElse(Source.NONE);
    }

    /** How far whoever asks that sees; empty without bounds. */
    Optional<Reach> reach(HttpServletRequest request, Query query) {
        return reader(request).flatMap(reader -> entitlement.orElseThrow().reach(reader, query));
    }

    /**
     * Checks that whoever asks may look at a study or, by an empty UID, ask for what there is: by a link, whose gate has found that out; as a system
     * that may do so by associations too; as a doctor who is entitled to it, which goes on record.
     *
     * @param permission that a system needs
     * @throws ProblemException NotFound for a doctor who may not see that study; Forbidden for anybody else
     */
    void checkLooking(HttpServletRequest request, Permission permission, String studyUid) {
        if (entitlement.isEmpty() || Admitted.is(request)) {
            return;
        }
        Optional<Reader> reader = reader(request);
        if (reader.isPresent() && studyUid.isEmpty()) {
            entitlement.get().checkPractising(reader.get());
        } else if (reader.isPresent()) {
            entitlement.get().look(reader.get(), studyUid, ClientAddress.of(request));
        } else if (known(request)
                .filter(client -> client.may().contains(permission))
                .isEmpty()) {
            throw forbidden(
                    "X-Requester",
                    "nobody has said who asks: a gateway does, by X-Requester and X-Requester-Organization, or a system by X-AE-Title");
        }
    }

    /** The doctor who asks; empty where nobody needs to be one, or none is named by a gateway that is believed. */
    private Optional<Reader> reader(HttpServletRequest request) {
        return entitlement.isPresent()
                        && !Admitted.is(request)
                        && entitlement.get().believes(peer(request))
                ? DeclaredReader.of(request)
                : Optional.empty();
    }

    private static InetAddress peer(HttpServletRequest request) {
        return InetAddress.ofLiteral(request.getRemoteAddr());
    }

    private static ProblemException forbidden(String header, String why) {
        return new Problem.Forbidden(List.of(Fault.at(header, "forbidden", why))).exception();
    }

    private Optional<Clients.Client> known(HttpServletRequest request) {
        String title = request.getHeader(TITLE_HEADER);
        if (title != null && !TITLE.matcher(title).matches()) {
            throw Problem.malformed(
                    Fault.at(TITLE_HEADER, "value", "an AE title has 1 to 16 characters (PS3.5 table 6.2-1)"));
        }
        return clients.client(title == null ? Clients.NAMELESS : title, ClientAddress.of(request));
    }
}
