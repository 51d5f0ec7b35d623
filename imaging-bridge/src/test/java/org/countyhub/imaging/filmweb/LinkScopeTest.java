package org.countyhub.imaging.filmweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.imaging.filmweb.FilmServer.Link;
import org.countyhub.imaging.slide.SyntheticSlide;
import org.countyhub.imaging.study.PatientKey;
import org.junit.jupiter.api.Test;

/** What a link shows, and what it does not. */
class LinkScopeTest extends FilmFixture {
    @Test
    void aLinkShowsItsStudy() {
        server.reports.add(
                new FilmReport("r1", "胸部CT平扫", "final", Instant.now(), List.of("李医生"), List.of("双肺纹理清晰。"), "未见异常。", 0));
        Link link = issue();
        String cookie = server.cookie(link);

        HttpResponse<byte[]> page = server.get(link.path(), "Cookie", cookie, "Accept", "text/html");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(text(page)).contains("data:image/jpeg;base64,/9j/", "双肺纹理清晰。", "未见异常。", "李医生");
        assertThat(page.body().length).isLessThan(200_000);
        assertThat(status(link, cookie, "/dicomweb/studies")).isEqualTo(200);
        assertThat(status(link, cookie, "/dicomweb/studies/" + study + "/series"))
                .isEqualTo(200);
        assertThat(status(link, cookie, instancePath() + "/frames/1/rendered")).isEqualTo(200);
        assertThat(status(link, cookie, instancePath() + "/frames/1")).isEqualTo(200);
        assertThat(status(link, cookie, "/dicomweb/studies/" + study + "/series/" + series + "/metadata"))
                .isEqualTo(200);
        assertThat(FilmServer.json(server.get(link.path() + "/context", "Cookie", cookie))
                        .path("studyInstanceUid")
                        .asText())
                .isEqualTo(study);
    }

    @Test
    void theFirstKeyImageIsAPictureOfTheStudy() {
        Link link = issue();
        String page = text(server.get(link.path(), "Cookie", server.cookie(link)));
        String base64 = page.replaceFirst("(?s).*data:image/jpeg;base64,([^\"]*)\".*", "$1");

        int[] size = size(Base64.getDecoder().decode(base64));

        assertThat(size[0]).isEqualTo(size[1]).isBetween(512, 768);
    }

    @Test
    void thePageIsTheSameInBothLanguages() {
        Link link = issue();
        String cookie = server.cookie(link);
        HttpResponse<byte[]> chinese = server.get(link.path() + "?lang=zh", "Cookie", cookie);
        HttpResponse<byte[]> english = server.get(link.path() + "?lang=en", "Cookie", cookie);
        assertThat(chinese.statusCode()).isEqualTo(200);
        assertThat(english.statusCode()).isEqualTo(200);
        assertThat(text(chinese)).contains("查看全部图像", "data:image/jpeg;base64,/9j/");
        assertThat(text(english)).contains("Open all images", "data:image/jpeg;base64,/9j/");
    }

    /** Rows and columns of a baseline JPEG (ISO/IEC 10918-1 section B.2.2). */
    private static int[] size(byte[] jpeg) {
        for (int at = 2; at < jpeg.length; at += 2 + (jpeg[at + 2] & 0xFF) * 256 + (jpeg[at + 3] & 0xFF)) {
            if (jpeg[at + 1] == (byte) 0xC0) {
                return new int[] {
                    (jpeg[at + 5] & 0xFF) * 256 + (jpeg[at + 6] & 0xFF),
                    (jpeg[at + 7] & 0xFF) * 256 + (jpeg[at + 8] & 0xFF)
                };
            }
        }
        throw new AssertionError("no frame");
    }

    @Test
    void anotherStudyIsNotShown() {
        Link link = issue();
        String cookie = server.cookie(link);

        assertThat(status(link, cookie, "/dicomweb/studies/" + OTHER + "/series"))
                .isEqualTo(404);
        assertThat(status(
                        link, cookie, "/dicomweb/studies/" + OTHER + "/series/1.2.3.201/instances/1.2.3.202/rendered"))
                .isEqualTo(404);
        // An instance of another study is not reached by the path of the link's own.
        assertThat(status(
                        link,
                        cookie,
                        "/dicomweb/studies/" + study + "/series/" + series + "/instances/1.2.3.202/metadata"))
                .isEqualTo(404);
        assertThat(status(link, cookie, "/dicomweb/studies/" + study + "/../" + OTHER + "/series"))
                .isNotEqualTo(200);
        assertThat(status(link, cookie, "/dicomweb/studies/" + study + "/%2e%2e/" + OTHER + "/series"))
                .isNotEqualTo(200);
        assertThat(status(link, cookie, "/dicomweb/series")).isEqualTo(404);
        assertThat(status(link, cookie, "/dicomweb/instances")).isEqualTo(404);
        assertThat(FilmServer.json(server.get(
                                link.path() + "/dicomweb/studies?StudyInstanceUID=" + OTHER, "Cookie", cookie))
                        .size())
                .isEqualTo(1);
        assertThat(server.send("POST", link.path() + "/dicomweb/studies", "{}", "Cookie", cookie)
                        .statusCode())
                .isIn(404, 405);
    }

