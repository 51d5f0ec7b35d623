package org.countyhub.imaging.filmweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.countyhub.imaging.ReadPdf;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.imaging.filmweb.FilmServer.Link;
import org.junit.jupiter.api.Test;

/** Reports of a link as PDF files. */
class LinkReportPdfTest extends FilmFixture {
    private static String path(String report) {
        return "/reports/" + report + ".pdf";
    }

    @Test
    void aReportIsGivenAsAFileOfItsOwn() {
        server.reports.add(report("r-1.a", "final"));
        Link link = issue(",\"watermark\":\"县医院\"");
        String cookie = server.cookie(link);

        HttpResponse<byte[]> answer = server.get(link.path() + path("r-1.a"), "Cookie", cookie);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("inline; filename=\"report");
        try (ReadPdf read = new ReadPdf(answer.body())) {
            String name = Contents.name(server.bridge
                    .studies
                    .study(study)
                    .orElseThrow()
                    .attributes()
                    .string(org.countyhub.imaging.dicom.Tag.PatientName, ""));
            assertThat(name).isNotEmpty();
            assertThat(read.text()).contains("胸部CT平扫", "双肺纹理清晰。", "未见异常。", "李医生", "姓名：" + name, "检查类型：CT");
            assertThat(ReadPdf.squeezed(read.text())).contains("县医院县医院县医院");
        }
        assertThat(views(link)).containsExactly("REPORT");
    }

    @Test
    void itIsInTheLanguageOfTheReader() {
        server.reports.add(report("r1", "corrected"));
        Link link = issue();
        String cookie = server.cookie(link);
        try (ReadPdf read = new ReadPdf(server.get(link.path() + path("r1") + "?lang=en", "Cookie", cookie)
                .body())) {
            assertThat(read.text()).contains("Correction: ", "Status: corrected", "Issued: 2026-03-01 16:00");
        }
    }

    @Test
    void thePageHasALinkToEach() {
        server.reports.add(report("r1", "final"));
        server.reports.add(report("r2", "final"));
        Link link = issue();
        String cookie = server.cookie(link);
        assertThat(text(server.get(link.path(), "Cookie", cookie)))
                .contains(
                        link.path() + path("r1") + "?lang=zh-CN", link.path() + path("r2") + "?lang=zh-CN", "本报告的 PDF");
        assertThat(text(server.get(link.path() + "?lang=en", "Cookie", cookie)))
                .contains(link.path() + path("r1") + "?lang=en", "This report as PDF");
    }

    @Test
    void onlyReportsThatShowAreGiven() {
        server.reports.add(report("r1", "final"));
        server.reportsOf.put(OTHER, List.of(report("r2", "final")));
        Link link = issue();
        String cookie = server.cookie(link);
        assertThat(status(link, cookie, path("r1"))).isEqualTo(200);
        assertThat(status(link, cookie, path("r2"))).as("of another study").isEqualTo(404);
        assertThat(status(link, cookie, path("r3"))).as("there is none").isEqualTo(404);
        assertThat(status(link, cookie, "/reports/.pdf")).isEqualTo(404);
        assertThat(status(link, cookie, "/reports/r1.png")).isEqualTo(404);

        server.reports.clear();

        assertThat(status(link, cookie, path("r1"))).as("withdrawn").isEqualTo(404);
        assertThat(views(link)).containsExactly("REPORT");
    }

    @Test
    void onlyWhoHasOpenedTheLinkIsGivenOne() {
        server.reports.add(report("r1", "final"));
        Link link = issue();
        String cookie = server.cookie(link);
        assertThat(server.get(link.path() + path("r1")).statusCode()).isEqualTo(403);
        assertThat(status(issue(), cookie, path("r1")))
                .as("the cookie of another link")
                .isEqualTo(403);
        assertThat(views(link)).isEmpty();
    }

    @Test
    void itEndsWithItsLink() {
        server.reports.add(report("r1", "final"));
        Link revoked = issue();
        String cookie = server.cookie(revoked);
        assertThat(status(revoked, cookie, path("r1"))).isEqualTo(200);
        server.send("DELETE", "/film/" + revoked.id(), null, "X-Requester", "RIS");
        assertThat(status(revoked, cookie, path("r1"))).isEqualTo(410);

        Link shortLived = issue(",\"validDays\":1");
        server.clock.turn(Duration.ofHours(20));
        String later = server.cookie(shortLived);
        assertThat(status(shortLived, later, path("r1"))).isEqualTo(200);
        server.clock.turn(Duration.ofHours(5));
        assertThat(status(shortLived, later, path("r1"))).isEqualTo(410);
    }

    @Test
    void aReportThatIsTooLongForAFileIsRefusedAndNotOnRecord() {
        server.reports.add(new FilmReport("r1", "CT", "final", null, List.of(), List.of("长".repeat(200_001)), "", 0));
        Link link = issue();
        assertThat(status(link, server.cookie(link), path("r1"))).isEqualTo(422);
        assertThat(views(link)).isEmpty();
    }
}
