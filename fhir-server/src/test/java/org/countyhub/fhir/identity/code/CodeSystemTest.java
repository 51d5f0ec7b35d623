package org.countyhub.fhir.identity.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodeSystemTest {
    @Test
    void theOlderAddressOfTheResidentIdIsKnown() {
        assertThat(CodeSystem.of("urn:oid:2.16.840.1.113883.2.23.1.19.1")).contains(CodeSystem.RESIDENT_ID);
        assertThat(CodeSystem.of("urn:oid:2.16.156.10011.1.33")).isEmpty();
    }

    @Test
    void everySystemIsFoundUnderItsAddress() {
        for (CodeSystem system : CodeSystem.values()) {
            assertThat(CodeSystem.of(system.address())).contains(system);
        }
    }

    @Test
    void cardsThatMachinesReadAreSoundInTheirShapeAndOtherwiseUnproven() {
        assertThat(CodeSystem.SOCIAL_SECURITY_CARD.check("d 12345678")).isEqualTo(new Check.Sound("D12345678"));
        assertThat(CodeSystem.SOCIAL_SECURITY_CARD.check("12345")).isEqualTo(new Check.Unproven("12345"));
        assertThat(CodeSystem.HEALTH_CARD.check("98ff9f2c05145cb9305e9d8a57e072bb51180ca49e5be5e9d41bce3a9a571928"))
                .isEqualTo(new Check.Sound("98FF9F2C05145CB9305E9D8A57E072BB51180CA49E5BE5E9D41BCE3A9A571928"));
        assertThat(CodeSystem.HEALTH_CARD.check("350583A00123")).isInstanceOf(Check.Unproven.class);
        assertThat(CodeSystem.INSURANCE.check("35058300012345678901")).isInstanceOf(Check.Sound.class);
    }

    @Test
    void papersThatAreCopiedByHandAreNeverMoreThanUnproven() {
        assertThat(CodeSystem.PASSPORT.check("e12345678")).isEqualTo(new Check.Unproven("E12345678"));
        assertThat(CodeSystem.PASSPORT.check("EA1234567")).isInstanceOf(Check.Unproven.class);
        assertThat(CodeSystem.BIRTH_CERTIFICATE.check("P350012345")).isInstanceOf(Check.Unproven.class);
        assertThat(CodeSystem.HEALTH_RECORD.check("35058300100200017")).isInstanceOf(Check.Unproven.class);
        assertThat(CodeSystem.OFFICER_CARD.check("军字第1234567号")).isInstanceOf(Check.Unproven.class);
    }

    @Test
    void whatDoesNotLookLikeThePaperIsUnsound() {
        assertThat(CodeSystem.PASSPORT.check("PASSPORT")).isInstanceOf(Check.Unsound.class);
        assertThat(CodeSystem.PASSPORT.check("E1234567890123")).isInstanceOf(Check.Unsound.class);
        assertThat(CodeSystem.HONG_KONG_MACAO_PERMIT.check("C12345678")).isInstanceOf(Check.Unsound.class);
        assertThat(CodeSystem.TAIWAN_PERMIT.check("1234567")).isInstanceOf(Check.Unsound.class);
        assertThat(CodeSystem.BIRTH_CERTIFICATE.check("1350012345")).isInstanceOf(Check.Unsound.class);
    }

    @Test
    void theCountOfReissuesIsNoPartOfAPermitNumber() {
        assertThat(CodeSystem.HONG_KONG_MACAO_PERMIT.check("h1234567802")).isEqualTo(new Check.Unproven("H12345678"));
        assertThat(CodeSystem.HONG_KONG_MACAO_PERMIT.check("H12345678")).isEqualTo(new Check.Unproven("H12345678"));
        assertThat(CodeSystem.TAIWAN_PERMIT.check("0123456701（B）")).isEqualTo(new Check.Unproven("01234567"));
        assertThat(CodeSystem.TAIWAN_PERMIT.check("01234567")).isEqualTo(new Check.Unproven("01234567"));
    }

    @Test
    void aHouseholdRegisterIsSharedByTheFamily() {
        assertThat(CodeSystem.HOUSEHOLD_REGISTER.check("350583001")).isEqualTo(new Check.Shared("350583001"));
    }

    @Test
    void hospitalNumbersDependOnTheirAssigner() {
        assertThat(CodeSystem.OUTPATIENT.check("00000001")).isEqualTo(new Check.PerAssigner("00000001"));
        assertThat(CodeSystem.INPATIENT.check("zy0000001")).isEqualTo(new Check.PerAssigner("ZY0000001"));
        assertThat(CodeSystem.checkPerAssigner("7")).isEqualTo(new Check.PerAssigner("7"));
    }

    @Test
    void valuesThatOnlyFillTheFieldAreUnsoundInEverySystem() {
        for (String filler : new String[] {"0", "000", "999999999", "--", "无", "未知", "null", "N/A", "／", "AAAA"}) {
            for (CodeSystem system : CodeSystem.values()) {
                assertThat(system.check(filler)).as("%s %s", system, filler).isInstanceOf(Check.Unsound.class);
            }
            assertThat(CodeSystem.checkUnknown(filler)).as(filler).isInstanceOf(Check.Unsound.class);
            assertThat(CodeSystem.checkPerAssigner(filler)).as(filler).isInstanceOf(Check.Unsound.class);
        }
    }

    @Test
    void onlyNumbersForLifeTellTwoPeopleApart() {
        assertThat(CodeSystem.RESIDENT_ID.onePerPerson()).isTrue();
        assertThat(CodeSystem.BIRTH_CERTIFICATE.onePerPerson()).isTrue();
        assertThat(CodeSystem.SOCIAL_SECURITY_CARD.onePerPerson()).isFalse();
        assertThat(CodeSystem.HEALTH_CARD.onePerPerson()).isFalse();
    }
}
