package org.countyhub.imaging.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

/** Which characters are shown, and what becomes of others. */
class TypefaceTest {
    private final Typeface typeface = Typeface.get();

    private void isShownAsItIs(String text) {
        assertThat(typeface.shown(text)).isEqualTo(text);
        assertThat(typeface.missing(text)).isEmpty();
    }

    private static String all(String charset, int firstRow, int lastRow, int firstCell) {
        StringBuilder all = new StringBuilder();
        for (int row = firstRow; row <= lastRow; row++) {
            for (int cell = firstCell; cell <= 0xFE; cell++) {
                String one = new String(new byte[] {(byte) row, (byte) cell}, Charset.forName(charset));
                int type = Character.getType(one.charAt(0));
                // Cells that a charset leaves to its users are no characters of it.
                if (one.length() == 1 && !one.contains("\uFFFD") && type != Character.PRIVATE_USE) {
                    all.append(one);
                }
            }
        }
        return all.toString();
    }

    @Test
    void allOfGb2312AndGbkIsThere() {
        String gb2312 = all("GB2312", 0xA1, 0xF7, 0xA1);
        assertThat(gb2312.length()).isEqualTo(7445);
        isShownAsItIs(gb2312);
        String gbk = all("GBK", 0x81, 0xFE, 0x40);
        assertThat(gbk.length()).isGreaterThan(21_000);
        assertThat(typeface.missing(gbk)).as("≒").containsExactly("U+2252");
    }

    @Test
    void rareCharactersOfNamesAreThere() {
        isShownAsItIs("喆堃犇淼㛃𬭎䶮镕珺瑄翀昇祎昱赟頔嬛㸆𫍯𬍡尛");
        StringBuilder unified = new StringBuilder();
        for (int character = 0x4E00; character <= 0x9FA5; character++) {
            unified.appendCodePoint(character);
        }
        isShownAsItIs(unified.toString());
    }

    @Test
    void whatFindingsAreWrittenWithIsThere() {
        isShownAsItIs("SpO₂ 98% ×10⁹/L 10⁻³ ≥≤± µg μg ℃ ‰ Ⅱ° ①② ½ ⅓ α β γ ↑↓→ √ ≈ Ω Å “”‘’——…… cm² cm³ é ü ß ñ Ж");
    }

    @Test
    void controlsAndWhatSteersOtherCharactersVanish() {
        assertThat(typeface.shown("a\u0000b\u0007c\u202Ed\u2066e\uFEFFf\u200Bg\u00ADh"))
                .isEqualTo("abcdefgh");
        assertThat(typeface.shown("一\t二\n三\u2028四\u1680五")).isEqualTo("一 二 三 四 五");
        assertThat(typeface.shown("葛\uDB40\uDD00")).isEqualTo("葛");
    }

    @Test
    void whatNoFontHasIsSeenToBeMissing() {
        assertThat(typeface.shown("王\uD83D\uDE00\uE863\uD800李")).isEqualTo("王□□□李");
        assertThat(typeface.missing("王\uD83D\uDE00\uE863\uD800李\uD83D\uDE00"))
                .containsExactly("U+1F600", "U+E863", "U+D800");
        assertThat(typeface.missing("□")).isEmpty();
    }

    @Test
    void anEquivalentCharacterStandsForOneThatIsMissing() {
        assertThat(typeface.face(0x2F804)).as("no font has it").isEqualTo(-1);
        assertThat(typeface.shown("\uD87E\uDC04")).isEqualTo("你");
        assertThat(typeface.shown("e\u0301")).isEqualTo("é");
    }

    @Test
    void whatIsTooLongForALineEndsInAnEllipsis() {
        assertThat(typeface.within("短", 3, 20)).isEqualTo("短");
        String cut = typeface.within("很长的一个检查项目名称", 3, 20);
        assertThat(cut).startsWith("很长的").endsWith("…");
        assertThat(typeface.width(cut, 3)).isLessThanOrEqualTo(20);
    }
}
