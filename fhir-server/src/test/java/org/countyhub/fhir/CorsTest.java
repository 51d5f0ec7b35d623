package org.countyhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HUB_CORS_ORIGINS, at the application as it runs (Fetch standard, CORS protocol). */
class CorsTest {
    private static final String ORIGIN = "https://pages.example";
    private static final List<String> PATHS =
            List.of("", "/metadata", "/Patient", "/Patient/a", "/Patient/a/_history/1");

    private static HubProcess hub;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        hub = HubProcess.start(directory, Map.of("HUB_CORS_ORIGINS", "https://first.example , " + ORIGIN));
        hub.send("PUT", "/Patient/a", "{\"resourceType\":\"Patient\",\"id\":\"a\"}");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String allowed(RawAnswer answer) {
        return answer.header("Access-Control-Allow-Origin");
    }

    @Test
    void aPageOfAnAllowedOriginMayReadAtTheBaseAndBelowIt() {
        for (String path : PATHS) {
            RawAnswer answer = RawAnswer.of(hub.base(), "GET", path, "Origin: " + ORIGIN);

            assertThat(allowed(answer)).as(path).isEqualTo(ORIGIN);
            assertThat(answer.header("Access-Control-Expose-Headers")).contains("Location", "ETag", "Last-Modified");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "POST"})
    void aWriteWithIfMatchIsAllowedBeforeItIsSent(String method) {
        RawAnswer answer = RawAnswer.of(
                hub.base(),
                "OPTIONS",
                "/Patient/a",
                "Origin: " + ORIGIN,
                "Access-Control-Request-Method: " + method,
                "Access-Control-Request-Headers: content-type, if-match, prefer");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(allowed(answer)).isEqualTo(ORIGIN);
        assertThat(answer.header("Access-Control-Allow-Methods")).contains(method);
        assertThat(answer.header("Access-Control-Allow-Headers")).contains("content-type", "if-match", "prefer");
    }

    @Test
    void anotherOriginIsRefused() {
        RawAnswer answer = RawAnswer.of(hub.base(), "GET", "/Patient/a", "Origin: https://other.example");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(allowed(answer)).isEmpty();
    }

    /** Such as the OpenAPI page, seen through a gateway. */
    @Test
    void theServersOwnPagesAreAllowedByEveryNameOfTheServer() {
        String own = hub.base().replace("127.0.0.1", "localhost").replace("/fhir", "");

        assertThat(RawAnswer.of(hub.base(), "GET", "/Patient/a", "Origin: " + own)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoIsNoPageIsAnsweredAsEver() {
        RawAnswer answer = RawAnswer.of(hub.base(), "GET", "/Patient/a");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(allowed(answer)).isEmpty();
    }

    @Test
    void withoutTheSwitchNothingIsSent(@TempDir Path other) throws Exception {
        try (HubProcess closed = HubProcess.start(other)) {
            for (String path : PATHS) {
                assertThat(RawAnswer.of(closed.base(), "GET", path, "Origin: " + ORIGIN)
                                .head())
                        .doesNotContainIgnoringCase("access-control-");
            }
            assertThat(RawAnswer.of(
                                    closed.base(),
                                    "OPTIONS",
                                    "/Patient/a",
                                    "Origin: " + ORIGIN,
                                    "Access-Control-Request-Method: PUT")
                            .head())
                    .doesNotContainIgnoringCase("access-control-");
        }
    }
}
