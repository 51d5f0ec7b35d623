package org.countyhub.bench.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load of a file, against a hub that takes every line but those that say bad. */
class LoadFileTest {
    private static final String LINES = "{\"id\":\"1\"}\n{\"id\":\"bad\"}\n{\"id\":\"3\"}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger busy = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/fhir/$import", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean refuse = busy.getAndDecrement() > 0;
            if (!refuse) {
                bodies.add(body);
            }
            byte[] answer = answer(body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refuse ? 503 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static String answer(String body) {
        List<String> lines = body.lines().toList();
        StringBuilder refusals = new StringBuilder();
        int refused = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("bad")) {
                refused++;
                refusals.append("""
                        ,{"name":"refusal","part":[{"name":"line","valueInteger":%d},{"name":"outcome","resource":
                        {"issue":[{"diagnostics":"no date","expression":["Patient.birthDate"]}]}}]}""".formatted(i + 1));
            }
        }
        return "{\"parameter\":[{\"name\":\"created\",\"valueInteger\":%d},{\"name\":\"refused\",\"valueInteger\":%d}%s]}"
                .formatted(lines.size() - refused, refused, refusals);
    }

    private boolean load(Path file, ByteArrayOutputStream out) throws IOException, InterruptedException {
        String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/fhir";
        try (Import hub = new Import(base, Duration.ofMillis(1))) {
            return new LoadFile(file, hub, new PrintStream(out, true, StandardCharsets.UTF_8), false).run();
        }
    }

    @Test
    void countsAndTellsWhichLinesWereRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("patients.ndjson"), LINES);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(load(file, out)).isFalse();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("line 2: Patient.birthDate: no date", "2 created, 0 updated, 0 unchanged, 1 refused");
    }

    @Test
    void sendsAgainWhatABusyHubDidNotTakeAndReadsCompressedFiles() throws Exception {
        busy.set(2);
        Path file = directory.resolve("patients.ndjson.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write(LINES.replace("bad", "2").getBytes(StandardCharsets.UTF_8));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(load(file, out)).isTrue();
        assertThat(bodies).containsExactly(LINES.replace("bad", "2"));
    }

    @Test
    void givesUpWhenTheHubStaysBusy() throws Exception {
        busy.set(100);
        Path file = Files.writeString(directory.resolve("patients.ndjson"), LINES);
        assertThatThrownBy(() -> load(file, new ByteArrayOutputStream()))
                .isInstanceOf(ImportFailure.class)
                .hasMessageContaining("503");
    }
}
