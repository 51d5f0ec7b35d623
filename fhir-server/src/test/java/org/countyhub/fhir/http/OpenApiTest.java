package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Yaml;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages for people and their tools say is what the server does. */
class OpenApiTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    /** Statuses of requests that no one serves: not found, no such method, not implemented. */
    private static final List<Integer> NOT_SERVED = List.of(404, 405, 501);

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        for (String type : List.of("Patient", "Observation", "DiagnosticReport")) {
            hub.put("/" + type + "/a", resource(type));
        }
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String resource(String type) {
        String more = type.equals("Patient") ? "" : ",\"status\":\"final\",\"code\":{\"text\":\"x\"}";
        return "{\"resourceType\":\"" + type + "\",\"id\":\"a\"" + more + "}";
    }

    private static JsonNode paths() throws Exception {
        return Yaml.mapper().readTree(hub.get("/api-docs").body()).path("paths");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Patient", "Observation", "DiagnosticReport"})
    void everyOperationListedIsServed(String type) throws Exception {
        List<String> notServed = new ArrayList<>();
        int listed = 0;
        for (var path : paths().properties()) {
            if (!path.getKey().matches("/" + type + "(/.*)?|/|/metadata|/_history")) {
                continue;
            }
            for (var operation : path.getValue().properties()) {
                String method = operation.getKey().toUpperCase(java.util.Locale.ROOT);
                listed++;
                // Last, so that all else still finds it.
                int status = method.equals("DELETE")
                        ? 204
                        : answer(type, method, path.getKey()).statusCode();
                if (NOT_SERVED.contains(status)) {
                    notServed.add(method + " " + path.getKey() + ": " + status);
                }
            }
        }
        assertThat(notServed).isEmpty();
        assertThat(listed).isGreaterThan(10);
        assertThat(answer(type, "DELETE", "/" + type + "/{id}").statusCode()).isEqualTo(204);
        hub.put("/" + type + "/a", resource(type));
    }

    private static HttpResponse<String> answer(String type, String method, String listed) {
        String path = listed.replace("{id}", "a").replace("{version_id}", "1");
        if (path.endsWith("_search")) {
            return hub.send(method, path, "_id=a", "Content-Type", "application/x-www-form-urlencoded");
        }
        return switch (method) {
            case "POST", "PUT" -> hub.send(method, path, path.equals("/") ? "{}" : resource(type));
            case "PATCH" -> hub.send(method, path, "[]", "Content-Type", "application/json-patch+json");
            default -> hub.send(method, path, null);
        };
    }

    @Test
    void aSearchByFormIsAPost() throws Exception {
        assertThat(paths().at("/~1Patient~1_search").has("post")).isTrue();
        assertThat(paths().at("/~1Patient~1_search").has("get")).isFalse();
        assertThat(paths().at("/~1Patient").has("get")).isTrue();
    }

    @Test
    void everyOperationOfTheServerIsListed() throws Exception {
        assertThat(paths().at("/~1Patient~1{id}~1$everything").has("get")).isTrue();
        assertThat(paths().at("/~1Person~1$resolve").has("post")).isTrue();
        assertThat(paths().at("/~1Patient~1$merge").has("get")).as("it writes").isFalse();
        assertThat(paths().at("/~1$process-message").has("post")).isTrue();
    }

    @Test
    void theListIsUtf8() {
        assertThat(Answers.header(hub.get("/api-docs"), "Content-Type")).isEqualTo("text/yaml;charset=UTF-8");
        HttpResponse<String> page = hub.get("/swagger-ui/", "Accept", BROWSER);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(Answers.header(page, "Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Patient/a", "/Patient", "/metadata", "/api-docs", "/swagger-ui/"})
    void noPageSaysWhatTheServerIsMadeOf(String path) {
        HttpResponse<String> answer = hub.get(path, "Accept", BROWSER);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Powered-By")).isEmpty();
        assertThat(answer.body()).doesNotContain("X-Powered-By");
    }

    @Test
    void aPageNamesTheContentTypeOfWhatItShows() {
        for (String path : List.of("/Patient/a", "/Patient/a?_format=html", "/Patient/a?_format=html/json")) {
            String page = hub.get(path, "Accept", BROWSER).body();
            assertThat(page).as(path).contains("application/fhir+json").doesNotContain("application/fhir+xml");
        }
        assertThat(hub.get("/Patient/a?_format=html/xml", "Accept", BROWSER).body())
                .contains("application/fhir+xml")
                .doesNotContain("application/fhir+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /Patient/$validate",
                "GET /Encounter/a/$everything",
                "GET /$meta",
                "POST /$convert",
                "GET /Patient/%24validate",
                "PUT /Patient/$validate"
            })
    void anOperationThatIsNotOfferedIsNamed(String request) {
        String[] methodAndPath = request.split(" ", 2);
        String body = methodAndPath[0].equals("GET") ? null : "{\"resourceType\":\"Parameters\"}";

        for (String accept : List.of("application/fhir+json", BROWSER)) {
            HttpResponse<String> refused = hub.send(methodAndPath[0], methodAndPath[1], body, "Accept", accept);
            assertThat(refused.statusCode()).isEqualTo(404);
            assertThat(refused.body())
                    .contains("is not offered", "not-supported", "OperationOutcome")
                    .containsPattern("operation \\$(validate|everything|meta|convert) ")
                    .doesNotContain("HAPI-");
        }
    }

    @Test
    void anOperationInABatchIsNamed() {
        var answer = Answers.json(
                hub.post("", Bundles.batch().get("Encounter/a/$everything").toString()), 200);

        assertThat(answer.at("/entry/0/response/status").asText()).startsWith("404");
        assertThat(answer.toString()).contains("the operation $everything is not offered");
    }
}
