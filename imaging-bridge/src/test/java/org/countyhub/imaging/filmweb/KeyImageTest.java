package org.countyhub.imaging.filmweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.film.SomeImages;
import org.countyhub.imaging.film.SomeImages.Chosen;
import org.countyhub.imaging.filmweb.FilmServer.Link;
import org.junit.jupiter.api.Test;

/** The image of the page of a link. */
class KeyImageTest extends FilmFixture {
    private static final Pattern IMAGE = Pattern.compile("data:image/jpeg;base64,([^\"]*)\"");

    private byte[] shown(Link link, String cookie) {
        Matcher image = IMAGE.matcher(text(server.get(link.path(), "Cookie", cookie)));
        assertThat(image.find()).isTrue();
        return Base64.getDecoder().decode(image.group(1));
    }

    /** The same image by WADO-RS. */
    private byte[] rendered(String study, int series, int number, int frame) {
        return server.get(
                        "/dicomweb/studies/" + study + "/series/" + SomeImages.series(study, series) + "/instances/"
                                + SomeImages.instance(study, series, number) + "/frames/" + frame
                                + "/rendered?viewport=768,768&quality=75",
                        "Accept",
                        "image/jpeg",
                        "X-AE-Title",
                        FilmServer.WORKSTATION)
                .body();
    }

    private static String unpacked(byte[] body) throws IOException {
        try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Link link(String study, String scope) {
        return server.issue(
                "{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"none\",\"scope\":{" + scope + "}}");
    }

    @Test
    void thePageShowsTheKeyImageAsSoonAsThereIsOne() {
        String study = "1.2.3.500";
        for (int number = 1; number <= 5; number++) {
            server.bridge.store(
                    Bridge.HAIDU,
                    SomeImages.slice(study, 1, number, "ORIGINAL", "PRIMARY").build());
        }
        server.bridge.store(
                Bridge.HAIDU,
                SomeImages.image(SomeImages.CT, study, 2, 1, 6, "ORIGINAL", "PRIMARY")
                        .build());
        Link link = link(study, "");
        Link some = link(study, "\"series\":[\"" + SomeImages.series(study, 1) + "\"]");
        String cookie = server.cookie(link);

        byte[] before = shown(link, cookie);

        assertThat(before).isEqualTo(rendered(study, 1, 3, 1));
        assertThat(shown(link, cookie)).as("remembered").isEqualTo(before);
        server.bridge.store(
                Bridge.HAIDU,
                SomeImages.selection(study, 1, "113000", "1000", new Chosen(2, 1, 2), new Chosen(1, 5, 0))
                        .build());
        assertThat(shown(link, cookie)).isEqualTo(rendered(study, 2, 1, 2)).isNotEqualTo(rendered(study, 2, 1, 1));
        assertThat(shown(some, server.cookie(some)))
                .as("the first one of the series that are shown")
                .isEqualTo(rendered(study, 1, 5, 1));
    }

    @Test
    void whatCannotBeDrawnIsPassedOver() {
        String study = "1.2.3.510";
        server.bridge.store(
                Bridge.HAIDU,
                SomeImages.slice(study, 1, 1, "ORIGINAL", "PRIMARY").build());
        server.bridge.store(
                Bridge.HAIDU,
                SomeImages.slice(study, 1, 2, "ORIGINAL", "PRIMARY")
                        // There is no such interpretation.
                        .set(Tag.PhotometricInterpretation, Vr.CS, "ULTRAVIOLET")
                        .build());
        server.bridge.store(
                Bridge.HAIDU,
                SomeImages.selection(study, 1, "113000", "1000", new Chosen(1, 2, 0), new Chosen(1, 1, 0))
                        .build());
        Link link = link(study, "");
        assertThat(rendered(study, 1, 1, 1)).startsWith(0xFF, 0xD8);
        assertThat(shown(link, server.cookie(link))).isEqualTo(rendered(study, 1, 1, 1));
    }

    @Test
    void anElectrocardiogramIsDrawn() throws IOException {
        server.bridge.store(Bridge.HAIDU, Samples.file("ecg-12lead.dcm"));
        String study;
        try (InputStream in = Files.newInputStream(Samples.file("ecg-12lead.dcm"))) {
            study = DatasetReader.read(in, Part10.read(in).transferSyntax(), DatasetReader.Limits.DEFAULT)
                    .string(Tag.StudyInstanceUID, "");
        }
        Link link = link(study, "");
        for (String language : List.of("zh", "en")) {
            HttpResponse<byte[]> opened = server.open(
                    link, "", "Accept", "text/html", "Accept-Language", language, "Accept-Encoding", "gzip");

            assertThat(opened.headers().firstValue("Content-Encoding")).hasValue("gzip");
            assertThat(opened.body().length).isLessThan(150_000);
            Matcher drawing = Pattern.compile("data:image/svg\\+xml;charset=utf-8,([^\"]*)\"")
                    .matcher(unpacked(opened.body()));
            assertThat(drawing.find()).isTrue();
            String svg = URLDecoder.decode(drawing.group(1), StandardCharsets.UTF_8);
            assertThat(svg).contains("<svg", "aVR").contains(language.equals("zh") ? "滤波" : "Filters");
        }
    }

    /** Nothing compresses worse than noise; a phone is sent less than 200 KB before the image is there. */
    @Test
    void imagesOfMuchDetailAreMadeSmaller() {
        String study = "1.2.3.520";
        int side = 1_200;
        byte[] noise = new byte[side * side];
        new java.util.Random(5).nextBytes(noise);
        server.bridge.store(
                Bridge.HAIDU,
                SomeImages.slice(study, 1, 1, "ORIGINAL", "PRIMARY")
                        .set(Tag.Rows, side)
                        .set(Tag.Columns, side)
                        .set(new Element.Bytes(Tag.PixelData, Vr.OB, noise))
                        .build());
        Link link = link(study, "");

        HttpResponse<byte[]> opening = server.get(link.path());
        HttpResponse<byte[]> opened = server.open(link, "", "Accept", "text/html");

        assertThat(text(opened)).contains("data:image/jpeg");
        assertThat(opening.body().length + opened.body().length).isBetween(60_000, 200_000);
    }

    @Test
    void aPageIsShownWithoutAnImageWhereThereIsNone() {
        Link link = server.issue("{\"studyInstanceUid\":\"" + OTHER + "\",\"secondFactor\":\"none\"}");
        assertThat(text(server.get(link.path(), "Cookie", server.cookie(link))))
                .contains("张三")
                .doesNotContain("data:image/jpeg");
    }
}
