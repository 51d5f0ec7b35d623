package org.countyhub.bench.imaging;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.countyhub.bench.dicom.Multipart;
import org.countyhub.bench.load.FhirBase;
import org.countyhub.bench.load.HttpConnection;
import org.countyhub.bench.load.LoadFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadBackTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private Sent sent;

    @SuppressWarnings("NullAway.Init")
    private byte[] answer;

    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        sent = Corpus.write(Studies.mr("a", 1, 1), directory).instances().getFirst();
        answer = Files.readAllBytes(sent.file());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/dicomweb/" + sent.path(), exchange -> {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(Multipart.PART);
            body.writeBytes(answer);
            body.writeBytes(Multipart.END);
            exchange.sendResponseHeaders(status, body.size());
            exchange.getResponseBody().write(body.toByteArray());
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void compare() {
        DicomWeb web =
                new DicomWeb(new FhirBase("127.0.0.1", server.getAddress().getPort(), "/dicomweb"));
        try (HttpConnection connection = new HttpConnection(web.base())) {
            ReadBack.compare(sent, connection, web.get(sent.path(), DicomWeb.INSTANCE));
        }
    }

    @Test
    void anInstanceThatComesBackAsItWasIsNoFailure() {
        assertThatCode(this::compare).doesNotThrowAnyException();
    }

    @Test
    void onePixelThatDiffersEndsTheRun() {
        answer[answer.length - 1] ^= 1;

        assertThatThrownBy(this::compare)
                .isInstanceOf(LoadFailure.class)
                .hasMessageContaining("the pixel data of studies/" + sent.studyUid());
    }

    @Test
    void anInstanceThatIsNotThereEndsTheRun() {
        status = 404;

        assertThatThrownBy(this::compare).isInstanceOf(LoadFailure.class).hasMessageContaining("answered 404, not 200");
    }

    @Test
    void halfAnInstanceEndsTheRun() {
        answer = java.util.Arrays.copyOf(answer, answer.length / 2);

        assertThatThrownBy(this::compare).isInstanceOf(LoadFailure.class).hasMessageContaining("cannot be read");
    }
}
