package org.countyhub.imaging.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.countyhub.imaging.ReadPdf.squeezed;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.pdmodel.PDPage;
import org.countyhub.imaging.ReadPdf;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.imaging.render.Language;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

/** A report on paper says what the report says, all of it. */
class ReportPdfTest {
    private static final Instant MADE = Instant.parse("2026-03-02T01:30:00Z");
    private static final Examination EXAMINATION =
            new Examination("王喆𬭎", "F", "042Y", "1984-01-23", "县人民医院", "2026-03-01", List.of("CT"), "CT20260301-007");

    private static FilmReport report(String status, List<String> findings, String conclusion) {
        return new FilmReport(
                "r1",
                "胸部CT平扫",
                status,
                Instant.parse("2026-03-01T08:00:00Z"),
                List.of("李医生", "县人民医院放射科"),
                findings,
                conclusion,
                0);
    }

    private static ReportPdf.Copy copy(Language language) {
        return new ReportPdf.Copy("县人民医院", language, ZoneId.of("Asia/Shanghai"), MADE);
    }

    private static ReadPdf read(FilmReport report, Language language) {
        return new ReadPdf(ReportPdf.of(report, EXAMINATION, copy(language)));
    }

    private static ReadPdf read(FilmReport report) {
        return read(report, Language.ZH);
    }

    @Test
    void whatIsKnownStandsInTheFile() {
        try (ReadPdf read = read(report("final", List.of("两肺纹理清晰，走行自然。", "SpO₂ 98%，白细胞 5.6×10⁹/L。"), "未见明显异常。"))) {
            assertThat(read.text())
                    .contains("县人民医院", "胸部CT平扫", "检查报告")
                    .contains("姓名：王喆𬭎", "性别：女", "年龄：42 岁", "出生日期：1984-01-23")
                    .contains("检查日期：2026-03-01", "检查类型：CT", "检查号：CT20260301-007", "报告状态：已签发")
                    .contains("两肺纹理清晰，走行自然。", "SpO₂ 98%，白细胞 5.6×10⁹/L。", "结论", "未见明显异常。")
                    .contains("报告人：李医生、县人民医院放射科", "签发时间：2026-03-01 16:00")
                    .contains("生成于 2026-03-02 09:30 (Asia/Shanghai)", "副本")
                    .contains("1/1");
            assertThat(read.width()).isCloseTo(210, within(0.01));
            assertThat(read.height()).isCloseTo(297, within(0.01));
            var information = read.document.getDocumentInformation();
            assertThat(information.getTitle()).isEqualTo("检查报告 · 胸部CT平扫 · 2026-03-01");
            assertThat(information.getCreationDate().toInstant()).isEqualTo(MADE);
            assertThat(read.document.getDocumentCatalog().getLanguage()).isEqualTo("zh-CN");
            read.checkThatItStandsAlone();
        }
    }

    @Test
    void theWordsAroundItAreInTheReadersLanguage() {
        try (ReadPdf read = read(report("final", List.of("No acute findings."), "Normal."), Language.EN)) {
            assertThat(read.text())
                    .contains("Name: 王喆𬭎", "Sex: female", "Age: 42 years", "Status: final", "Conclusion", "Normal.")
                    .contains("Reported by: 李医生, 县人民医院放射科", "Issued: 2026-03-01 16:00");
            assertThat(read.document.getDocumentCatalog().getLanguage()).isEqualTo("en");
        }
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        Examination nothing = new Examination("", "", "", "", "", "", List.of(), "");
        FilmReport bare = new FilmReport("r1", "", "final", null, List.of(), List.of("有"), "", 0);
        try (ReadPdf read = new ReadPdf(
                ReportPdf.of(bare, nothing, new ReportPdf.Copy("", Language.ZH, ZoneId.of("Asia/Shanghai"), MADE)))) {
            assertThat(read.text())
                    .contains("检查报告", "报告状态：已签发", "有")
                    .doesNotContain("姓名", "性别", "年龄", "出生", "检查日期", "检查类型", "检查号", "结论", "报告人", "签发时间", "null");
        }
    }

    @Test
    void aReportWithoutTextSaysSo() {
        FilmReport document = new FilmReport("r1", "CT", "final", null, List.of(), List.of(" ", "\u0007"), " ", 1);
        try (ReadPdf read = read(document)) {
            assertThat(read.text()).contains("报告没有文字内容。", "医院另附有报告文档");
        }
    }

    @Test
    void aChangedReportSaysThatItWasChanged() {
        String[][] notes = {{"amended", "修改报告", "已修改"}, {"corrected", "更正报告", "已更正"}, {"appended", "补充报告", "已补充"}};
        for (String[] note : notes) {
            try (ReadPdf read = read(report(note[0], List.of("有"), ""))) {
                assertThat(read.text()).contains(note[1] + "：", "报告状态：" + note[2]);
            }
        }
        try (ReadPdf read = read(report("final", List.of("有"), ""))) {
            assertThat(read.text()).doesNotContain("修改", "更正", "补充");
        }
    }

