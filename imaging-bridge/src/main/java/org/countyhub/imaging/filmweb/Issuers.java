package org.countyhub.imaging.filmweb;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.access.Entitlement;
import org.countyhub.imaging.access.Reader;
import org.countyhub.imaging.film.FilmScope;
import org.countyhub.imaging.http.ClientAddress;
import org.countyhub.imaging.http.DeclaredReader;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Who may make a link to what: a hospital's systems to any study, a doctor to what that doctor may look at, where it is said who may. */
final class Issuers {
    private final Optional<Entitlement> entitlement;

    Issuers(Optional<Entitlement> entitlement) {
        this.entitlement = entitlement;
    }

    /**
     * Checks a link that somebody wants made.
     *
     * @param by the header X-Requester
     * @throws org.countyhub.kernel.ProblemException NotFound where that doctor may not see the study, Forbidden where it is no doctor, or not the earlier studies
     */
    void check(FilmScope scope, String by, HttpServletRequest request) {
        if (entitlement.isEmpty() || !by.startsWith("Practitioner")) {
            return;
        }
        Reader reader = Optional.of(request)
                .filter(asked -> entitlement.get().believes(InetAddress.ofLiteral(asked.getRemoteAddr())))
                .flatMap(DeclaredReader::of)
                .orElseThrow(() -> new Problem.Forbidden(
                                List.of(Fault.at("X-Requester", "forbidden", "a doctor is named by a gateway only")))
                        .exception());
        entitlement.get().look(reader, scope.studyUid(), ClientAddress.of(request));
        if (scope.priors()) {
            entitlement.get().checkCare(reader, scope.studyUid());
        }
    }
}
