package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rendered resources of documents, PS3.18 sections 8.7.4 and 10.4. */
class DocumentsTest {
    private static final String PDF = "1.2.840.10008.5.1.4.1.1.104.1";
    private static final String CDA = "1.2.840.10008.5.1.4.1.1.104.2";
    private static WebServer server;
    private static int next = 1;

    @BeforeAll
    static void start() {
        server = new WebServer();
        server.bridge.store(Bridge.HAIDU, Samples.file("sr.dcm"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Stores a document, and gives the path of its rendered resource. */
    private static String store(String sopClass, String mediaType, byte[] value, boolean withLength) {
        String uid = "1.2.156.42." + next++;
        Dataset.Builder dataset = WebServer.image("P1", uid, uid + ".1", uid + ".1.1")
                .set(Tag.SOPClassUID, Vr.UI, sopClass)
                .set(Tag.MIMETypeOfEncapsulatedDocument, Vr.LO, mediaType)
                .set(new Element.Bytes(
                        Tag.EncapsulatedDocument, Vr.OB, Arrays.copyOf(value, value.length + value.length % 2)));
        if (withLength) {
            dataset.set(new Element.Bytes(
                    Tag.EncapsulatedDocumentLength,
                    Vr.UL,
                    ByteBuffer.allocate(4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(value.length)
                            .array()));
        }
        server.bridge.store(Bridge.HAIDU, dataset.build());
        return "/studies/" + uid + "/series/" + uid + ".1/instances/" + uid + ".1.1/rendered";
    }

    private static byte[] pdf(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        System.arraycopy("%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 9);
        return bytes;
    }

    private static String text(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void aPdfComesAsItWasPutIn() {
        for (int length : new int[] {101, 100, 300_001}) {
            byte[] document = pdf(length);
            String path = store(PDF, "application/pdf", document, true);
            for (String accept : new String[] {"application/pdf", "*/*", "text/html, */*;q=0.8"}) {
                HttpResponse<byte[]> answer = server.get(path, "Accept", accept);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(WebServer.header(answer, "Content-Type")).isEqualTo("application/pdf");
                assertThat(WebServer.header(answer, "Content-Length")).isEqualTo(Integer.toString(length));
                assertThat(WebServer.header(answer, "Content-Disposition"))
                        .startsWith("inline; filename=\"1.2.156.42.");
                assertThat(WebServer.header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(answer.body()).isEqualTo(document);
            }
        }
    }

    @Test
    void withoutItsLengthADocumentKeepsItsPadding() {
        byte[] document = pdf(101);
        byte[] answer =
                server.get(store(PDF, "application/pdf", document, false)).body();
        assertThat(answer).isEqualTo(Arrays.copyOf(document, 102));
    }

    @Test
    void aPartOfAPdfCanBeAskedFor() {
        byte[] document = pdf(300_001);
        String path = store(PDF, "application/pdf", document, true);
        HttpResponse<byte[]> part = server.get(path, "Range", "bytes=299990-");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(document, 299_990, 300_001));
        HttpResponse<byte[]> head = server.method("HEAD", path);
        assertThat(WebServer.header(head, "Content-Length")).isEqualTo("300001");
        String tag = WebServer.header(head, "ETag");
        assertThat(server.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void aPdfIsNoPictureAndNoPage() {
        String path = store(PDF, "application/pdf", pdf(100), true);
        assertThat(server.get(path, "Accept", "image/jpeg").statusCode()).isEqualTo(406);
        assertThat(server.get(path, "Accept", "text/html").statusCode()).isEqualTo(406);
        assertThat(server.get(path + "?viewport=10,10").statusCode()).isEqualTo(400);
        assertThat(server.get(path.replace("/rendered", "/frames/1/rendered")).statusCode())
                .isEqualTo(404);
        assertThat(server.get(path.replace("/rendered", "/thumbnail")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aPdfIsOneWhateverItsHeaderSays() {
        HttpResponse<byte[]> answer = server.get(store(PDF, "text/html", pdf(100), true));
        assertThat(WebServer.header(answer, "Content-Type")).isEqualTo("application/pdf");
    }

    @Test
    void otherDocumentsAreFilesInAClosedRoom() {
        byte[] document = "<ClinicalDocument/>".getBytes(StandardCharsets.US_ASCII);
        HttpResponse<byte[]> answer = server.get(store(CDA, "text/XML", document, true));
        assertThat(answer.body()).isEqualTo(document);
        assertThat(WebServer.header(answer, "Content-Type")).startsWith("text/xml");
        assertThat(WebServer.header(answer, "Content-Disposition")).startsWith("attachment; filename=\"1.2.156.42.");
        assertThat(WebServer.header(answer, "Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
        for (String type : new String[] {"text/html", "image/svg+xml", "application/octet-stream", ""}) {
            assertThat(server.get(store(CDA, type, document, true)).statusCode())
                    .as(type)
                    .isEqualTo(406);
        }
    }

    @Test
    void anInstanceWithoutItsDocumentHasNone() {
        String uid = "1.2.156.43.1";
        server.bridge.store(
                Bridge.HAIDU,
                WebServer.image("P1", uid, uid + ".1", uid + ".1.1")
                        .set(Tag.SOPClassUID, Vr.UI, PDF)
                        .build());
        String path = "/studies/" + uid + "/series/" + uid + ".1/instances/" + uid + ".1.1/rendered";
        assertThat(server.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void aStructuredReportIsAPageOrText() {
        String path = WebServer.path("sr.dcm") + "/rendered";
        HttpResponse<byte[]> page = server.get(path);
        assertThat(WebServer.header(page, "Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(WebServer.header(page, "Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
        assertThat(text(page))
                .startsWith("<!DOCTYPE html>")
                .contains("<h1>Imaging Measurement Report</h1>")
                .contains("<b>Modality:</b> Positron emission tomography (PT, DCM)")
                .contains("<dt>Completion</dt><dd>PARTIAL</dd>");
        HttpResponse<byte[]> plain = server.get(path, "Accept", "text/plain");
        assertThat(WebServer.header(plain, "Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
        assertThat(text(plain))
                .startsWith("Imaging Measurement Report\n")
                .contains("- Study Date: 1986-03-11\n")
                .contains("- Pixel Data Rows: 128 {pixels}\n");
        assertThat(WebServer.header(plain, "ETag")).isNotEqualTo(WebServer.header(page, "ETag"));
        assertThat(server.get(path, "Accept", "image/jpeg").statusCode()).isEqualTo(406);
        assertThat(server.get(path.replace("/rendered", "/thumbnail")).statusCode())
                .isEqualTo(404);
    }
}
