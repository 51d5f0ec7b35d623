package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What tests look for in the server's answers. */
final class Answers {
    /** Keeps the digits of decimals as they are written. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Answers() {}

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of an answer that must have the status. */
    static ObjectNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return json(answer.body());
    }

    /** The logical id that a create gave. */
    static String created(HttpResponse<String> answer) {
        return json(answer, 201).path("id").asText();
    }

    /** {@code Type/id} of the matches of a search, in their order. */
    static List<String> found(HttpResponse<String> answer) {
        return entries(json(answer, 200), "match");
    }

    /** {@code Type/id} of what a search sent along. */
    static List<String> included(HttpResponse<String> answer) {
        return entries(json(answer, 200), "include");
    }

    private static List<String> entries(ObjectNode bundle, String mode) {
        List<String> keys = new ArrayList<>();
        for (JsonNode entry : bundle.path("entry")) {
            if (entry.path("search").path("mode").asText().equals(mode)) {
                JsonNode resource = entry.path("resource");
                keys.add(resource.path("resourceType").asText() + "/"
                        + resource.path("id").asText());
            }
        }
        return keys;
    }

    /** Where the next page is, as a path below the base; empty on the last page. */
    static Optional<String> next(ObjectNode bundle) {
        return StreamSupport.stream(bundle.path("link").spliterator(), false)
                .filter(link -> link.path("relation").asText().equals("next"))
                .map(link -> link.path("url").asText())
                .map(url -> url.substring(url.indexOf("/fhir") + "/fhir".length()))
                .findFirst();
    }

    /** Requires a refusal: the status, and an OperationOutcome that names what is wrong. */
    static void refused(HttpResponse<String> answer, int status, String named) {
        ObjectNode outcome = json(answer, status);
        assertThat(outcome.path("resourceType").asText()).isEqualTo("OperationOutcome");
        assertThat(outcome.path("issue")).isNotEmpty().allSatisfy(issue -> {
            assertThat(issue.path("severity").asText()).isIn("error", "fatal");
            assertThat(issue.path("code").asText()).isNotEmpty();
            assertThat(issue.path("diagnostics").asText()).isNotEmpty();
        });
        assertThat(outcome.toString()).contains(named);
    }

    /** Requires a refusal whose first issue is at the place. */
    static void refusedAt(HttpResponse<String> answer, int status, String expression) {
        refused(answer, status, "");
        assertThat(json(answer.body()).at("/issue/0/expression/0").asText())
                .as(answer.body())
                .isEqualTo(expression);
    }

    static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /** A value as it stands in a query. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