    @Test
    void whatAReportSaysIsTextAndNothingElse() {
        String script = "<script>alert(1)</script> &amp; %PDF (x) \\) Tj ET <</JS (app.alert(1))>> endstream endobj";
        FilmReport hostile = new FilmReport("r1", script, "final", null, List.of(script), List.of(script), script, 0);
        try (ReadPdf read = read(hostile)) {
            String squeezed = squeezed(read.text());
            assertThat(squeezed.split(java.util.regex.Pattern.quote(squeezed(script)), -1))
                    .hasSize(5);
            read.checkThatItStandsAlone();
        }
    }

    @Test
    void controlsVanishAndWhatNoFontHasIsSeen() {
        try (ReadPdf read = read(report("final", List.of("见\u0000结\u202E节\uD83D\uDE00。", "名\uE863\uD800。"), ""))) {
            assertThat(read.text()).contains("见结节□。", "名□□。", "□ 代表字库中没有的字：U+1F600、U+E863、U+D800");
        }
    }

    /** Different paragraphs, with all that lines are broken at. */
    private static List<String> paragraphs(int characters) {
        String text =
                "右肺上叶尖段见一枚磨玻璃结节（大小约 8.5mm×6.2mm），边界清楚；余肺“未见”明显异常——建议随访……Follow-up CT in 3-6 months is recommended. ";
        List<String> paragraphs = new ArrayList<>();
        for (int i = 0; i * 200 < characters; i++) {
            int number = i;
            paragraphs.add(IntStream.range(0, 2)
                            .mapToObj(j -> "第" + (2 * number + j) + "条：" + text)
                            .reduce("", String::concat)
                    + Character.toString(0x4E00 + 31 * i));
        }
        return paragraphs;
    }

    @Test
    void aLongReportGoesOnOverManyPages() {
        List<String> paragraphs = paragraphs(20_000);
        assertThat(String.join("", paragraphs).length()).isGreaterThan(20_000);
        try (ReadPdf read = read(report("corrected", paragraphs, "结论在最后。"))) {
            List<String> pages = read.pages();
            assertThat(pages).hasSizeBetween(8, 20);
            String head = squeezed("王喆𬭎 · 胸部CT平扫 · 2026-03-01");
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < pages.size(); i++) {
                String page = squeezed(pages.get(i));
                assertThat(page).contains((i + 1) + "/" + pages.size());
                assertThat(page.contains(head)).isEqualTo(i > 0);
                int foot = page.lastIndexOf((i + 1) + "/" + pages.size());
                all.append(page, i == 0 ? 0 : page.indexOf(head) + head.length(), foot);
            }
            assertThat(all).contains(squeezed(String.join("", paragraphs))).contains("结论在最后。");
            read.checkThatItStandsAlone();
            for (PDPage page : read.document.getPages()) {
                assertThat(page.getMediaBox().getWidth()).isCloseTo(595.28f, within(0.01f));
                assertThat(page.getMediaBox().getHeight()).isCloseTo(841.89f, within(0.01f));
            }
        }
    }

    @Test
    void nothingLeavesThePageAndNoClosingMarkBeginsALine() {
        List<String> paragraphs = new ArrayList<>(paragraphs(4_000));
        paragraphs.add("x".repeat(500) + "。".repeat(300));
        try (ReadPdf read = read(report("amended", paragraphs, ""))) {
            List<ReadPdf.Letter> letters = read.letters();
            assertThat(letters).hasSizeGreaterThan(4_000).allSatisfy(letter -> {
                assertThat(letter.left()).isGreaterThan(19.9);
                assertThat(letter.text().isBlank() ? 0 : letter.right()).isLessThan(190.1);
                assertThat(letter.base()).isBetween(15.0, 290.0);
            });
            for (ReadPdf.Letter letter : letters) {
                if (Math.abs(letter.left() - 20) < 0.01 && "，。；）”、".contains(letter.text())) {
                    assertThat(letter.text()).as("a paragraph of nothing else").isEqualTo("。");
                }
            }
        }
    }

    @Test
    void headingsStayWithWhatTheyAreAbove() {
        for (int lines = 20; lines < 60; lines++) {
            List<String> findings =
                    IntStream.range(0, lines).mapToObj(i -> "第" + i + "行").toList();
            try (ReadPdf read = read(report("final", findings, "就是它"))) {
                String page = read.pages().stream()
                        .filter(text -> text.contains("就是它"))
                        .findFirst()
                        .orElseThrow();
                assertThat(page).contains("结论");
            }
        }
    }

    @Test
    void aReportThatIsTooLongIsRefused() {
        for (FilmReport report : List.of(
                report("final", List.of("长".repeat(200_001)), ""),
                report("final", IntStream.range(0, 20_000).mapToObj(i -> "行").toList(), ""))) {
            assertThatThrownBy(() -> ReportPdf.of(report, EXAMINATION, copy(Language.ZH)))
                    .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem())
                            .isInstanceOf(Problem.Unprocessable.class));
        }
    }
}
