package org.countyhub.imaging.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StaticFilesTest {
    private static PagesServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        server = new PagesServer();
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void thePageIsNotKeptAndRunsNothingInline() throws Exception {
        HttpResponse<byte[]> page = get("/view/", "identity");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(page, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(page, "X-Robots-Tag")).isEqualTo("noindex");
        assertThat(header(page, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'self'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(html(page)).doesNotContain("style=").doesNotContainPattern("<script(?![^>]* src=)");
    }

    @Test
    void filesOfThePageAreKeptForGood() throws Exception {
        List<String> assets = assets(html(get("/view/", "identity")));

        assertThat(assets).hasSizeGreaterThanOrEqualTo(2);
        for (String asset : assets) {
            HttpResponse<byte[]> file = get(asset, "gzip, deflate, br");
            assertThat(file.statusCode()).as(asset).isEqualTo(200);
            assertThat(header(file, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(file, "Content-Encoding")).isEqualTo("gzip");
            assertThat(unpacked(file.body()))
                    .isEqualTo(get(asset, "br;q=1, gzip;q=0").body());
        }
    }

    @Test
    void onlyWorkersMayCompileWebAssembly() throws Exception {
        String page = html(get("/view/", "identity"));
        String script = new String(get(assets(page).getFirst(), "identity").body(), StandardCharsets.UTF_8);
        List<String> workers = Pattern.compile("/view/assets/worker-[A-Za-z0-9_-]+\\.js")
                .matcher(script)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();

        assertThat(workers).isNotEmpty();
        for (String worker : workers) {
            HttpResponse<byte[]> file = get(worker, "gzip");
            assertThat(header(file, "Content-Type")).isEqualTo("text/javascript;charset=UTF-8");
            assertThat(header(file, "Content-Security-Policy"))
                    .contains("script-src 'self' 'wasm-unsafe-eval';")
                    .doesNotContain("'unsafe-eval'");
        }
        assertThat(header(get(assets(page).getFirst(), "gzip"), "Content-Security-Policy"))
                .isEqualTo("default-src 'none'");
    }

    @Test
    void whatIsNoFileIsNotFound() throws Exception {
        assertThat(get("/view/assets/nothing.js", "gzip").statusCode()).isEqualTo(404);
        assertThat(get("/view/assets/view.html", "gzip").statusCode()).isEqualTo(404);
        assertThat(get("/view/assets/..%2Fview.html", "gzip").statusCode()).isBetween(400, 404);
    }

    private static List<String> assets(String html) {
        return Pattern.compile("(?:src|href)=\"(/view/assets/[^\"]+)\"")
                .matcher(html)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static HttpResponse<byte[]> get(String path, String encodings) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.base + path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept-Encoding", encodings)
                .build();
        return client.send(request, BodyHandlers.ofByteArray());
    }

    private static String html(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static byte[] unpacked(byte[] body) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return gzip.readAllBytes();
        }
    }
}
