package org.countyhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the application as a whole does: its own container, in a process of its own. */
class ApplicationTest {
    private static final int MAX_MILLIS = 20;
    /** Composing takes more than a second; the rest is room for the other tests of a run, which share the machine. */
    private static final int MAX_FIRST_MILLIS = 200;

    private static final int TRIES = 5;

    private static HubProcess hub;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException, InterruptedException {
        hub = HubProcess.start(data);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static HttpResponse<byte[]> get(HttpClient http, String path, String... headers)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(hub.base() + path))
                        .headers(headers)
                        .build(),
                BodyHandlers.ofByteArray());
    }

    @Test
    void answersArePackedForClientsThatUnpack() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String format : new String[] {"application/fhir+json", "application/fhir+xml"}) {
                var plain = get(http, "/metadata", "Accept", format);
                var packed = get(http, "/metadata", "Accept", format, "Accept-Encoding", "gzip");

                assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
                assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
                assertThat(packed.headers().allValues("Vary").toString().toLowerCase(java.util.Locale.ROOT))
                        .contains("accept-encoding");
                assertThat(packed.body().length).isLessThan(plain.body().length / 5);
                byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
                assertThat(new String(unpacked, StandardCharsets.UTF_8))
                        .isEqualTo(new String(plain.body(), StandardCharsets.UTF_8));
            }
        }
    }

    /** The capabilities are composed when the server starts, not when the first client asks. */
    @Test
    void theFirstClientDoesNotWaitForTheCapabilities() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < 200; i++) {
                get(http, "/Patient?_id=x", "Accept", "application/fhir+json");
            }
            for (String format : new String[] {"application/fhir+xml", "application/fhir+json"}) {
                long first = millis(http, format);
                long best = first;
                for (int i = 1; i < TRIES; i++) {
                    best = Math.min(best, millis(http, format));
                }
                assertThat(first).as("first in " + format).isLessThan(MAX_FIRST_MILLIS);
                assertThat(best).as(format).isLessThan(MAX_MILLIS);
            }
        }
    }

    private static long millis(HttpClient http, String format) throws IOException, InterruptedException {
        long start = System.nanoTime();
        assertThat(get(http, "/metadata", "Accept", format).statusCode()).isEqualTo(200);
        return (System.nanoTime() - start) / 1_000_000;
    }
}
