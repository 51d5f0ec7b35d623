package org.countyhub.imaging.filmweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.film.SomeImages;
import org.countyhub.imaging.filmweb.FilmServer.Link;
import org.countyhub.imaging.study.PatientKey;
import org.junit.jupiter.api.Test;

/** The original images of a link as one file. */
class OriginalsTest extends FilmFixture {
    private static final String STUDY = "1.2.3.600";

    private Link link(String studyUid, String scope) {
        return server.issue("{\"studyInstanceUid\":\"" + studyUid
                + "\",\"secondFactor\":\"none\",\"scope\":{\"originals\":true" + scope + "}}");
    }

    private void storeTwoSeries() {
        for (int series = 1; series <= 2; series++) {
            for (int number = 1; number <= 3; number++) {
                server.bridge.store(
                        Bridge.HAIDU,
                        SomeImages.slice(STUDY, series, number, "ORIGINAL", "PRIMARY")
                                .build());
            }
        }
    }

    private Map<String, byte[]> entries(Link link, String cookie) {
        HttpResponse<byte[]> answer = server.get(link.path() + "/originals.zip", "Cookie", cookie);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(answer.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"DICOM.zip\"");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entries.put(entry.getName(), zip.readAllBytes())).isNull();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return entries;
    }

    private static List<String> files(Map<String, byte[]> entries) {
        return entries.keySet().stream()
                .filter(name -> name.startsWith("DICOM/"))
                .toList();
    }

    private static byte[] entry(Map<String, byte[]> entries, String name) {
        return java.util.Objects.requireNonNull(entries.get(name), name);
    }

    private static Dataset header(byte[] file) throws IOException {
        InputStream in = new ByteArrayInputStream(file);
        return DatasetReader.read(in, Part10.read(in).transferSyntax(), DatasetReader.Limits.DEFAULT);
    }

    @Test
    void itHoldsTheFilesThatDicomwebGivesUnderNamesOfMedia() throws IOException {
        storeTwoSeries();
        Link link = link(STUDY, "");
        String cookie = server.cookie(link);

        Map<String, byte[]> entries = entries(link, cookie);

        assertThat(entries.keySet())
                .containsExactly(
                        "README.TXT",
                        "DICOM/S0001/I0001",
                        "DICOM/S0001/I0002",
                        "DICOM/S0001/I0003",
                        "DICOM/S0002/I0001",
                        "DICOM/S0002/I0002",
                        "DICOM/S0002/I0003",
                        "DICOMDIR");
        for (String name : files(entries)) {
            byte[] file = entry(entries, name);
            Dataset header = header(file);
            HttpResponse<byte[]> same = server.get(
                    link.path() + "/dicomweb/studies/" + STUDY + "/series/" + header.string(Tag.SeriesInstanceUID)
                            + "/instances/" + header.string(Tag.SOPInstanceUID),
                    "Cookie",
                    cookie,
                    "Accept",
                    "application/dicom; transfer-syntax=*");
            assertThat(file).as(name).isEqualTo(same.body());
            assertThat(header.string(Tag.IssuerOfPatientID))
                    .as("to whom it goes, the number alone says nothing")
                    .isNotNull();
        }
        assertThat(new String(entry(entries, "README.TXT"), StandardCharsets.UTF_8))
                .contains("原始医学影像", "Original medical images")
                .doesNotContain("张");
    }

    @Test
    void onlyLinksThatSaySoGiveIt() {
        Link link = issue();
        String cookie = server.cookie(link);
        assertThat(status(link, cookie, "/originals.zip")).isEqualTo(403);
        assertThat(views(link)).doesNotContain("ORIGINALS");

        server.send("PATCH", "/film/" + link.id(), "{\"originals\":true}", "X-Requester", "RIS");

        assertThat(status(link, cookie, "/originals.zip")).isEqualTo(200);
        assertThat(server.get(link.path() + "/originals.zip").statusCode())
                .as("without having opened it")
                .isEqualTo(403);
        server.send("DELETE", "/film/" + link.id(), null, "X-Requester", "RIS");
        assertThat(status(link, cookie, "/originals.zip")).isEqualTo(410);
    }

    @Test
    void itIsOnRecordOnce() {
        Link link = link(study, "");
        String cookie = server.cookie(link);
        assertThat(server.send("HEAD", link.path() + "/originals.zip", null, "Cookie", cookie)
                        .statusCode())
                .isEqualTo(200);
        assertThat(views(link)).as("nothing was given").isEmpty();
        entries(link, cookie);
        entries(link, cookie);
        assertThat(views(link)).containsExactly("ORIGINALS");
    }

    @Test
    void onlyTheSeriesOfTheLinkAreInIt() throws IOException {
        storeTwoSeries();
        Link link = link(STUDY, ",\"series\":[\"" + SomeImages.series(STUDY, 2) + "\"]");
        Map<String, byte[]> entries = entries(link, server.cookie(link));

        assertThat(files(entries)).hasSize(3);
        for (String name : files(entries)) {
            assertThat(header(entry(entries, name)).string(Tag.SeriesInstanceUID))
                    .isEqualTo(SomeImages.series(STUDY, 2));
        }
        assertThat(new String(entry(entries, "DICOMDIR"), StandardCharsets.ISO_8859_1))
                .contains(SomeImages.series(STUDY, 2))
                .doesNotContain(SomeImages.series(STUDY, 1) + ".");
    }

    @Test
    void earlierStudiesAreInItOnlyWhereTheLinkSaysSo() {
        server.person.addAll(Set.of(patient, new PatientKey(Bridge.HAIDU.patientSystem(), "P9")));
        Link with = link(study, ",\"priors\":true");
        Link without = link(study, "");

        assertThat(files(entries(with, server.cookie(with)))).containsExactly("DICOM/S0001/I0001", "DICOM/S0002/I0001");
        assertThat(views(with)).as("of each study").containsExactly("ORIGINALS", "ORIGINALS");
        assertThat(files(entries(without, server.cookie(without)))).containsExactly("DICOM/S0001/I0001");
    }

    @Test
    void thePageOffersItInsteadOfAskingForIt() {
        Link without = issue();
        Link with = link(study, "");
        assertThat(text(server.get(without.path(), "Cookie", server.cookie(without))))
                .contains("id=\"ask\"")
                .doesNotContain("originals.zip");
        assertThat(text(server.get(with.path(), "Cookie", server.cookie(with))))
                .contains("href=\"/film/open/" + with.id() + "/originals.zip\"")
                .doesNotContain("id=\"ask\"");
    }

    @Test
    void revocationEndsItInTransit() throws Exception {
        String large = "1.2.3.610";
        byte[] pixels = new byte[8 << 20];
        new Random(1).nextBytes(pixels);
        for (int number = 1; number <= 6; number++) {
            server.bridge.store(
                    Bridge.HAIDU,
                    SomeImages.slice(large, 1, number, "ORIGINAL", "PRIMARY")
                            .set(Tag.Rows, 2048)
                            .set(Tag.Columns, 4096)
                            .set(new Element.Bytes(Tag.PixelData, Vr.OB, pixels))
                            .build());
        }
        List<Integer> endings = new ArrayList<>();
        for (String end : List.of("revoked", "no originals any more")) {
            Link link = link(large, "");
            String cookie = server.cookie(link);
            try (HttpClient client = HttpClient.newHttpClient();
                    InputStream body = client.send(
                                    HttpRequest.newBuilder(URI.create(
                                                    "http://127.0.0.1:" + server.port + link.path() + "/originals.zip"))
                                            .header("Cookie", cookie)
                                            .build(),
                                    HttpResponse.BodyHandlers.ofInputStream())
                            .body()) {
                body.readNBytes(100_000);
                if (end.equals("revoked")) {
                    server.send("DELETE", "/film/" + link.id(), null, "X-Requester", "RIS");
                } else {
                    server.send("PATCH", "/film/" + link.id(), "{\"originals\":false}", "X-Requester", "RIS");
                }
                int[] read = {100_000};
                assertThatThrownBy(() -> {
                            byte[] some = new byte[64 * 1024];
                            for (int n = body.read(some); n >= 0; n = body.read(some)) {
                                read[0] += n;
                            }
                        })
                        .as(end)
                        .isInstanceOf(IOException.class);
                endings.add(read[0]);
            }
        }
        // What the two ends of the connection had buffered arrives.
        assertThat(endings).allMatch(read -> read < 6 * pixels.length / 2);
    }
}
