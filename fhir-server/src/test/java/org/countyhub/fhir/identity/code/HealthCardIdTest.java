package org.countyhub.fhir.identity.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The public test of the national specification. */
class HealthCardIdTest {
    private static final byte[] ROOT = HexFormat.of().parseHex("0123456789ABCDEFFEDCBA9876543210");
    private static final RootKey ROOT_KEY = block -> Sm4.encrypt(ROOT, block);
    private static final String INDEX = "ABD17E7ED399EF68AB5660155D6E226D2C92EAC3254A4A66BED83AED0ADA1E9E";
    private static final String CARD = "98FF9F2C05145CB9305E9D8A57E072BB51180CA49E5BE5E9D41BCE3A9A571928";

    @Test
    void isMadeFromPaperAndIndex() {
        assertThat(HealthCardId.of(ROOT_KEY, INDEX, "01", "11010020171225006X").hex())
                .isEqualTo(CARD);
    }

    @Test
    void typingDoesNotMatter() {
        assertThat(HealthCardId.of(ROOT_KEY, INDEX.toLowerCase(Locale.ROOT), "01", "11010020171225006x ")
                        .hex())
                .isEqualTo(CARD);
    }

    @Test
    void anotherPaperOrAnotherPersonHasAnotherCard() {
        assertThat(HealthCardId.of(ROOT_KEY, INDEX, "03", "11010020171225006X").hex())
                .isNotEqualTo(CARD);
        assertThat(HealthCardId.of(ROOT_KEY, "C" + INDEX.substring(1), "01", "11010020171225006X")
                        .hex())
                .isNotEqualTo(CARD);
    }

    @Test
    void whatIsNoPaperIsRefusedWithoutRepeatingIt() {
        for (String number : new String[] {"", "军字第1234567号", "1".repeat(31)}) {
            assertThatThrownBy(() -> HealthCardId.of(ROOT_KEY, INDEX, "01", number))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a paper has a kind of two digits and a number of 1 to 30 ASCII characters");
        }
        assertThat(HealthCardId.of(ROOT_KEY, INDEX, "01", "1".repeat(30)).hex()).hasSize(64);
        assertThatThrownBy(() -> HealthCardId.of(ROOT_KEY, "12", "01", "1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itsTextFormDoesNotSayIt() {
        assertThat(new HealthCardId(CARD).toString()).doesNotContain(CARD.substring(0, 8));
        assertThatThrownBy(() -> new HealthCardId(CARD + "0")).message().doesNotContain(CARD.substring(0, 8));
    }
}
