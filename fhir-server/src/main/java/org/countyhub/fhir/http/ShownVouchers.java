package org.countyhub.fhir.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countyhub.fhir.identity.code.InsuranceCode;
import org.countyhub.fhir.identity.code.InsuranceToken;
import org.countyhub.fhir.identity.code.InsuranceTokens;
import org.countyhub.fhir.identity.link.PersonDirectory;
import org.countyhub.fhir.identity.link.PersonDirectory.Known;
import org.countyhub.fhir.naming.IdentifierSystems;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/**
 * Whose medical insurance e-voucher is shown at a counter. The token goes to the insurance's platform and nowhere else: it is
 * taken from bodies only, since addresses end up in logs, and no answer, fault or log repeats it or the codes behind it.
 */
final class ShownVouchers {
    private static final String PREFIX = IdentifierSystems.INSURANCE_TOKEN + "|";

    private final Optional<InsuranceTokens> platform;
    private final PersonDirectory directory;

    ShownVouchers(Optional<InsuranceTokens> platform, PersonDirectory directory) {
        this.platform = platform;
        this.directory = directory;
    }

    /** Whether {@code [system]|[value]} is a token. */
    static boolean isToken(String identifier) {
        return identifier.startsWith(PREFIX);
    }

    /**
     * The person who shows the voucher.
     *
     * @param identifier one that {@link #isToken}
     * @param inAddress whether it came in the address of the request
     */
    Known person(String identifier, boolean inAddress) {
        if (inAddress) {
            throw Problem.badSearch(
                    "identifier",
                    "an e-voucher token is taken from the body only, as addresses end up in logs: POST Parameters to"
                            + " Person/$resolve");
        }
        InsuranceTokens insurance = platform.orElseThrow(() -> Problem.unprocessable(Fault.at(
                "identifier",
                "not-supported",
                "e-voucher tokens are not configured on this server (switch HUB_INSURANCE_TOKENS)")));
        List<InsuranceCode> codes = codes(insurance, new InsuranceToken(identifier.substring(PREFIX.length())));
        if (codes.isEmpty()) {
            throw Problem.notFound("the e-voucher token is unknown, used or expired");
        }
        Map<ResourceKey, Known> persons = new LinkedHashMap<>();
        for (InsuranceCode code : codes) {
            directory
                    .resolve(code.system().address(), code.value())
                    .forEach(known -> persons.put(known.person().key(), known));
        }
        if (persons.isEmpty()) {
            throw Problem.notFound("nobody is known by the codes behind this e-voucher");
        }
        if (persons.size() > 1) {
            throw new Problem.MultipleMatches(List.of(Fault.at(
                            "identifier",
                            "multiple-matches",
                            "the codes behind this e-voucher are those of " + persons.size()
                                    + " persons; ask a steward")))
                    .exception();
        }
        return persons.values().iterator().next();
    }

    /** What the platform throws may repeat what it was sent, so nothing of it goes on to a log. */
    @SuppressWarnings("CatchingUnchecked")
    private static List<InsuranceCode> codes(InsuranceTokens insurance, InsuranceToken token) {
        try {
            return insurance.resolve(token);
        } catch (ProblemException e) {
            if (e.problem() instanceof Problem.Busy busy) {
                throw Problem.busy("the platform of the medical insurance does not answer", busy.retryAfterSeconds());
            }
            throw Problem.busy("the platform of the medical insurance failed", 5);
        } catch (RuntimeException e) {
            throw Problem.busy("the platform of the medical insurance failed", 5);
        }
    }
}
