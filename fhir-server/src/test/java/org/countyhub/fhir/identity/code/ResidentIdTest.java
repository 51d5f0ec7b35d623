package org.countyhub.fhir.identity.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** GB 11643-1999. */
class ResidentIdTest {
    private static final String VALID = "11010020171225006X";
    private static final String REGIONS = "110100,350583,440106,512081,653101,810000,830000,911310";
    private static final int ROUNDS = 300;

    @Test
    void tellsRegionBirthDateAndSex() {
        ResidentId girl = new ResidentId(VALID);

        assertThat(girl.region()).isEqualTo("110100");
        assertThat(girl.birthDate()).isEqualTo(LocalDate.of(2017, 12, 25));
        assertThat(girl.male()).isFalse();
        assertThat(new ResidentId("110101197608056897").male()).isTrue();
    }

    @Test
    void theCheckCharacterMustBeRight() {
        assertThat(ResidentId.check("110101197608056897")).isEqualTo(new Check.Sound("110101197608056897"));
        assertThat(ResidentId.check("110101197608056896"))
                .isEqualTo(new Check.Unsound(
                        "110101197608056896", "the check character of the resident ID is wrong (GB 11643)"));
        assertThat(ResidentId.of("110101197608056896")).isEmpty();
    }

    @Test
    void lowerCaseSpacesAndFullWidthDigitsAreFolded() {
        assertThat(ResidentId.of("11010020171225006x")).contains(new ResidentId(VALID));
        assertThat(ResidentId.of(" 110100 20171225 006X\u200B")).contains(new ResidentId(VALID));
        assertThat(ResidentId.of("１１０１００２０１７１２２５００６Ｘ")).contains(new ResidentId(VALID));
    }

    @Test
    void theOldFormBecomesEighteenDigitsButIsUnproven() {
        // GB 11643-1999, 5: the century 19 and the check character are put in.
        assertThat(ResidentId.check("110101760805689")).isEqualTo(new Check.Unproven("110101197608056897"));
        assertThat(ResidentId.of("110101760805689")).contains(new ResidentId("110101197608056897"));
    }

    @Test
    void theDateMustBeOneOfTheCalendar() {
        assertThat(ResidentId.check(withCheck("11010020170230006"))).isInstanceOf(Check.Unsound.class);
        assertThat(ResidentId.check(withCheck("11010020171325006"))).isInstanceOf(Check.Unsound.class);
        assertThat(ResidentId.check("110101760230689")).isInstanceOf(Check.Unsound.class);
        assertThat(ResidentId.check(withCheck("11010020000229006"))).isInstanceOf(Check.Sound.class);
        assertThat(ResidentId.check(withCheck("11010019000229006"))).isInstanceOf(Check.Unsound.class);
    }

    @Test
    void whatOnlyFillsTheFieldIsWrongEvenWithTheRightCheckCharacter() {
        assertThat(ResidentId.check(withCheck("11111111111111111"))).isInstanceOf(Check.Unsound.class);
        assertThat(ResidentId.check(withCheck("99010120171225006"))).isInstanceOf(Check.Sound.class);
        assertThat(ResidentId.check(withCheck("00010120171225006"))).isInstanceOf(Check.Unsound.class);
    }

    @Test
    void otherLengthsAndCharactersAreWrong() {
        for (String wrong :
                new String[] {"", "X", "1101002017122500", VALID + "1", "1101002017122500XX", "A1010020171225006X"}) {
            assertThat(ResidentId.of(wrong)).as(wrong).isEmpty();
        }
        // Digits of other scripts are digits to Character.isDigit.
        assertThat(ResidentId.of("١١٠١٠٠٢٠١٧١٢٢٥٠٠٦X")).isEmpty();
    }

    @Test
    void theConstructorDoesNotRepeatWhatItRefuses() {
        assertThatThrownBy(() -> new ResidentId("110101197608056896"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("110101197608056896");
    }

    @Test
    void everyWrongCharacterIsCaught() {
        Random random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            String id = random(random);
            for (int at = 0; at < id.length(); at++) {
                for (char c : "0123456789X".toCharArray()) {
                    if (c != id.charAt(at)) {
                        String wrong = id.substring(0, at) + c + id.substring(at + 1);
                        assertThat(ResidentId.of(wrong))
                                .as("%s for %s", wrong, id)
                                .isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void everySwapOfNeighboursIsCaught() {
        Random random = new Random(2);
        for (int round = 0; round < ROUNDS; round++) {
            String id = random(random);
            for (int at = 0; at + 1 < id.length(); at++) {
                String swapped = id.substring(0, at) + id.charAt(at + 1) + id.charAt(at) + id.substring(at + 2);
                if (!swapped.equals(id)) {
                    assertThat(ResidentId.of(swapped))
                            .as("%s for %s", swapped, id)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void theOldFormOfANumberOfTheTwentiethCenturyComesBackAsThatNumber() {
        Random random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            String id = random(random);
            if (id.startsWith("19", 6)) {
                String fifteen = id.substring(0, 6) + id.substring(8, 17);
                assertThat(ResidentId.of(fifteen)).contains(new ResidentId(id));
            }
        }
    }

    private static String random(Random random) {
        String[] regions = REGIONS.split(",", -1);
        LocalDate born = LocalDate.of(1900, 1, 1).plusDays(random.nextInt(46_000));
        String id = withCheck(regions[random.nextInt(regions.length)]
                + born.toString().replace("-", "")
                + "%03d".formatted(random.nextInt(1000)));
        assertThat(new ResidentId(id).birthDate()).isEqualTo(born);
        return id;
    }

    /** The check character by the weights that GB 11643 prints, where the code computes them step by step. */
    private static String withCheck(String body) {
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * (body.charAt(i) - '0');
        }
        return body + "10X98765432".charAt(sum % 11);
    }
}
