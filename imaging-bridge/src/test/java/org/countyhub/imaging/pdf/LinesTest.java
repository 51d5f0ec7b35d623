package org.countyhub.imaging.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where lines end, GB/T 15834-2011 section 5.1. A Chinese character is 1 wide. */
class LinesTest {
    private final Typeface typeface = Typeface.get();

    private List<String> lines(String text, double room) {
        return typeface.lines(text, 1, room);
    }

    @Test
    void chineseBreaksBetweenAnyCharacters() {
        assertThat(lines("双肺纹理清晰走行自然", 4)).containsExactly("双肺纹理", "清晰走行", "自然");
        assertThat(lines("双肺纹理", 4)).containsExactly("双肺纹理");
        assertThat(lines("", 4)).isEmpty();
        assertThat(lines(" \u0007 ", 4)).isEmpty();
    }

    @Test
    void noClosingMarkBeginsALine() {
        assertThat(lines("双肺清晰。心影", 4)).containsExactly("双肺清", "晰。心影");
        assertThat(lines("见结节（小）。余", 5)).containsExactly("见结节", "（小）。余");
        assertThat(lines("一二三”）。四", 5)).containsExactly("一二", "三”）。四");
    }

    @Test
    void noOpeningMarkEndsALine() {
        assertThat(lines("见结节（大小）", 4)).containsExactly("见结节", "（大小）");
        assertThat(lines("一二三《书》", 4)).containsExactly("一二三", "《书》");
    }

    @Test
    void dashesAndEllipsesStayWhole() {
        assertThat(lines("一二三——四", 4)).containsExactly("一二三", "——四");
        assertThat(lines("一二三……四", 4)).containsExactly("一二三", "……四");
    }

    @Test
    void wordsAndNumbersStayWholeWhereTheyCan() {
        assertThat(lines("No acute findings", 6)).containsExactly("No acute", "findings");
        assertThat(lines("病灶约12.5mm", 5)).containsExactly("病灶约", "12.5mm");
        assertThat(lines("T1-weighted", 4.5)).containsExactly("T1-", "weighted");
    }

    @Test
    void aWordThatIsLongerThanALineBreaks() {
        List<String> broken = lines("见" + "x".repeat(100), 10);
        assertThat(String.join("", broken)).isEqualTo("见" + "x".repeat(100));
        assertThat(broken).allMatch(line -> typeface.width(line, 1) <= 10);
        assertThat(lines("。".repeat(25), 10)).hasSize(3);
    }

    @Test
    void anAccentStaysWithItsLetter() {
        String text = "x\u0323\u0302".repeat(30); // there is no single character for it
        assertThat(lines(text, 4)).hasSizeGreaterThan(2).allMatch(line -> line.startsWith("x"));
    }

    @Test
    void nothingIsLostAndNothingIsTooWide() {
        String[] parts = {
            "肺",
            "结节",
            "，",
            "。",
            "（",
            "）",
            "“",
            "”",
            "——",
            "……",
            "CT",
            "12.5",
            "mm",
            " ",
            "%",
            "-",
            "supercalifragilistic",
            "𬭎"
        };
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(60);
            for (int j = 0; j < length; j++) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            List<String> lines = lines(text.toString(), 8);
            assertThat(String.join("", lines).replace(" ", ""))
                    .isEqualTo(text.toString().replace(" ", ""));
            assertThat(lines).as(text.toString()).allMatch(line -> typeface.width(line, 1) <= 8 + 1e-9);
        }
    }
}
