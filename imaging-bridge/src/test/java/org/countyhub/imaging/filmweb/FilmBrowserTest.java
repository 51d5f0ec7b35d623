package org.countyhub.imaging.filmweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.imaging.pages.InBrowser;
import org.countyhub.imaging.study.StoreOutcome;
import org.junit.jupiter.api.Test;

/** Cloud film on a phone and on a desk, in a browser. The checks themselves are {@code viewer/test/browser/film.mjs}. */
class FilmBrowserTest {
    @Test
    void patientsAndDoctorsOpenALink() throws Exception {
        InBrowser.assumed();
        try (FilmServer server = new FilmServer()) {
            assertThat(server.bridge.store(Bridge.HAIDU, Samples.file("CT1_UNC.dcm")))
                    .isInstanceOf(StoreOutcome.Added.class);
            assertThat(server.bridge.store(Bridge.HAIDU, Samples.file("ecg-12lead.dcm")))
                    .isInstanceOf(StoreOutcome.Added.class);
            server.reports.add(new FilmReport(
                    "r1",
                    "胸部CT平扫",
                    "final",
                    Instant.parse("2026-03-01T08:00:00Z"),
                    List.of("李医生"),
                    List.of("双肺纹理清晰，未见实变影。", "纵隔未见肿大淋巴结。"),
                    "胸部CT平扫未见明显异常。",
                    0));
            InBrowser.check(
                    "film.mjs",
                    "http://127.0.0.1:" + server.port,
                    study("CT1_UNC.dcm"),
                    Files.createDirectories(Path.of("target", "pictures"))
                            .toAbsolutePath()
                            .toString(),
                    study("ecg-12lead.dcm"));
        }
    }

    private static String study(String sample) throws Exception {
        try (InputStream in = Files.newInputStream(Samples.file(sample))) {
            Part10.FileMeta meta = Part10.read(in);
            return DatasetReader.read(in, meta.transferSyntax(), DatasetReader.Limits.DEFAULT)
                    .string(Tag.StudyInstanceUID, "");
        }
    }
}
