package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WADO-RS, frame and bulkdata resources: PS3.18 sections 8.7.3 and 10.4. */
class FramesTest {
    private static final String OCTETS = "multipart/related; type=\"application/octet-stream\"";
    private static final String STORED = OCTETS + "; transfer-syntax=*";
    private static final String BITS = "/studies/1.2.3.40/series/1.2.3.40.1/instances/1.2.3.40.1.1";
    private static final String SEVERAL = "/studies/1.2.3.40/series/1.2.3.40.1/instances/1.2.3.40.1.2";

    private static WebServer server;

    @BeforeAll
    static void start() {
        server = new WebServer();
        for (String sample : List.of(
                "CT1_UNC.dcm", "MR1_JPLL.dcm", "US1_RLE.dcm", "MR_small_bigendian.dcm", "sr.dcm", "ecg-12lead.dcm")) {
            server.bridge.store(Bridge.HAIDU, Samples.file(sample));
        }
        // Three frames of 3 × 3 bits: the second begins inside a byte.
        server.bridge.store(
                Bridge.HAIDU,
                pixels("1.2.3.40.1.1", 3, 3, 1, 3)
                        .set(new Element.Bytes(Tag.PixelData, Vr.OB, new byte[] {
                            (byte) 0b1010_0101, (byte) 0b0011_1100, 0b0000_0111, 0b0000_0101
                        }))
                        .build());
        byte[] frames = new byte[4 * 16];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = (byte) i;
        }
        server.bridge.store(
                Bridge.HAIDU,
                pixels("1.2.3.40.1.2", 4, 4, 8, 4)
                        .set(new Element.Bytes(Tag.PixelData, Vr.OB, frames))
                        .build());
    }

    private static Dataset.Builder pixels(String instance, int rows, int columns, int bits, int frames) {
        return WebServer.image("P1", "1.2.3.40", "1.2.3.40.1", instance)
                .set(Tag.SamplesPerPixel, 1)
                .set(Tag.PhotometricInterpretation, Vr.CS, "MONOCHROME2")
                .set(Tag.NumberOfFrames, Vr.IS, Integer.toString(frames))
                .set(Tag.Rows, rows)
                .set(Tag.Columns, columns)
                .set(Tag.BitsAllocated, bits)
                .set(Tag.BitsStored, bits)
                .set(Tag.HighBit, bits - 1)
                .set(Tag.PixelRepresentation, 0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] pixels(String sample) {
        return WebServer.pixels(WebServer.sample(sample));
    }

    private static byte[] only(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        List<MultipartReader.Part> parts = WebServer.parts(answer);
        assertThat(parts).hasSize(1);
        return WebServer.content(parts.getFirst());
    }

    @Test
    void aNativeFrameIsGivenAsItLies() {
        byte[] expected = pixels("CT1_UNC.dcm");
        HttpResponse<byte[]> answer = server.get(WebServer.path("CT1_UNC.dcm") + "/frames/1", "Accept", OCTETS);
        assertThat(only(answer)).isEqualTo(expected);
        assertThat(WebServer.header(answer, "Content-Length")).isEqualTo(Integer.toString(answer.body().length));
        assertThat(server.get(WebServer.path("CT1_UNC.dcm") + "/frames/1", "Accept", "application/octet-stream")
                        .body())
                .isEqualTo(expected);
        assertThat(only(server.get(WebServer.path("CT1_UNC.dcm") + "/frames/1")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"MR1_JPLL.dcm, MR1_UNC.dcm", "US1_RLE.dcm, US1_UNC.dcm"})
    void aCompressedFrameIsDecodedForWhoeverTakesOctets(String sample, String uncompressed) {
        byte[] decoded = only(server.get(WebServer.path(sample) + "/frames/1", "Accept", OCTETS));
        assertThat(decoded).isEqualTo(pixels(uncompressed));
    }

    @ParameterizedTest
    @CsvSource({"MR1_JPLL.dcm, image/jpeg", "US1_RLE.dcm, image/dicom-rle"})
    void aCompressedFrameIsGivenAsItIsForWhoeverTakesThat(String sample, String type) {
        String path = WebServer.path(sample) + "/frames/1";
        HttpResponse<byte[]> stored = server.get(path, "Accept", STORED);
        MultipartReader.Part part = WebServer.parts(stored).getFirst();
        assertThat(part.headers().get("content-type")).startsWith(type + "; transfer-syntax=1.2.840.10008.1.2.");
        byte[] frame = WebServer.content(part);
        assertThat(only(server.get(path, "Accept", "multipart/related; type=\"" + type + "\"")))
                .isEqualTo(frame);
        HttpResponse<byte[]> alone = server.get(path, "Accept", type);
        assertThat(alone.body()).isEqualTo(frame);
        assertThat(WebServer.header(alone, "Content-Type")).startsWith(type);
        assertThat(frame).isEqualTo(pixels(sample));
    }

    @Test
    void bigEndianFramesBecomeLittle() {
        byte[] big = pixels("MR_small_bigendian.dcm");
        byte[] little = only(server.get(WebServer.path("MR_small_bigendian.dcm") + "/frames/1", "Accept", OCTETS));
        assertThat(little).hasSameSizeAs(big);
        for (int i = 0; i < big.length; i += 2) {
            assertThat(little[i]).isEqualTo(big[i + 1]);
            assertThat(little[i + 1]).isEqualTo(big[i]);
        }
    }

    @Test
    void framesOfSingleBitsBeginWithAByteEach() {
        List<MultipartReader.Part> parts = WebServer.parts(server.get(BITS + "/frames/1,2,3", "Accept", OCTETS));
        // 9 bits each of 1 0100 1010 0101 …, the lowest bit of a byte first.
        assertThat(parts).hasSize(3);
        assertThat(WebServer.content(parts.get(0))).containsExactly(0b1010_0101, 0b0);
        assertThat(WebServer.content(parts.get(1))).containsExactly(0b1001_1110, 0b1);
        assertThat(WebServer.content(parts.get(2))).containsExactly(0b0100_0001, 0b1);
    }

    @Test
    void framesComeInTheOrderInWhichTheyAreNamed() {
        List<MultipartReader.Part> parts = WebServer.parts(server.get(SEVERAL + "/frames/4,1,1", "Accept", OCTETS));
        assertThat(parts)
                .extracting(part -> part.headers().get("content-location"))
                .containsExactly(
                        "/dicomweb" + SEVERAL + "/frames/4",
                        "/dicomweb" + SEVERAL + "/frames/1",
                        "/dicomweb" + SEVERAL + "/frames/1");
        assertThat(WebServer.content(parts.get(0))[0]).isEqualTo((byte) 48);
        assertThat(WebServer.content(parts.get(2))).hasSize(16);
    }

    @Test
    void framesThatAreNotThereAreNotFound() {
        assertThat(server.get(SEVERAL + "/frames/5").statusCode()).isEqualTo(404);
        assertThat(server.get(SEVERAL + "/frames/0").statusCode()).isEqualTo(404);
        assertThat(server.get(SEVERAL + "/frames/9999999999").statusCode()).isEqualTo(404);
        assertThat(server.get(WebServer.path("sr.dcm") + "/frames/1").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1,", "-1", "1.5", ",", "99999999999"})
    void listsThatAreNoneAreRefused(String list) {
        assertThat(server.get(SEVERAL + "/frames/" + list).statusCode()).isEqualTo(400);
    }

    @Test
    void whatCannotBeGivenIsRefusedWithWhatCan() {
        HttpResponse<byte[]> answer = server.get(
                WebServer.path("CT1_UNC.dcm") + "/frames/1", "Accept", "multipart/related; type=\"image/jls\"");
        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(WebServer.json(answer.body()).path("error").asText()).contains("application/octet-stream");
        assertThat(server.get(SEVERAL + "/frames/1,2", "Accept", "application/octet-stream")
                        .statusCode())
                .isEqualTo(406);
    }

    @Test
    void whoeverHasAFrameAlreadyGetsNothing() {
        String path = SEVERAL + "/frames/2";
        String tag = WebServer.header(server.get(path, "Accept", OCTETS), "ETag");
        assertThat(server.get(path, "Accept", OCTETS, "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(server.get(path, "Accept", "application/octet-stream", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get(SEVERAL + "/frames/3", "Accept", OCTETS, "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void partOfAFrameIsGivenWhereARangeIsAskedFor() {
        HttpResponse<byte[]> part =
                server.get(SEVERAL + "/frames/2", "Accept", "application/octet-stream", "Range", "bytes=-4");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).containsExactly(28, 29, 30, 31);
    }

    @Test
    void pixelsAreBulkDataToo() {
        String path = WebServer.path("CT1_UNC.dcm") + "/bulkdata/7FE00010";
        byte[] expected = pixels("CT1_UNC.dcm");
        assertThat(server.get(path, "Accept", "application/octet-stream").body())
                .isEqualTo(expected);
        assertThat(only(server.get(path, "Accept", OCTETS))).isEqualTo(expected);
        HttpResponse<byte[]> part = server.get(path, "Range", "bytes=70001-70010");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(expected, 70_001, 70_011));
        assertThat(only(server.get(WebServer.path("MR1_JPLL.dcm") + "/bulkdata/7FE00010")))
                .isEqualTo(only(server.get(WebServer.path("MR1_JPLL.dcm") + "/frames/1", "Accept", STORED)));
    }

    @Test
    void bulkDataOfBigEndianAreLittle() {
        String path = WebServer.path("MR_small_bigendian.dcm");
        byte[] frame = server.get(path + "/frames/1", "Accept", "application/octet-stream")
                .body();
        HttpResponse<byte[]> whole = server.get(path + "/bulkdata/7FE00010", "Accept", "application/octet-stream");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(frame);
        assertThat(server.get(path + "/bulkdata/7FE00010", "Range", "bytes=3-8").body())
                .isEqualTo(Arrays.copyOfRange(frame, 3, 9));
    }

    @Test
    void valuesInsideSequencesAreFoundByTheAddressesThatMetadataName() {
        String path = WebServer.path("ecg-12lead.dcm");
        var metadata = WebServer.json(server.get(path + "/metadata").body());
        String address = metadata.findPath("54001010").path("BulkDataURI").asText();
        assertThat(address).startsWith("/dicomweb" + path + "/bulkdata/54000100/");
        HttpResponse<byte[]> value = server.get(address.substring("/dicomweb".length()));
        assertThat(value.statusCode()).isEqualTo(200);
        assertThat(value.body()).hasSizeGreaterThan(10_000);
    }

    @Test
    void valuesThatAreNotThereAreNotFound() {
        String path = WebServer.path("CT1_UNC.dcm");
        assertThat(server.get(path + "/bulkdata/00091077").statusCode()).isEqualTo(404);
        assertThat(server.get(path + "/bulkdata/54000100/7/54001010").statusCode())
                .isEqualTo(404);
        assertThat(server.get(path + "/bulkdata/54000100/7").statusCode()).isEqualTo(400);
        assertThat(server.get(path + "/bulkdata/etc/passwd/x").statusCode()).isEqualTo(400);
    }
}
