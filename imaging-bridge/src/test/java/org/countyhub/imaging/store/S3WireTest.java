package org.countyhub.imaging.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.countyhub.kernel.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes over the wire, and what comes back when a store misbehaves. */
class S3WireTest {
    private Path spool;

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new ArrayList<>();
    private HttpServer server;
    private S3Blobs blobs;

    @SuppressWarnings("ArrayRecordComponent")
    private record Request(String method, String path, Map<String, List<String>> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    @BeforeEach
    void start(@TempDir Path own) throws IOException {
        spool = own;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Settings settings = new Settings(Map.of(
                "HUB_S3_ENDPOINT", "http://127.0.0.1:" + server.getAddress().getPort(),
                "HUB_S3_BUCKET", "imaging",
                "HUB_S3_ACCESS_KEY", "key",
                "HUB_S3_SECRET_KEY", "secret"));
        blobs = S3Blobs.configured(settings, spool, 0, BlobStoreContract.CLOCK).orElseThrow();
    }

    @AfterEach
    void stop() {
        blobs.close();
        server.stop(0);
    }

    /** PUTs are answered as the test says; a GET announces 100 bytes and breaks off after 50. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes()));
            if (exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(206, 100);
                exchange.getResponseBody().write(new byte[50]);
                exchange.getResponseBody().flush();
            } else {
                exchange.sendResponseHeaders(answers.isEmpty() ? 200 : answers.removeFirst(), -1);
            }
        }
    }

    @Test
    void aBlobGoesAsItIsWithItsLengthAndChecksumAndNoKeyGoes() throws Exception {
        byte[] bytes = BlobStoreContract.bytes(100_000, 7);

        String key = BlobStoreContract.put(blobs, bytes);

        Request put = requests.getFirst();
        assertThat(put.method()).isEqualTo("PUT");
        assertThat(put.path()).isEqualTo("/imaging/" + key);
        assertThat(put.body()).isEqualTo(bytes);
        assertThat(put.header("Content-length")).isEqualTo("100000");
        assertThat(put.header("Content-md5"))
                .isEqualTo(Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("MD5").digest(bytes)));
        assertThat(put.header("Authorization")).startsWith("AWS4-HMAC-SHA256 Credential=key/");
        assertThat(put.headers().toString()).doesNotContain("secret");
    }

    @Test
    void aFailureOfTheMomentIsTriedAgainWithAllOfTheBytes() throws Exception {
        answers.add(503);
        byte[] bytes = BlobStoreContract.bytes(100_000, 8);

        BlobStoreContract.put(blobs, bytes);

        assertThat(requests).hasSize(2).allMatch(request -> java.util.Arrays.equals(request.body(), bytes));
    }

    @Test
    void anAnswerThatBreaksOffIsNoShortBlob() throws IOException {
        try (InputStream in = blobs.open("2026/03/01/10/some.dcm", 0, 100)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
        assertThat(requests.getFirst().header("Range")).isEqualTo("bytes=0-99");
    }
}
