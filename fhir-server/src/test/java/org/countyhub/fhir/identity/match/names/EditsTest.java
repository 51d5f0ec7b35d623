package org.countyhub.fhir.identity.match.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditsTest {
    @ParameterizedTest
    @CsvSource({
        "abc, abd, true", "abc, abcd, true", "abc, bc, true", "abc, acb, true", "aab, ab, true",
        "abc, abc, false", "abc, cba, false", "abcd, badc, false", "abc, abcde, false", "abcd, acbe, false"
    })
    void oneSlipIsOneCharacterOrOneSwap(String a, String b, boolean expected) {
        assertThat(Edits.isOne(a, b)).isEqualTo(expected);
        assertThat(Edits.isOne(b, a)).isEqualTo(expected);
    }
}