    @Test
    void onlyTheSeriesOfTheLinkAreShown() {
        server.bridge.store(Bridge.HAIDU, image("P8", "1.2.3.300", "1.2.3.301", "1.2.3.302", "20200101"));
        server.bridge.store(Bridge.HAIDU, image("P8", "1.2.3.300", "1.2.3.303", "1.2.3.304", "20200101"));
        Link link = server.issue(
                "{\"studyInstanceUid\":\"1.2.3.300\",\"secondFactor\":\"none\",\"scope\":{\"series\":[\"1.2.3.301\"]}}");
        String cookie = server.cookie(link);
        String own = "/dicomweb/studies/1.2.3.300";

        assertThat(status(link, cookie, own + "/series/1.2.3.301/metadata")).isEqualTo(200);
        assertThat(status(link, cookie, own + "/series/1.2.3.303/metadata")).isEqualTo(404);
        assertThat(status(link, cookie, own + "/metadata")).isEqualTo(404);
        assertThat(status(link, cookie, own + "/instances")).isEqualTo(404);
        assertThat(status(link, cookie, own + "/thumbnail")).isEqualTo(404);
        assertThat(text(server.get(link.path() + own + "/series", "Cookie", cookie)))
                .contains("1.2.3.301")
                .doesNotContain("1.2.3.303");
    }

    @Test
    void filesAreGivenOnlyWhereTheLinkSaysSo() {
        Link link = issue();
        String cookie = server.cookie(link);
        for (String path : List.of(
                "/dicomweb/studies/" + study, "/dicomweb/studies/" + study + "/series/" + series, instancePath())) {
            assertThat(status(link, cookie, path)).as(path).isEqualTo(403);
        }
        server.send("PATCH", "/film/" + link.id(), "{\"originals\":true}", "X-Requester", "RIS");
        assertThat(server.get(link.path() + instancePath(), "Cookie", cookie, "Accept", "application/dicom")
                        .statusCode())
                .isEqualTo(200);
        assertThat(views(link)).contains("ORIGINALS");
    }

    @Test
    void earlierStudiesOfThePersonAreShownOnlyWhereTheLinkSaysSo() {
        server.person.addAll(Set.of(patient, new PatientKey(Bridge.HAIDU.patientSystem(), "P9")));
        Link without = issue();
        Link with = issue(",\"scope\":{\"priors\":true}");
        String path = "/dicomweb/studies/" + OTHER + "/series";

        assertThat(status(without, server.cookie(without), path)).isEqualTo(404);
        String cookie = server.cookie(with);
        assertThat(status(with, cookie, path)).isEqualTo(200);
        assertThat(FilmServer.json(server.get(with.path() + "/dicomweb/studies", "Cookie", cookie))
                        .size())
                .isEqualTo(2);
    }

    @Test
    void aSlideIsShownToWhoeverMaySeeItsSeries() {
        String slideStudy = "1.2.3.310";
        for (String one : List.of("1.2.3.311", "1.2.3.312")) {
            server.bridge.store(
                    Bridge.HAIDU,
                    new SyntheticSlide(false, false, slideStudy, one, 100, 100, 128)
                            .header(0)
                            .set(new Element.Bytes(Tag.PixelData, Vr.OB, new byte[3 * 128 * 128]))
                            .build());
        }
        Link link = server.issue("{\"studyInstanceUid\":\"" + slideStudy
                + "\",\"secondFactor\":\"none\",\"scope\":{\"series\":[\"1.2.3.311\"]}}");
        String cookie = server.cookie(link);
        String path = "/dicomweb/studies/" + slideStudy + "/series/";
        HttpResponse<byte[]> shown = server.get(link.path() + path + "1.2.3.311/slide", "Cookie", cookie);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(FilmServer.json(shown).path("levels")).hasSize(1);
        assertThat(status(link, cookie, path + "1.2.3.312/slide")).isEqualTo(404);
        assertThat(server.get(link.path() + path + "1.2.3.311/slide").statusCode())
                .isEqualTo(403);
    }

    @Test
    void whatDevicesAndReportsSayIsTextAndNothingElse() {
        server.reports.add(new FilmReport(
                "r1",
                "<img src=x onerror=alert(1)>",
                "final",
                null,
                List.of("\"><script>"),
                List.of("<svg onload=a>"),
                "",
                0));
        Link link = server.issue(
                "{\"studyInstanceUid\":\"" + OTHER + "\",\"secondFactor\":\"none\",\"watermark\":\"<b>x</b>\"}");
        HttpResponse<byte[]> page = server.get(link.path(), "Cookie", server.cookie(link));

        assertThat(text(page)).doesNotContain("<script>", "<img src=x", "<svg onload", "<b>x</b>");
        assertThat(text(page)).contains("&lt;svg onload=a&gt;", "张三");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'nonce-", "base-uri 'none'")
                .doesNotContain("unsafe");
    }
}
