package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Dcmtk;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.Stored;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WADO-RS, instance resources: PS3.18 section 10.4. */
class RetrieveTest {
    private static final String CT = WebServer.path("CT1_UNC.dcm");
    private static WebServer server;

    @BeforeAll
    static void start() {
        server = new WebServer();
        for (String sample : List.of(
                "CT1_UNC.dcm",
                "MR1_JPLL.dcm",
                "US1_RLE.dcm",
                "MR_small_implicit.dcm",
                "MR_small_bigendian.dcm",
                "series/ct-3slice-01.dcm",
                "series/ct-3slice-02.dcm",
                "series/ct-3slice-03.dcm")) {
            server.bridge.store(Bridge.HAIDU, Samples.file(sample));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CT1_UNC.dcm", "MR1_JPLL.dcm", "US1_RLE.dcm"})
    void anInstanceComesOutAsItWentIn(String sample) {
        byte[] sent = WebServer.encoded(WebServer.sample(sample));
        HttpResponse<byte[]> one = server.get(WebServer.path(sample), "Accept", "application/dicom; transfer-syntax=*");
        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(WebServer.encoded(one.body())).isEqualTo(sent);
        HttpResponse<byte[]> parts = server.get(
                WebServer.path(sample), "Accept", "multipart/related; type=\"application/dicom\"; transfer-syntax=*");
        assertThat(WebServer.header(parts, "Content-Type")).startsWith("multipart/related; type=\"application/dicom\"");
        assertThat(WebServer.parts(parts)).hasSize(1);
        assertThat(WebServer.encoded(WebServer.content(WebServer.parts(parts).getFirst())))
                .isEqualTo(sent);
    }

    @Test
    void aStudyOrSeriesComesAsParts() {
        String series = WebServer.path("series/ct-3slice-01.dcm").replaceFirst("/instances/.*", "");
        String study = series.replaceFirst("/series/.*", "");
        for (String path : List.of(series, study)) {
            HttpResponse<byte[]> answer = server.get(path, "Accept", "multipart/related; type=\"application/dicom\"");
            List<MultipartReader.Part> parts = WebServer.parts(answer);
            assertThat(parts).hasSize(3);
            assertThat(parts)
                    .extracting(part -> part.headers().get("content-location"))
                    .allSatisfy(location -> assertThat(location).startsWith("/dicomweb" + series));
            assertThat(server.get(path, "Accept", "application/dicom").statusCode())
                    .isEqualTo(406);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MR1_JPLL.dcm", "US1_RLE.dcm"})
    void compressedInstancesAreDecodedWhereThatIsAskedFor(String sample) {
        HttpResponse<byte[]> answer =
                server.get(WebServer.path(sample), "Accept", "application/dicom; transfer-syntax=1.2.840.10008.1.2.1");
        assertThat(answer.statusCode()).isEqualTo(200);
        Dataset decoded = WebServer.dataset(answer.body());
        byte[] uncompressed = WebServer.sample(sample.replaceFirst("_.*", "_UNC.dcm"));
        assertThat(WebServer.pixels(answer.body())).isEqualTo(WebServer.pixels(uncompressed));
        assertThat(decoded.string(Tag.SOPInstanceUID))
                .isEqualTo(WebServer.dataset(WebServer.sample(sample)).string(Tag.SOPInstanceUID));
    }

    @Test
    void otherByteOrdersBecomeExplicitLittleEndian() {
        HttpResponse<byte[]> answer = server.get(
                WebServer.path("MR_small_bigendian.dcm"),
                "Accept",
                "application/dicom; transfer-syntax=1.2.840.10008.1.2.1");
        assertThat(answer.statusCode()).isEqualTo(200);
        Dataset turned = WebServer.dataset(answer.body());
        byte[] implicit = WebServer.sample("MR_small_implicit.dcm");
        assertThat(turned.integer(Tag.Rows, 0))
                .isEqualTo(WebServer.dataset(implicit).integer(Tag.Rows, 0));
        assertThat(WebServer.pixels(answer.body())).isEqualTo(WebServer.pixels(implicit));
    }

    /** PS3.18 section 8.7.3.4. */
    @ParameterizedTest
    @ValueSource(
            strings = {"CT1_UNC.dcm", "MR1_JPLL.dcm", "US1_RLE.dcm", "MR_small_implicit.dcm", "MR_small_bigendian.dcm"})
    void whoeverSaysNoTransferSyntaxGetsExplicitLittleEndian(String sample) {
        byte[] explicit = server.get(
                        WebServer.path(sample), "Accept", "application/dicom; transfer-syntax=1.2.840.10008.1.2.1")
                .body();
        HttpResponse<byte[]> one = server.get(WebServer.path(sample), "Accept", "application/dicom");
        assertThat(WebServer.header(one, "Content-Type")).endsWith("; transfer-syntax=1.2.840.10008.1.2.1");
        assertThat(one.body()).isEqualTo(explicit);
        String study = WebServer.path(sample).replaceFirst("/series/.*", "");
        for (String accept : List.of(
                "*/*",
                "multipart/related; type=\"application/dicom\"",
                "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.1")) {
            for (String path : List.of(WebServer.path(sample), study)) {
                List<MultipartReader.Part> parts = WebServer.parts(server.get(path, "Accept", accept));
                assertThat(parts).allSatisfy(part -> assertThat(part.headers().get("content-type"))
                        .endsWith("; transfer-syntax=1.2.840.10008.1.2.1"));
                assertThat(parts).extracting(WebServer::content).contains(explicit);
            }
        }
    }

    @Test
    void whatLostSomethingInCompressionStaysAsItIsUnlessItIsAskedFor(@TempDir Path directory) throws IOException {
        Path lossy = Dcmtk.run("dcmcjpeg +eb +ua", Samples.file("US1_UNC.dcm"), directory.resolve("lossy.dcm"));
        server.bridge.store(Bridge.HAIDU, lossy);
        byte[] sent = Files.readAllBytes(lossy);
        String path = WebServer.path(sent);
        assertThat(WebServer.encoded(
                        server.get(path, "Accept", "application/dicom").body()))
                .isEqualTo(WebServer.encoded(sent));
        HttpResponse<byte[]> decoded =
                server.get(path, "Accept", "application/dicom; transfer-syntax=1.2.840.10008.1.2.1");
        assertThat(WebServer.pixels(decoded.body())).hasSize(640 * 480 * 3);
    }

    @Test
    void whatCannotBeDecodedIsGivenAsItIsUnlessItIsAskedFor(@TempDir Path directory) throws IOException {
        byte[] broken = WebServer.sample("CT1_JPLL.dcm");
        int image = new String(broken, StandardCharsets.ISO_8859_1).indexOf("\u00FF\u00D8\u00FF");
        Arrays.fill(broken, image, image + 64, (byte) 0);
        server.bridge.store(Bridge.HAIDU, Files.write(directory.resolve("broken.dcm"), broken));
        String path = WebServer.path(broken);
        HttpResponse<byte[]> kept = server.get(path, "Accept", "application/dicom");
        assertThat(WebServer.header(kept, "Content-Type")).endsWith("; transfer-syntax=1.2.840.10008.1.2.4.70");
        assertThat(WebServer.encoded(kept.body())).isEqualTo(WebServer.encoded(broken));
        assertThat(server.get(path, "Accept", "application/dicom; transfer-syntax=1.2.840.10008.1.2.1")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void noInstanceIsCompressedForAnybody() {
        assertThat(server.get(CT, "Accept", "application/dicom; transfer-syntax=1.2.840.10008.1.2.4.90")
                        .statusCode())
                .isEqualTo(406);
        assertThat(server.get(CT, "Accept", "image/jpeg").statusCode()).isEqualTo(406);
    }

    @Test
    void partOfAnInstanceIsGivenWhereARangeIsAskedFor() {
        byte[] whole = server.get(CT, "Accept", "application/dicom").body();
        HttpResponse<byte[]> part = server.get(CT, "Accept", "application/dicom", "Range", "bytes=100-299");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 100, 300));
        assertThat(WebServer.header(part, "Content-Range")).isEqualTo("bytes 100-299/" + whole.length);
        HttpResponse<byte[]> beyond =
                server.get(CT, "Accept", "application/dicom", "Range", "bytes=" + whole.length + "-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(WebServer.header(beyond, "Content-Range")).isEqualTo("bytes */" + whole.length);
        HttpResponse<byte[]> other =
                server.get(CT, "Accept", "application/dicom", "Range", "bytes=0-1", "If-Range", "\"another\"");
        assertThat(other.statusCode()).isEqualTo(200);
    }

    @Test
    void whoeverHasItAlreadyGetsNothing() {
        HttpResponse<byte[]> first = server.get(CT, "Accept", "application/dicom");
        String tag = WebServer.header(first, "ETag");
        HttpResponse<byte[]> again = server.get(CT, "Accept", "application/dicom", "If-None-Match", "\"x\", " + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(WebServer.header(server.get(CT), "ETag")).isNotEqualTo(tag);
    }

    @Test
    void headTellsTheLengthAndNothingElse() {
        HttpResponse<byte[]> head = server.method("HEAD", CT, "Accept", "application/dicom");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(WebServer.header(head, "Content-Length"))
                .isEqualTo(Integer.toString(
                        server.get(CT, "Accept", "application/dicom").body().length));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        String study = CT.replaceFirst("/series/.*", "");
        assertThat(server.get("/studies/9.9.9").statusCode()).isEqualTo(404);
        assertThat(server.get(study + "/series/9.9.9").statusCode()).isEqualTo(404);
        assertThat(server.get(CT + "9").statusCode()).isEqualTo(404);
        assertThat(server.get(CT.replace(study, "/studies/9.9.9")).statusCode()).isEqualTo(404);
        assertThat(server.get("/nothing").statusCode()).isEqualTo(404);
        assertThat(server.get("/studies/..%2Fetc").statusCode()).isIn(400, 404);
        assertThat(server.get("/studies/abc").statusCode()).isEqualTo(400);
    }

    @Test
    void refusalsAreJsonWithFaults() {
        HttpResponse<byte[]> answer = server.get("/studies/9.9.9");
        assertThat(WebServer.header(answer, "Content-Type")).startsWith("application/json");
        assertThat(WebServer.json(answer.body()).path("error").asText()).isEqualTo("no such study");
        assertThat(WebServer.json(answer.body()).path("faults")).hasSize(1);
    }

    @Test
    void methodsThatAreNotOfferedAreNamed() {
        HttpResponse<byte[]> answer = server.method("DELETE", CT);
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(WebServer.header(answer, "Allow")).contains("GET");
        HttpResponse<byte[]> options = server.method("OPTIONS", "/studies");
        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(WebServer.header(options, "Allow")).contains("GET").contains("POST");
    }

    @Test
    void whatTheServiceOffersIsTold() {
        HttpResponse<byte[]> answer = server.get("/");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(WebServer.json(answer.body()).path("resources")).hasSizeGreaterThan(15);
        assertThat(server.get("").statusCode()).isEqualTo(200);
    }

    @Test
    void anAnswerThatBreaksOffIsNotTakenForAWholeOne() throws IOException {
        for (String instance : List.of("1.2.3.60.1.1", "1.2.3.60.1.2")) {
            Dataset image = WebServer.image("P1", "1.2.3.60", "1.2.3.60.1", instance)
                    .set(Tag.InstanceNumber, Vr.IS, instance.substring(instance.length() - 1))
                    .set(new Element.Bytes(Tag.EncapsulatedDocument, Vr.OB, new byte[100_000]))
                    .build();
            server.bridge.store(Bridge.HAIDU, image);
        }
        List<Stored> stored = server.bridge.studies.bySopInstanceUid(List.of("1.2.3.60.1.1", "1.2.3.60.1.2"));
        String second = stored.stream()
                .filter(one -> one.sopInstanceUid().equals("1.2.3.60.1.2"))
                .findFirst()
                .orElseThrow()
                .blob();
        server.bridge.blobs.delete(second);
        assertThatThrownBy(() -> server.get("/studies/1.2.3.60")).isInstanceOf(UncheckedIOException.class);
        HttpResponse<byte[]> alone =
                server.get("/studies/1.2.3.60/series/1.2.3.60.1/instances/1.2.3.60.1.2", "Accept", "application/dicom");
        assertThat(alone.statusCode()).isEqualTo(500);
        assertThat(WebServer.json(alone.body()).path("error").asText()).contains("its log has the reason under");
    }
}
