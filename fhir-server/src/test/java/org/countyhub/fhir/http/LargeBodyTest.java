package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.countyhub.fhir.HubServer;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.transaction.WritePolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies larger than the server takes are refused without being held in memory. */
class LargeBodyTest {
    private static final String JSON = "Content-Type: application/fhir+json\r\n";
    private static final int MEGABYTE = 1024 * 1024;
    private static final int SENT_MEGABYTES = 100;

    private static TestHub hub;
    private static Wire wire;

    @BeforeAll
    static void start() {
        hub = TestHub.start(WritePolicy.STRICT, Clock.systemUTC(), new HubServer.Limits(4 * MEGABYTE, 8 * MEGABYTE));
        wire = new Wire(hub);
    }

    @AfterAll
    static void stop() {
        assertThat(RowCounts.of(hub.database()).byTable().values()).containsOnly(0L);
        hub.close();
    }

    private static void text(OutputStream out, boolean chunked) throws IOException {
        byte[] block = new byte[MEGABYTE];
        Arrays.fill(block, (byte) ' ');
        for (int i = 0; i < SENT_MEGABYTES; i++) {
            if (chunked) {
                out.write((Integer.toHexString(MEGABYTE) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            out.write(block);
            if (chunked) {
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        if (chunked) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void refused(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 413").contains("OperationOutcome", "at most 4 MB");
    }

    @Test
    void aHundredMegabytesWithTheirLengthAreRefused() {
        refused(wire.answer(
                "POST /Patient",
                JSON + "Content-Length: " + SENT_MEGABYTES * MEGABYTE + "\r\n",
                out -> text(out, false)));
    }

    @Test
    void aHundredMegabytesInChunksAreRefused() {
        refused(wire.answer("POST /Patient", JSON + "Transfer-Encoding: chunked\r\n", out -> text(out, true)));
    }

    @Test
    void aHundredMegabytesOfFormAreRefused() {
        String form = "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n";

        refused(wire.answer("POST /Patient/_search", form, out -> text(out, true)));
        refused(wire.answer("POST /Patient/_search?name=x", form, out -> text(out, true)));
        refused(wire.answer("POST /Patient?name=x", form, out -> text(out, true)));
    }

    @Test
    void whatUnpacksToMuchMoreIsRefused() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            text(gzip, false);
        }

        assertThat(packed.size()).isLessThan(MEGABYTE);
        refused(wire.answer("POST /Patient", JSON + "Content-Encoding: gzip\r\n", packed.toByteArray()));
    }

    @Test
    void whatIsNotGzipIsRefused() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"resourceType\":\"Patient\"}".getBytes(StandardCharsets.UTF_8));
        }
        byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() - 12);

        for (byte[] body : List.of(cut, "plain".getBytes(StandardCharsets.UTF_8), new byte[] {31})) {
            assertThat(wire.answer("POST /Patient", JSON + "Content-Encoding: gzip\r\n", body))
                    .startsWith("HTTP/1.1 400")
                    .contains("gzip");
        }
        assertThat(wire.answer("POST /Patient", JSON + "Content-Encoding: br\r\n", cut))
                .startsWith("HTTP/1.1 415");
    }

    /** Sixteen at once would take 1.6 GB if they were kept. */
    @Test
    void manyAtOnceAreRefusedAlike() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = java.util.stream.IntStream.range(0, 16)
                    .mapToObj(client -> clients.submit(() -> wire.answer(
                            "POST /Patient", JSON + "Transfer-Encoding: chunked\r\n", out -> text(out, true))))
                    .toList();
            for (Future<String> answer : answers) {
                refused(answer.get());
            }
        }
        assertThat(hub.get("/Patient").statusCode()).isEqualTo(200);
    }

    /** Two bodies of the largest size are all that there is room for. */
    @Test
    void smallRequestsGoOnWhileLargeOnesFillTheRoom() throws Exception {
        CountDownLatch sent = new CountDownLatch(2);
        CountDownLatch answered = new CountDownLatch(1);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> large = Stream.generate(() -> clients.submit(() ->
                            wire.answer("POST /Patient", JSON + "Content-Length: " + 4 * MEGABYTE + "\r\n", out -> {
                                byte[] half = new byte[2 * MEGABYTE];
                                out.write(half);
                                out.flush();
                                sent.countDown();
                                awaitIn(answered);
                                out.write(half);
                            })))
                    .limit(2)
                    .toList();
            sent.await();
            for (int i = 0; i < 20; i++) {
                assertThat(hub.get("/Patient").statusCode()).isEqualTo(200);
                assertThat(wire.answer(
                                "POST /Patient",
                                JSON + "Transfer-Encoding: chunked\r\n",
                                out -> out.write("2\r\n{}\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII))))
                        .startsWith("HTTP/1.1 400");
            }
            assertThat(large).noneMatch(Future::isDone);
            answered.countDown();
            for (Future<String> answer : large) {
                assertThat(answer.get()).startsWith("HTTP/1.1 400");
            }
        }
    }

    private static void awaitIn(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
