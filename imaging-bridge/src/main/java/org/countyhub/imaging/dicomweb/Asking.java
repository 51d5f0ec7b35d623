package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.countyhub.imaging.http.ClientAddress;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.Source;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Finds out who sends a request. */
final class Asking {
    static final String TITLE_HEADER = "X-AE-Title";

    private static final Pattern TITLE =
            Pattern.compile("[\\x21-\\x5B\\x5D-\\x7E]([\\x20-\\x5B\\x5D-\\x7E]{0,14}[\\x21-\\x5B\\x5D-\\x7E])?");

    private final Clients clients;

    Asking(Clients clients) {
        this.clients = clients;
    }

    /** Who wants to store; Problem.Forbidden for whoever takes no part. */
    Sender sender(HttpServletRequest request) {
        return known(request)
                .filter(Clients.Client::mayStore)
                .map(Clients.Client::sender)
                .orElseThrow(() -> new Problem.Forbidden(List.of(Fault.at(
                                TITLE_HEADER, "forbidden", "no system of that title may store from that address")))
                        .exception());
    }

    /** Of which hospital it is, whose numbers are meant by a PatientID. */
    Source source(HttpServletRequest request) {
        return known(request).map(client -> client.sender().source()).orElse(Source.NONE);
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
