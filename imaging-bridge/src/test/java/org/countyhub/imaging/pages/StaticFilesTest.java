package org.countyhub.imaging.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StaticFilesTest {
    private static PagesServer server;
    private static PageClient client;

    @BeforeAll
    static void start() {
        server = new PagesServer();
        client = PageClient.of(server);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void thePageIsNotKeptAndRunsNothingInline() throws Exception {
        HttpResponse<byte[]> page = client.get("/view/", "identity");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(PageClient.header(page, "Cache-Control")).isEqualTo("no-store");
        assertThat(PageClient.header(page, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(PageClient.header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(PageClient.header(page, "X-Robots-Tag")).isEqualTo("noindex");
        assertThat(PageClient.header(page, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'self'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(PageClient.text(page)).doesNotContain("style=").doesNotContainPattern("<script(?![^>]* src=)");
    }

    @Test
    void filesOfThePageAreKeptForGood() throws Exception {
        List<String> assets = assets(PageClient.text(client.get("/view/", "identity")));

        assertThat(assets).hasSizeGreaterThanOrEqualTo(2);
        for (String asset : assets) {
            HttpResponse<byte[]> file = client.get(asset, "gzip, deflate, br");
            assertThat(file.statusCode()).as(asset).isEqualTo(200);
            assertThat(PageClient.header(file, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(PageClient.header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(PageClient.header(file, "Content-Encoding")).isEqualTo("gzip");
            assertThat(PageClient.unpacked(file.body()))
                    .isEqualTo(client.get(asset, "br;q=1, gzip;q=0").body());
        }
    }

    @Test
    void onlyWorkersMayCompileWebAssembly() throws Exception {
        String page = PageClient.text(client.get("/view/", "identity"));
        String script =
                new String(client.get(assets(page).getFirst(), "identity").body(), StandardCharsets.UTF_8);
        List<String> workers = Pattern.compile("/view/assets/worker-[A-Za-z0-9_-]+\\.js")
                .matcher(script)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();

        assertThat(workers).isNotEmpty();
        for (String worker : workers) {
            HttpResponse<byte[]> file = client.get(worker, "gzip");
            assertThat(PageClient.header(file, "Content-Type")).isEqualTo("text/javascript;charset=UTF-8");
            assertThat(PageClient.header(file, "Content-Security-Policy"))
                    .contains("script-src 'self' 'wasm-unsafe-eval';")
                    .doesNotContain("'unsafe-eval'");
        }
        assertThat(PageClient.header(client.get(assets(page).getFirst(), "gzip"), "Content-Security-Policy"))
                .isEqualTo("default-src 'none'");
    }

    @Test
    void whatIsNoFileIsNotFound() throws Exception {
        assertThat(client.get("/view/assets/nothing.js", "gzip").statusCode()).isEqualTo(404);
        assertThat(client.get("/view/assets/view.html", "gzip").statusCode()).isEqualTo(404);
        assertThat(client.get("/view/assets/..%2Fview.html", "gzip").statusCode())
                .isBetween(400, 404);
    }

    private static List<String> assets(String html) {
        return Pattern.compile("(?:src|href)=\"(/view/assets/[^\"]+)\"")
                .matcher(html)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
