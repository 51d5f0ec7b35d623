package org.countyhub.imaging.filmweb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.assertj.core.data.Offset;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.ReadPdf;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.imaging.pages.InBrowser;
import org.countyhub.imaging.pages.WebKit;
import org.countyhub.imaging.slide.SyntheticSlide;
import org.countyhub.imaging.study.StoreOutcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a link opens, in browsers of the age of patients' phones, and on paper. Chromium 71 is as Android 9 came with it, WebKit 612.1 that of Safari
 * 15.0. The checks themselves are {@code viewer/test/old-browsers/run.mjs} and {@code viewer/test/browser/print.mjs}.
 */
class PatientsBrowsersTest {
    private static final String CT = "1.3.6.1.4.1.5962.1.2.1.20040826185059.5457";
    private static final String ECG = "1.3.76.13.65829.2.20130125082826.1072139.2";
    private static final SyntheticSlide SLIDE =
            new SyntheticSlide(false, true, "1.2.3.70", "1.2.3.70.1", 2_400, 1_800, 256);
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Offset<Float> POINT = Offset.offset(1f);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static FilmServer server;

    @BeforeAll
    static void start() throws IOException {
        // Where Debian's Chromium runs, there are the libraries that these need too.
        InBrowser.assumed();
        server = new FilmServer();
        fill();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void chromiumOfAndroid9() throws Exception {
        Path log = TARGET.resolve("old-browsers.log");
        assertThat(isFetched(log))
                .as("npm has brought the old Chromium, or says in %s why not", log)
                .isTrue();
        check("chromium", TARGET.resolve("old-browsers/chromium-71").toString());
    }

    @Test
    void webKitOfIos15() throws Exception {
        check(
                "webkit",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-Dglass.platform=Monocle",
                "-Dmonocle.platform=Headless",
                "-Dheadless.geometry=390x780-32",
                "-Dprism.order=sw",
                "-Djavafx.cachedir=" + TARGET.resolve("old-browsers/javafx"),
                "-cp",
                System.getProperty("java.class.path"),
                WebKit.class.getName(),
                TARGET.resolve("old-browsers/kept").toString());
    }

    @Test
    void paperHasWhatIsReadAndNothingToPress() throws Exception {
        Path files = Files.createDirectories(TARGET.resolve("pictures"));
        InBrowser.check("print.mjs", "http://127.0.0.1:" + server.port, CT, ECG, files.toString());
        try (ReadPdf film = read(files.resolve("print-film.pdf"))) {
            assertThat(ReadPdf.squeezed(film.text()))
                    .contains("双肺纹理清晰，未见实变影。", "胸部CT平扫未见明显异常。", "李医生", "签发时间2026-03-0116:00", "预览图，不用于诊断")
                    .doesNotContain("打印本页", "查看全部图像", "申请原始影像", "English");
            assertThat(film.document.getNumberOfPages()).isEqualTo(1);
        }
        try (ReadPdf ecg = read(files.resolve("print-ecg.pdf"))) {
            PDRectangle page = ecg.document.getPage(0).getMediaBox();
            assertThat(ecg.document.getNumberOfPages()).isEqualTo(1);
            assertThat(page.getWidth()).isCloseTo(841.9f, POINT);
            assertThat(page.getHeight()).isCloseTo(595.3f, POINT);
            assertThat(ecg.text()).contains("aVR", "25 mm/s").doesNotContain("打印", "PDF");
        }
    }

    private static ReadPdf read(Path file) throws IOException {
        return new ReadPdf(Files.readAllBytes(file));
    }

    private static void check(String browser, String... command) throws IOException, InterruptedException {
        InBrowser.check(
                "../old-browsers/run.mjs",
                JSON.writeValueAsString(Map.of(
                        "browser",
                        browser,
                        "command",
                        command,
                        "base",
                        "http://127.0.0.1:" + server.port,
                        "workstation",
                        FilmServer.WORKSTATION,
                        "study",
                        CT,
                        "ecg",
                        ECG,
                        "slide",
                        SLIDE.study(),
                        "pictures",
                        TARGET.resolve("pictures").toString())));
    }

    /** Whether the package is there, or npm has brought it. */
    private static boolean isFetched(Path log) throws IOException, InterruptedException {
        Process npm = new ProcessBuilder("node", "make.mjs", "old-browsers")
                .directory(Path.of("viewer").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = npm.waitFor(5, TimeUnit.MINUTES);
        if (!ended) {
            npm.descendants().forEach(ProcessHandle::destroyForcibly);
            npm.destroyForcibly();
        }
        return ended && npm.exitValue() == 0;
    }

    private static void fill() throws IOException {
        for (String sample : List.of("CT1_UNC.dcm", "CT1_JPLL.dcm", "CT1_J2KR.dcm", "ecg-12lead.dcm")) {
            assertThat(server.bridge.store(Bridge.HAIDU, Samples.file(sample))).isInstanceOf(StoreOutcome.Added.class);
        }
        for (byte[] file : SLIDE.files()) {
            Path path = Files.createTempFile("slide", ".dcm");
            Files.write(path, file);
            server.bridge.store(Bridge.HAIDU, path);
            Files.delete(path);
        }
        server.reports.add(new FilmReport(
                "r1",
                "胸部CT平扫",
                "final",
                Instant.parse("2026-03-01T08:00:00Z"),
                List.of("李医生"),
                List.of("双肺纹理清晰，未见实变影。", "纵隔未见肿大淋巴结。"),
                "胸部CT平扫未见明显异常。",
                0));
    }
}
