package org.countyhub.fhir.identity.code;

import java.util.List;
import java.util.Optional;
import org.countyhub.kernel.Settings;

/** The platform of the medical insurance, as far as it says whose e-voucher was shown. */
public interface InsuranceTokens {
    /**
     * The codes of the person who shows the voucher, to be looked up and forgotten: callers store and log neither the token
     * nor the answer. Empty for a token that is unknown, used or expired. Throws Problem.Busy when the platform does not
     * answer.
     */
    List<InsuranceCode> resolve(InsuranceToken token);

    /**
     * The platform that the switch HUB_INSURANCE_TOKENS names: none if unset or {@code off}, {@code sandbox} for trials. Throws
     * IllegalArgumentException for anything else.
     */
    static Optional<InsuranceTokens> configured(Settings settings) {
        return switch (settings.text("HUB_INSURANCE_TOKENS", "")) {
            case "", "off" -> Optional.empty();
            case "sandbox" -> Optional.of(new SandboxInsuranceTokens());
            default -> throw new IllegalArgumentException("HUB_INSURANCE_TOKENS must be sandbox or off");
        };
    }
}
