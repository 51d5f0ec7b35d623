package org.countyhub.bench.county;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** GB 11643-1999, the check character by ISO 7064 MOD 11-2. */
class ResidentIdTest {
    private static final LocalDate BIRTH_DATE = LocalDate.of(1985, 3, 9);

    @Test
    void acceptsTheRightCheckCharacter() {
        assertThat(ResidentId.isValid("11010020171225006X")).isTrue();
        assertThat(ResidentId.isValid("110101197608056897")).isTrue();
    }

    @Test
    void refusesAnotherCheckCharacter() {
        assertThat(ResidentId.isValid("110101197608056896")).isFalse();
    }

    @Test
    void refusesADayThatDoesNotExist() {
        String body = "35058319850230" + "001";

        assertThat(ResidentId.isValid(body + ResidentId.checkCharacter(body))).isFalse();
    }

    @Test
    void refusesOtherLengthsAndLetters() {
        assertThat(ResidentId.isValid("")).isFalse();
        assertThat(ResidentId.isValid("110100171225006")).isFalse();
        assertThat(ResidentId.isValid("1101002017122500XX")).isFalse();
    }

    @Test
    void statesBirthDateAndSex() {
        String id = ResidentId.of("350583", BIRTH_DATE, Sex.FEMALE, 17);

        assertThat(id).startsWith("35058319850309034");
        assertThat(ResidentId.isValid(id)).isTrue();
        assertThat(ResidentId.birthDate(id)).isEqualTo(BIRTH_DATE);
        assertThat(ResidentId.sex(id)).isEqualTo(Sex.FEMALE);
        assertThat(ResidentId.sex(ResidentId.of("350583", BIRTH_DATE, Sex.MALE, 17)))
                .isEqualTo(Sex.MALE);
    }

    @Test
    void givesNoMoreThanFiveHundredOfOneRegionDayAndSex() {
        assertThat(ResidentId.of("350583", BIRTH_DATE, Sex.MALE, 499)).contains("19850309999");
        assertThatThrownBy(() -> ResidentId.of("350583", BIRTH_DATE, Sex.MALE, 500))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
