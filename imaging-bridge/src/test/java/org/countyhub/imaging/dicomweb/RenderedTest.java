package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.JdkImages;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rendered and thumbnail resources, PS3.18 section 10.4, and WADO-URI, section 9. */
class RenderedTest {
    private static final String CT = WebServer.path("CT1_UNC.dcm");
    private static WebServer server;

    @BeforeAll
    static void start() {
        server = new WebServer();
        for (String sample : List.of("CT1_UNC.dcm", "US1_RLE.dcm", "MR1_J2KR.dcm", "sr.dcm")) {
            server.bridge.store(Bridge.HAIDU, Samples.file(sample));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static BufferedImage picture(HttpResponse<byte[]> answer, String type) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(WebServer.header(answer, "Content-Type")).isEqualTo(type);
        return JdkImages.read(type.substring(type.indexOf('/') + 1), answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CT1_UNC.dcm", "US1_RLE.dcm", "MR1_J2KR.dcm"})
    void imagesBecomePictures(String sample) {
        Dataset header = WebServer.dataset(WebServer.sample(sample));
        String path = WebServer.path(sample);
        BufferedImage jpeg = picture(server.get(path + "/rendered"), "image/jpeg");
        assertThat((long) jpeg.getWidth()).isEqualTo(header.integer(Tag.Columns, 0));
        assertThat((long) jpeg.getHeight()).isEqualTo(header.integer(Tag.Rows, 0));
        picture(server.get(path + "/frames/1/rendered", "Accept", "image/png"), "image/png");
    }

    @Test
    void aWindowChangesWhatIsSeen() {
        byte[] usual = server.get(CT + "/rendered?accept=image/png").body();
        HttpResponse<byte[]> bright = server.get(CT + "/rendered?accept=image/png&window=-1000,1,linear");
        picture(bright, "image/png");
        assertThat(bright.body()).isNotEqualTo(usual);
    }

    @Test
    void aViewportBoundsTheSize() {
        BufferedImage small = picture(server.get(CT + "/rendered?viewport=100,80"), "image/jpeg");
        assertThat(small.getHeight()).isEqualTo(80);
        assertThat(small.getWidth()).isLessThanOrEqualTo(100);
    }

    @Test
    void qualityIsPaidInBytes() {
        assertThat(server.get(CT + "/rendered?quality=10").body())
                .hasSizeLessThan(server.get(CT + "/rendered?quality=95").body().length);
    }

    @Test
    void parametersThatAreNotUnderstoodAreRefusedByTheirNames() {
        for (String query : List.of("viewport=0,0", "window=1", "quality=0", "quality=x", "zoom=2", "viewport=a,b")) {
            HttpResponse<byte[]> answer = server.get(CT + "/rendered?" + query);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(WebServer.json(answer.body())
                            .path("faults")
                            .path(0)
                            .path("place")
                            .asText())
                    .isEqualTo(query.replaceFirst("=.*", ""));
        }
    }

    @Test
    void thumbnailsAreSmallAtEveryLevel() {
        String study = CT.replaceFirst("/series/.*", "");
        String series = CT.replaceFirst("/instances/.*", "");
        for (String path : List.of(study, series, CT, CT + "/frames/1")) {
            BufferedImage small = picture(server.get(path + "/thumbnail"), "image/jpeg");
            assertThat(small.getWidth()).isLessThanOrEqualTo(200);
        }
    }

    @Test
    void whatIsNoImageHasNoPicture() {
        assertThat(server.get(WebServer.path("sr.dcm") + "/frames/1/rendered").statusCode())
                .isEqualTo(404);
        assertThat(server.get(WebServer.path("sr.dcm").replaceFirst("/series/.*", "") + "/thumbnail")
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.get(CT + "/rendered", "Accept", "image/gif").statusCode())
                .isEqualTo(406);
    }

    @Test
    void picturesHaveTags() {
        String tag = WebServer.header(server.get(CT + "/rendered"), "ETag");
        assertThat(server.get(CT + "/rendered", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(server.get(CT + "/rendered?quality=20", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    private static String wado(String more) {
        String[] uids = CT.split("/", -1);
        return "/wado?requestType=WADO&studyUID=" + uids[2] + "&seriesUID=" + uids[4] + "&objectUID=" + uids[6] + more;
    }

    @Test
    void wadoUriGivesPictures() {
        picture(server.get(wado("")), "image/jpeg");
        BufferedImage small = picture(
                server.get(
                        wado(
                                "&contentType=image/jpeg&rows=64&windowCenter=40&windowWidth=400&frameNumber=1&imageQuality=50")),
                "image/jpeg");
        assertThat(small.getHeight()).isEqualTo(64);
    }

    @Test
    void wadoUriGivesInstances() {
        HttpResponse<byte[]> answer = server.get(wado("&contentType=application/dicom"));
        assertThat(WebServer.header(answer, "Content-Type")).isEqualTo("application/dicom");
        assertThat(Arrays.copyOfRange(answer.body(), 128, 132)).isEqualTo(new byte[] {'D', 'I', 'C', 'M'});
        assertThat(server.get(wado("&contentType=application/dicom&transferSyntax=1.2.840.10008.1.2.1"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void wadoUriRefusesWhatItDoesNotUnderstand() {
        assertThat(server.get("/wado?requestType=WADO").statusCode()).isEqualTo(400);
        assertThat(server.get(wado("").replace("requestType=WADO", "requestType=X"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.get(wado("&windowCenter=40")).statusCode()).isEqualTo(400);
        assertThat(server.get(wado("&zoom=2")).statusCode()).isEqualTo(400);
        assertThat(server.get(wado("&frameNumber=2")).statusCode()).isEqualTo(404);
        assertThat(server.get(wado("&contentType=video/mpeg")).statusCode()).isEqualTo(406);
        assertThat(server.get(wado("").replace("objectUID=", "objectUID=9")).statusCode())
                .isEqualTo(404);
    }
}
