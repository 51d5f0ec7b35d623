package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.JdkImages;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.slide.SyntheticSlide;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The resource {@code slide} of a series, over HTTP, and the tiles that it leads to. */
class SlideTest {
    private static final SyntheticSlide FULL =
            new SyntheticSlide(false, true, "1.2.3.60", "1.2.3.60.1", 2_000, 1_500, 256);
    private static final SyntheticSlide SPARSE =
            new SyntheticSlide(true, false, "1.2.3.60", "1.2.3.60.2", 1_000, 700, 128);
    private static final int TOLERANCE = 12;

    private static WebServer server;

    @BeforeAll
    static void start() {
        server = new WebServer();
        FULL.files().forEach(SlideTest::store);
        SPARSE.files().forEach(SlideTest::store);
        server.bridge.store(Bridge.HAIDU, Samples.file("CT1_UNC.dcm"));
        server.bridge.store(
                Bridge.HAIDU,
                new SyntheticSlide(false, false, "1.2.3.60", "1.2.3.60.3", 500, 500, 256)
                        .header(0)
                        .set(Tag.NumberOfFrames, Vr.IS, "3")
                        .build());
    }

    private static void store(byte[] file) {
        try {
            Path path = Files.createTempFile("slide", ".dcm");
            Files.write(path, file);
            server.bridge.store(Bridge.HAIDU, path);
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String path(SyntheticSlide slide) {
        return "/studies/" + slide.study() + "/series/" + slide.series();
    }

    private static JsonNode slide(SyntheticSlide slide) {
        HttpResponse<byte[]> answer = server.get(path(slide) + "/slide", "Accept", "application/json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(WebServer.header(answer, "Content-Type")).isEqualTo("application/json");
        return WebServer.json(answer.body());
    }

    @Test
    void aSlideIsToldByItsLevels() {
        JsonNode slide = slide(FULL);
        assertThat(slide.path("levels")).hasSize(3);
        JsonNode finest = slide.path("levels").get(0);
        assertThat(finest.path("totalPixelMatrixColumns").asInt()).isEqualTo(2_000);
        assertThat(finest.path("totalPixelMatrixRows").asInt()).isEqualTo(1_500);
        assertThat(finest.path("columns").asInt()).isEqualTo(256);
        assertThat(finest.path("pixelSpacing").get(1).asDouble()).isEqualTo(SyntheticSlide.SPACING);
        JsonNode layer = finest.path("layers").get(0);
        assertThat(layer.path("browserReady").asBoolean()).isTrue();
        assertThat(layer.path("parts").get(0).path("sopInstanceUid").asText()).isEqualTo(FULL.instance(0));
        assertThat(layer.path("runs").toString()).isEqualTo("[0,1,48]");
        assertThat(slide.path("label").asText()).isEqualTo(FULL.label());
        assertThat(slide.path("overview").asText()).isEqualTo(FULL.overview());
        assertThat(slide.path("objectiveLensPower").asDouble()).isEqualTo(40);
        assertThat(slide.path("leftOut")).isEmpty();
    }

    @Test
    void everyTileOfAFullGridIsWhereTheMapSays() {
        everyTileIsWhereTheMapSays(FULL);
    }

    @Test
    void everyTileOfShuffledFramesIsWhereTheMapSays() {
        everyTileIsWhereTheMapSays(SPARSE);
    }

    private static void everyTileIsWhereTheMapSays(SyntheticSlide slide) {
        JsonNode levels = slide(slide).path("levels");
        for (int number = 0; number < levels.size(); number++) {
            JsonNode level = levels.get(number);
            int width = level.path("totalPixelMatrixColumns").asInt();
            int height = level.path("totalPixelMatrixRows").asInt();
            int tile = level.path("columns").asInt();
            int across = Math.ceilDiv(width, tile);
            JsonNode layer = level.path("layers").get(0);
            JsonNode runs = layer.path("runs");
            int seen = 0;
            for (int run = 0; run < runs.size(); run += 3) {
                for (int i = 0; i < runs.get(run + 2).asInt(); i++) {
                    int place = runs.get(run).asInt() + i;
                    int x = place % across * tile + 5;
                    int y = place / across * tile + 5;
                    BufferedImage picture =
                            picture(slide, layer, runs.get(run + 1).asInt() + i);
                    int colour = picture.getRGB(5, 5);
                    assertThat(List.of(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF))
                            .usingElementComparator((one, other) -> Math.abs(one - other) <= TOLERANCE ? 0 : 1)
                            .containsExactly(
                                    SyntheticSlide.field(SyntheticSlide.FIELDS * x / width),
                                    SyntheticSlide.field(SyntheticSlide.FIELDS * y / height),
                                    SyntheticSlide.BLUE.get(number));
                    seen++;
                }
            }
            assertThat(seen).isEqualTo(across * Math.ceilDiv(height, tile));
        }
    }

    /** As a browser's image element asks for it. */
    private static BufferedImage picture(SyntheticSlide slide, JsonNode layer, int frame) {
        String instance = layer.path("parts").get(0).path("sopInstanceUid").asText();
        String rest = layer.path("browserReady").asBoolean() ? "?accept=image/jpeg" : "/rendered?accept=image/jpeg";
        HttpResponse<byte[]> answer = server.get(
                path(slide) + "/instances/" + instance + "/frames/" + frame + rest,
                "Accept",
                "image/avif,image/webp,*/*;q=0.8");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(WebServer.header(answer, "Content-Type")).startsWith("image/jpeg");
        return JdkImages.read("jpeg", answer.body());
    }

    @Test
    void whatIsKnownAlreadyIsNotSentAgain() {
        HttpResponse<byte[]> first = server.get(path(FULL) + "/slide");
        HttpResponse<byte[]> again =
                server.get(path(FULL) + "/slide", "If-None-Match", WebServer.header(first, "ETag"));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(WebServer.header(server.get(path(SPARSE) + "/slide"), "ETag"))
                .isNotEqualTo(WebServer.header(first, "ETag"));
    }

    @Test
    void anImageThatComesLaterIsToldOfAtOnce() {
        SyntheticSlide growing = new SyntheticSlide(true, true, "1.2.3.61", "1.2.3.61.1", 800, 600, 128);
        store(growing.level(1));
        assertThat(slide(growing).path("levels")).hasSize(1);
        store(growing.level(0));
        assertThat(slide(growing).path("levels")).hasSize(2);
    }

    @Test
    void aSeriesOfSomethingElseIsNoSlide() {
        String image = WebServer.path("CT1_UNC.dcm");
        HttpResponse<byte[]> answer = server.get(image.substring(0, image.indexOf("/instances")) + "/slide");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(WebServer.json(answer.body()).path("error").asText()).contains("no whole slide images");
        assertThat(server.get("/studies/1.2.3.60/series/1.9/slide").statusCode())
                .isEqualTo(404);
        assertThat(server.get(path(FULL) + "/slide", "Accept", "text/html").statusCode())
                .isEqualTo(406);
    }

    @Test
    void aSlideThatContradictsItselfIsRefusedWithThePlace() {
        HttpResponse<byte[]> answer = server.get("/studies/1.2.3.60/series/1.2.3.60.3/slide");
        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode fault = WebServer.json(answer.body()).path("faults").get(0);
        assertThat(fault.path("place").asText()).isEqualTo("(0028,0008)");
        assertThat(fault.path("diagnostics").asText()).isEqualTo("it says 3, but there are 0");
    }
}
