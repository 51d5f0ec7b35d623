package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Dcmtk;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rendered resource of electrocardiograms. */
class ElectrocardiogramsTest {
    private static final String PATH = WebServer.path("ecg-12lead.dcm") + "/rendered";
    private static WebServer server;

    @BeforeAll
    static void start() {
        server = new WebServer();
        server.bridge.store(Bridge.HAIDU, Samples.file("ecg-12lead.dcm"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String text(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void aBrowserIsGivenADrawing() {
        for (String accept :
                List.of("image/svg+xml", "*/*", "text/html,application/xhtml+xml,image/avif,image/webp,*/*;q=0.8")) {
            HttpResponse<byte[]> answer = server.get(PATH, "Accept", accept);
            assertThat(text(answer)).startsWith("<svg xmlns=").contains("data-lead=\"aVR\"");
            assertThat(WebServer.header(answer, "Content-Type")).startsWith("image/svg+xml");
            assertThat(WebServer.header(answer, "Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
            assertThat(WebServer.header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @Test
    void aPdfCanBeHadForPrinting() {
        HttpResponse<byte[]> answer = server.get(PATH, "Accept", "application/pdf");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(WebServer.header(answer, "Content-Type")).isEqualTo("application/pdf");
        assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
        assertThat(server.get(PATH, "Accept", "image/jpeg").statusCode()).isEqualTo(406);
    }

    @Test
    void parametersChooseHowItIsDrawn() {
        assertThat(text(server.get(PATH + "?layout=6x2&speed=50&gain=5&offset=2.5&lang=zh")))
                .contains("data-layout=\"6x2\"")
                .contains("data-speed=\"50\"")
                .contains("data-gain=\"5\"")
                .contains("data-offset=\"2.5\"")
                .contains("导联");
        assertThat(text(server.get(PATH, "Accept-Language", "zh-CN,zh;q=0.9"))).contains("导联");
        assertThat(text(server.get(PATH + "?group=2"))).contains("MEDIAN BEAT");
        assertThat(server.get(PATH + "?speed=25.0").headers().firstValue("ETag"))
                .isEqualTo(server.get(PATH).headers().firstValue("ETag"));
    }

    @Test
    void wrongParametersAreRefusedByName() {
        for (String wrong : List.of(
                "layout=4x3",
                "speed=0",
                "speed=26",
                "gain=1e1",
                "gain=",
                "offset=-1",
                "offset=10",
                "offset=NaN",
                "group=0",
                "group=3",
                "lang=fr",
                "window=1,2,linear",
                "viewport=10,10")) {
            HttpResponse<byte[]> answer = server.get(PATH + "?" + wrong);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(wrong.replaceFirst("=.*", ""));
        }
    }

    @Test
    void itIsSentCompressedAndNotTwice() throws IOException {
        HttpResponse<byte[]> answer = server.get(PATH, "Accept-Encoding", "gzip");
        assertThat(WebServer.header(answer, "Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.body().length).isLessThan(100_000);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                .isEqualTo(server.get(PATH).body());
        assertThat(server.get(PATH, "If-None-Match", WebServer.header(answer, "ETag"))
                        .statusCode())
                .isEqualTo(304);
    }

    /** Samples in every order of bytes, deflated, and implicit make one drawing. */
    @Test
    void everyTransferSyntaxMakesTheSameDrawing(@TempDir Path directory) throws IOException {
        String expected = text(server.get(PATH)).replaceAll("(?s)^.*?<path data-calibration", "");
        for (String option : List.of("+tb", "+ti", "+td")) {
            Path file = directory.resolve("ecg" + option.charAt(2) + ".dcm");
            Path other = directory.resolve("other" + option.charAt(2) + ".dcm");
            Files.copy(Samples.file("ecg-12lead.dcm"), other);
            String uid = "1.2.156.77." + (int) option.charAt(2);
            List<String> options = List.of(
                    "-nb",
                    "-m",
                    "StudyInstanceUID=" + uid,
                    "-m",
                    "SeriesInstanceUID=" + uid + ".1",
                    "-m",
                    "SOPInstanceUID=" + uid + ".1.1");
            Dcmtk.run("dcmodify", options, other, other);
            Dcmtk.run("dcmconv", List.of(option), other, file);
            server.bridge.store(Bridge.HAIDU, file);
            String path = "/studies/" + uid + "/series/" + uid + ".1/instances/" + uid + ".1.1/rendered";
            assertThat(text(server.get(path)).replaceAll("(?s)^.*?<path data-calibration", ""))
                    .as(option)
                    .isEqualTo(expected);
        }
    }

    @Test
    void whatCannotBeDrawnIsRefusedWithItsPlace() {
        String uid = "1.2.156.78.1";
        Dataset waveform =
                Dataset.builder().set(Tag.SamplingFrequency, Vr.DS, "0").build();
        server.bridge.store(
                Bridge.HAIDU,
                WebServer.image("P1", uid, uid + ".1", uid + ".1.1")
                        .set(Tag.SOPClassUID, Vr.UI, "1.2.840.10008.5.1.4.1.1.9.1.1")
                        .set(Tag.WaveformSequence, List.of(waveform))
                        .build());
        HttpResponse<byte[]> answer =
                server.get("/studies/" + uid + "/series/" + uid + ".1/instances/" + uid + ".1.1/rendered");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("(5400,0100)[0].(003A,001A)");
    }
}
