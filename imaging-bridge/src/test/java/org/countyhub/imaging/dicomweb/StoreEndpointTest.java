package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** STOW-RS, PS3.18 section 10.5. */
class StoreEndpointTest {
    private static WebServer server;

    @BeforeAll
    static void start() {
        server = new WebServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<byte[]> store(byte[]... files) {
        return server.post("/studies", WebServer.MULTIPART, WebServer.multipart(files));
    }

    private static byte[] file(String study, String instance) {
        return WebServer.file(WebServer.image("P1", study, study + ".1", study + ".1." + instance)
                .build());
    }

    private static int reason(JsonNode item, String tag) {
        return item.path(tag).path("Value").path(0).asInt();
    }

    @Test
    void instancesAreStoredAndNamedWithWhereTheyAreFound() {
        byte[] first = WebServer.sample("CT1_UNC.dcm");
        HttpResponse<byte[]> answer = store(first, WebServer.sample("series/ct-3slice-01.dcm"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(WebServer.header(answer, "Content-Type")).isEqualTo("application/dicom+json");
        JsonNode stored = WebServer.json(answer.body()).path("00081199").path("Value");
        assertThat(stored).hasSize(2);
        assertThat(stored.path(0).path("00081190").path("Value").path(0).asText())
                .isEqualTo(WebServer.BASE + WebServer.path("CT1_UNC.dcm"));
        Dataset kept = WebServer.dataset(server.get(WebServer.path("CT1_UNC.dcm"), "Accept", "application/dicom")
                .body());
        assertThat(kept.elements()).hasSameSizeAs(WebServer.dataset(first).elements());
    }

    @Test
    void oneInstanceMayComeByItself() {
        byte[] file = file("1.2.3.20", "1");
        HttpResponse<byte[]> answer = server.post("/studies/1.2.3.20", "application/dicom", file);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(WebServer.json(answer.body())
                        .path("00081190")
                        .path("Value")
                        .path(0)
                        .asText())
                .isEqualTo(WebServer.BASE + "/studies/1.2.3.20");
    }

    @Test
    void whatIsThereAlreadyIsStored() {
        assertThat(store(file("1.2.3.21", "1")).statusCode()).isEqualTo(200);
        assertThat(store(file("1.2.3.21", "1"), file("1.2.3.21", "1")).statusCode())
                .isEqualTo(200);
        assertThat(WebServer.json(server.get("/studies/1.2.3.21/instances").body()))
                .hasSize(1);
    }

    @Test
    void whatIsKeptApartIsWarnedOf() {
        Dataset nobody = WebServer.image("P1", "1.2.3.22", "1.2.3.22.1", "1.2.3.22.1.1")
                .remove(Tag.PatientID)
                .build();
        HttpResponse<byte[]> answer = store(WebServer.file(nobody), file("1.2.3.23", "1"));
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode stored = WebServer.json(answer.body()).path("00081199").path("Value");
        assertThat(stored).hasSize(2);
        assertThat(reason(stored.path(0), "00081196")).isEqualTo(0xB000);
        assertThat(stored.path(0).path("00081190").has("Value")).isFalse();
        assertThat(stored.path(1).has("00081196")).isFalse();
    }

    @Test
    void whatBelongsToAnotherStudyThanTheAddressIsRefused() {
        HttpResponse<byte[]> answer =
                server.post("/studies/1.2.3.24", WebServer.MULTIPART, WebServer.multipart(file("1.2.3.25", "1")));
        assertThat(answer.statusCode()).isEqualTo(409);
        JsonNode failed = WebServer.json(answer.body()).path("00081198").path("Value");
        assertThat(failed).hasSize(1);
        assertThat(reason(failed.path(0), "00081197")).isEqualTo(0xA900);
        assertThat(failed.path(0).path("00081155").path("Value").path(0).asText())
                .isEqualTo("1.2.3.25.1.1");
        assertThat(server.get("/studies/1.2.3.25/metadata").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsBrokenDisturbsNothingElse() {
        byte[] broken = file("1.2.3.26", "1");
        HttpResponse<byte[]> answer = store(
                file("1.2.3.26", "2"), Arrays.copyOf(broken, broken.length - 3), file("1.2.3.26", "3"), new byte[9]);
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode module = WebServer.json(answer.body());
        assertThat(module.path("00081199").path("Value")).hasSize(2);
        assertThat(reason(module.path("00081198").path("Value").path(0), "00081197"))
                .isEqualTo(0xC000);
        JsonNode unnamed = module.path("0008119A").path("Value");
        assertThat(unnamed).hasSize(1);
        assertThat(unnamed.path(0).path("00000902").path("Value").path(0).asText())
                .startsWith("part 4: byte 128");
    }

    @Test
    void partsOfOtherKindsAreRefusedOneByOne() {
        byte[] body =
                "--upload\r\nContent-Type: text/plain\r\n\r\nhello\r\n--upload--".getBytes(StandardCharsets.US_ASCII);
        HttpResponse<byte[]> answer = server.post("/studies", WebServer.MULTIPART, body);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(WebServer.json(answer.body()).path("0008119A").path("Value")).hasSize(1);
    }

    @Test
    void onlyWholeInstancesAreTaken() {
        String parts = "multipart/related; type=\"application/dicom+json\"; boundary=upload";
        HttpResponse<byte[]> answer = server.post("/studies", parts, WebServer.multipart());
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(WebServer.json(answer.body()).path("error").asText()).contains("send whole instances");
        assertThat(server.post("/studies", "text/plain", new byte[3]).statusCode())
                .isEqualTo(415);
        assertThat(server.post("/studies", "multipart/form-data; boundary=x", new byte[3])
                        .statusCode())
                .isEqualTo(415);
        assertThat(server.post("/studies", "nonsense", new byte[3]).statusCode())
                .isEqualTo(415);
    }

    @Test
    void theAnswerIsJsonOrNone() {
        HttpResponse<byte[]> answer = server.post(
                "/studies",
                WebServer.MULTIPART,
                WebServer.multipart(file("1.2.3.27", "1")),
                "Accept",
                "application/dicom+xml");
        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(server.get("/studies/1.2.3.27/metadata").statusCode()).isEqualTo(404);
    }

    @Test
    void aBodyThatIsNoMultipartIsRefusedWithThePlace() {
        HttpResponse<byte[]> none = server.post("/studies", WebServer.MULTIPART, new byte[100]);
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(WebServer.json(none.body())
                        .path("faults")
                        .path(0)
                        .path("place")
                        .asText())
                .isEqualTo("part 1, byte 100");
        assertThat(server.post("/studies", "multipart/related; type=\"application/dicom\"", new byte[1])
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aBodyThatBreaksOffLeavesWhatWasWholeAndNothingElse() {
        long files = server.bridge.files();
        byte[] body = WebServer.multipart(file("1.2.3.28", "1"), file("1.2.3.28", "2"));
        HttpResponse<byte[]> answer =
                server.post("/studies", WebServer.MULTIPART, Arrays.copyOf(body, body.length - 40));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(WebServer.json(answer.body()).path("error").asText()).contains("instances stored before that: 1");
        assertThat(server.bridge.files()).isEqualTo(files + 1);
        assertThat(WebServer.json(server.get("/studies/1.2.3.28/instances").body()))
                .hasSize(1);
    }

    @Test
    void aSenderThatHangsUpLeavesWhatWasWholeAndNothingElse() throws Exception {
        long files = server.bridge.files();
        byte[] body = WebServer.multipart(file("1.2.3.29", "1"), WebServer.sample("CT2_UNC.dcm"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /dicomweb/studies HTTP/1.1\r\nHost: h\r\nContent-Type: " + WebServer.MULTIPART
                            + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body, 0, body.length - 1_000);
            out.flush();
        }
        for (int wait = 0;
                wait < 100 && server.get("/studies/1.2.3.29/metadata").statusCode() != 200;
                wait++) {
            Thread.sleep(50);
        }
        assertThat(WebServer.json(server.get("/studies/1.2.3.29/instances").body()))
                .hasSize(1);
        for (int wait = 0; wait < 100 && server.bridge.files() != files + 1; wait++) {
            Thread.sleep(50);
        }
        assertThat(server.bridge.files()).isEqualTo(files + 1);
    }

    @Test
    void onlySystemsThatTakePartMayStore() {
        HttpResponse<byte[]> answer = server.post(
                "/studies", WebServer.MULTIPART, WebServer.multipart(file("1.2.3.30", "1")), "X-AE-Title", "STRANGER");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(server.post(
                                "/studies",
                                WebServer.MULTIPART,
                                WebServer.multipart(file("1.2.3.30", "1")),
                                "X-AE-Title",
                                "READER")
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.post("/studies", WebServer.MULTIPART, new byte[0], "X-AE-Title", "SEVENTEEN_LETTERS")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void manyInstancesComeInOneRequest() throws IOException {
        byte[][] files = new byte[300][];
        for (int i = 0; i < files.length; i++) {
            files[i] = file("1.2.3.31", Integer.toString(i + 1));
        }
        assertThat(store(files).statusCode()).isEqualTo(200);
        assertThat(WebServer.json(
                        server.get("/studies/1.2.3.31/instances?limit=1000").body()))
                .hasSize(300);
    }
}
