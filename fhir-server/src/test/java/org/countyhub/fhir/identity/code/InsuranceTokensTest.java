package org.countyhub.fhir.identity.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.countyhub.kernel.Settings;
import org.junit.jupiter.api.Test;

class InsuranceTokensTest {
    private static final String SWITCH = "HUB_INSURANCE_TOKENS";

    private final InsuranceTokens sandbox =
            InsuranceTokens.configured(new Settings(Map.of(SWITCH, "sandbox"))).orElseThrow();

    @Test
    void withoutTheSwitchThereIsNoPlatform() {
        assertThat(InsuranceTokens.configured(new Settings(Map.of()))).isEmpty();
    }

    @Test
    void anotherPlatformIsNotMadeUp() {
        assertThatThrownBy(() -> InsuranceTokens.configured(new Settings(Map.of(SWITCH, "true"))))
                .hasMessage("HUB_INSURANCE_TOKENS must be sandbox or off");
    }

    @Test
    void theSandboxResolvesATokenToTheNumbersInIt() {
        assertThat(sandbox.resolve(new InsuranceToken("SANDBOX-350583000012")))
                .containsExactly(new InsuranceCode(CodeSystem.INSURANCE, "350583000012"));
        assertThat(sandbox.resolve(new InsuranceToken("SANDBOX-350583000012-11010020171225006X")))
                .containsExactly(
                        new InsuranceCode(CodeSystem.INSURANCE, "350583000012"),
                        new InsuranceCode(CodeSystem.RESIDENT_ID, "11010020171225006X"));
    }

    @Test
    void anyOtherTokenIsExpired() {
        assertThat(sandbox.resolve(new InsuranceToken("28C8A0F1E2"))).isEmpty();
        assertThat(sandbox.resolve(new InsuranceToken(""))).isEmpty();
    }

    @Test
    void textFormsSayNeitherTokenNorNumber() {
        InsuranceToken token = new InsuranceToken("SANDBOX-350583000012");

        assertThat(token + " " + sandbox.resolve(token)).doesNotContain("350583000012");
    }
}
