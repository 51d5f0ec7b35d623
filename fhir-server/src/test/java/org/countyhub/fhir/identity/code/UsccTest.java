package org.countyhub.fhir.identity.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** GB 32100-2015. */
class UsccTest {
    private static final String VALID = "123502004266007916";
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    @Test
    void tellsTheRegion() {
        assertThat(new Uscc(VALID).region()).isEqualTo("350200");
    }

    @Test
    void lowerCaseAndFullWidthAreFolded() {
        assertThat(Uscc.of("91350100M000100Y43")).contains(new Uscc("91350100M000100Y43"));
        assertThat(Uscc.of("91350100m000100y43")).contains(new Uscc("91350100M000100Y43"));
        assertThat(Uscc.of("１２３５０２００４２６６００７９１６ ")).contains(new Uscc(VALID));
    }

    @Test
    void everyWrongCharacterAndEverySwapOfNeighboursIsCaught() {
        for (int at = 0; at < VALID.length(); at++) {
            for (int i = 0; i < ALPHABET.length(); i++) {
                char c = ALPHABET.charAt(i);
                if (c != VALID.charAt(at)) {
                    assertThat(Uscc.of(VALID.substring(0, at) + c + VALID.substring(at + 1)))
                            .isEmpty();
                }
            }
            if (at > 0 && VALID.charAt(at) != VALID.charAt(at - 1)) {
                String swapped =
                        VALID.substring(0, at - 1) + VALID.charAt(at) + VALID.charAt(at - 1) + VALID.substring(at + 1);
                assertThat(Uscc.of(swapped)).isEmpty();
            }
        }
    }

    @Test
    void otherLengthsAndLettersOutsideItsAlphabetAreWrong() {
        assertThat(Uscc.of("")).isEmpty();
        assertThat(Uscc.of(VALID.substring(1))).isEmpty();
        assertThat(Uscc.of("I23502004266007916")).isEmpty();
    }
}
