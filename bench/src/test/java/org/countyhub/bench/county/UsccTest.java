package org.countyhub.bench.county;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** GB 32100-2015, the check character modulo 31, and GB 11714 for the organisation code inside. */
class UsccTest {
    @Test
    void acceptsTheRightCheckCharacter() {
        assertThat(Uscc.isValid("123502004266007916")).isTrue();
    }

    @Test
    void refusesAnotherCheckCharacterLengthOrLetter() {
        assertThat(Uscc.isValid("123502004266007917")).isFalse();
        assertThat(Uscc.isValid("12350200426600791")).isFalse();
        assertThat(Uscc.isValid("1235020042660079I6")).isFalse();
    }

    @Test
    void computesBothCheckCharacters() {
        assertThat(Uscc.ofPublicInstitution("350200", "42660079")).isEqualTo("123502004266007916");
    }

    @Test
    void everyHospitalHasItsOwn() {
        assertThat(Hospitals.ALL)
                .extracting(Hospital::uscc)
                .doesNotHaveDuplicates()
                .allMatch(Uscc::isValid);
    }
}
