package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.countyhub.fhir.TestHub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FHIR R4 section 3.1.0.11: an entry of a batch or transaction does what the same request does by itself. */
class BundleEntryTest {
    private static final Map<String, String> HEADERS = Map.of(
            "ifMatch", "If-Match",
            "ifNoneMatch", "If-None-Match",
            "ifNoneExist", "If-None-Exist",
            "ifModifiedSince", "If-Modified-Since");
    private static final String JSON_PATCH = "[{\"op\":\"add\",\"path\":\"/gender\",\"value\":\"male\"}]";
    private static final String FHIRPATH_PATCH = """
            {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
              {"name":"type","valueCode":"add"},{"name":"path","valueString":"Patient"},
              {"name":"name","valueString":"gender"},{"name":"value","valueCode":"male"}]}]}""";

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        hub.put("/Patient/p", patient("p", "one"));
        hub.put("/Patient/p", patient("p", "two"));
        hub.put("/Patient/gone", patient("gone", "three"));
        hub.delete("/Patient/gone");
        hub.put("/Patient/q1", patient("q1", "both"));
        hub.put("/Patient/q2", patient("q2", "both"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String patient(String id, String code) {
        return """
                {"resourceType":"Patient","id":"%s","active":true,"name":[{"family":"Entry"}],"identifier":[{"system":"urn:e","value":"%s"}]}""".formatted(id, code);
    }

    /** A request without a body, and its conditions by the names that they have in an entry. */
    private record Asked(String request, Map<String, String> conditions) {
        String method() {
            return request.substring(0, request.indexOf(' '));
        }

        String url() {
            return request.substring(request.indexOf(' ') + 1);
        }

        HttpResponse<String> alone(@Nullable String body, String... headers) {
            List<String> all = new ArrayList<>(List.of(headers));
            conditions.forEach((name, value) -> all.addAll(List.of(HEADERS.get(name), header(value))));
            String path = url().startsWith("?") ? url() : "/" + url();
            return hub.send(method(), path, body, all.toArray(String[]::new));
        }

        /** A date of HTTP is an instant in an entry. */
        private static String header(String value) {
            return switch (value) {
                case "2100-01-01T00:00:00Z" -> "Fri, 01 Jan 2100 00:00:00 GMT";
                case "2001-01-01T00:00:00+08:00" -> "Sun, 31 Dec 2000 16:00:00 GMT";
                default -> value;
            };
        }

        HttpResponse<String> bundled(Bundles bundle, @Nullable String resource, String... headers) {
            ObjectNode entry = bundle.entry(null, resource == null ? null : Answers.json(resource), method(), url());
            conditions.forEach(entry::put);
            return hub.post("", bundle.toString(), headers);
        }

        @Override
        public String toString() {
            return request + (conditions.isEmpty() ? "" : " " + conditions);
        }
    }

    private static Asked asked(String request) {
        return new Asked(request, Map.of());
    }

    static Stream<Asked> reads() {
        return Stream.concat(
                Stream.of(
                                "GET Patient/p",
                                "GET Patient/p?_elements=name",
                                "GET Patient/p?_summary=true",
                                "GET Patient/p?_summary=text",
                                "GET Patient/p?_summary=count",
                                "GET Patient/p?_format=json",
                                "GET Patient/p?_pretty=true",
                                "GET Patient/p/_history/1",
                                "GET Patient/p/_history/1?_elements=active",
                                "GET Patient/p/_history",
                                "GET Patient/p/_history?_count=1",
                                "GET Patient/p/_history?_summary=count",
                                "GET Patient/_history?_count=1&_elements=name",
                                "GET _history?_summary=count",
                                "GET metadata?_elements=status",
                                "GET metadata",
                                "GET Patient?_id=p",
                                "GET Patient?_id=p&_elements=active",
                                "GET Patient?_id=p&_summary=count",
                                "GET Patient?family=Entry&_count=1&_sort=_id",
                                "POST Patient/_search?identifier=urn:e%7Ctwo",
                                "POST Patient/_search?identifier=urn:e%7Ctwo&_elements=name",
                                "HEAD Patient/p",
                                "HEAD Patient?_id=p")
                        .map(BundleEntryTest::asked),
                Stream.of(
                        new Asked("GET Patient/p", Map.of("ifNoneMatch", "W/\"2\"")),
                        new Asked("GET Patient/p", Map.of("ifNoneMatch", "W/\"1\"")),
                        new Asked("HEAD Patient/p", Map.of("ifNoneMatch", "*")),
                        new Asked("GET Patient/p/_history/1", Map.of("ifNoneMatch", "W/\"1\"")),
                        new Asked("GET Patient/p", Map.of("ifModifiedSince", "2100-01-01T00:00:00Z")),
                        new Asked("GET Patient/p", Map.of("ifModifiedSince", "2001-01-01T00:00:00+08:00"))));
    }

    static Stream<Asked> refusals() {
        return Stream.concat(
                Stream.of(
                                "GET Patient/never",
                                "GET Patient/gone",
                                "GET Patient/p/_history/9",
                                "GET Patient/p?nothing=1",
                                "GET Patient/p/_history/1?nothing=1",
                                "GET Patient/p?_format=ttl",
                                "GET Patient/p?_summary=some",
                                "GET Patient/p?_elements=",
                                "GET Patient/p?_elements=nothing",
                                "GET Patient?nothing=1",
                                "GET Patient?_count=1&_count=2",
                                "GET Patient/_history?nothing=1",
                                "GET metadata?mode=some",
                                "GET metadata?nothing=1",
                                "GET Nothing/1",
                                "GET Patient/p/nothing",
                                "GET Patient/a_b",
                                "POST Patient/_search?nothing=1",
                                "DELETE metadata",
                                "DELETE _history",
                                "DELETE Patient/p?nothing=1",
                                "DELETE Patient",
                                "DELETE Patient?nothing=1",
                                "DELETE Patient?identifier=urn:e%7Ctwo&_sort=_id",
                                "DELETE Patient?identifier=urn:e%7Cboth",
                                "GET ?_id=p",
                                "POST _search?_id=p",
                                "DELETE ?_id=p")
                        .map(BundleEntryTest::asked),
                Stream.of(
                        new Asked("DELETE Patient/p", Map.of("ifMatch", "W/\"9\"")),
                        new Asked("DELETE Patient/p", Map.of("ifMatch", "x")),
                        new Asked("DELETE Patient/never", Map.of("ifMatch", "*")),
                        new Asked("DELETE Patient?identifier=urn:e%7Cnone", Map.of("ifMatch", "*"))));
    }

    private static JsonNode only(HttpResponse<String> answer) {
        return Answers.json(answer, 200).at("/entry/0");
    }

    /** Without what depends on the moment. */
    private static String steady(JsonNode resource) {
        if (resource instanceof ObjectNode object) {
            object.remove("timestamp");
        }
        return resource.toString();
    }

    @ParameterizedTest
    @MethodSource("reads")
    void readsAnswerTheSame(Asked asked) {
        HttpResponse<String> alone = asked.alone(null);
        assertThat(alone.statusCode()).isIn(200, 304);
        for (Bundles bundle : List.of(Bundles.batch(), Bundles.transaction())) {
            JsonNode entry = only(asked.bundled(bundle, null));
            assertThat(entry.at("/response/status").asText()).startsWith(alone.statusCode() + " ");
            assertThat(entry.at("/response/etag").asText()).isEqualTo(Answers.header(alone, "ETag"));
            if (alone.body().isEmpty()) {
                assertThat(entry.has("resource")).isFalse();
            } else {
                assertThat(steady(entry.path("resource"))).isEqualTo(steady(Answers.json(alone.body())));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusalsAreTheSame(Asked asked) {
        HttpResponse<String> alone = asked.alone(null);
        assertThat(alone.statusCode()).isBetween(400, 499);
        JsonNode issue = Answers.json(alone.body()).at("/issue/0");
        JsonNode response = only(asked.bundled(Bundles.batch(), null)).path("response");
        assertThat(response.path("status").asText()).matches(alone.statusCode() + " [A-Z].+");
        same(issue, response.at("/outcome/issue/0"));
        HttpResponse<String> transaction = asked.bundled(Bundles.transaction(), null);
        same(issue, Answers.json(transaction, alone.statusCode()).at("/issue/0"));
    }

    private static void same(JsonNode alone, JsonNode bundled) {
        assertThat(bundled.path("code")).isEqualTo(alone.path("code"));
        assertThat(bundled.path("diagnostics").asText())
                .endsWith(alone.path("diagnostics").asText());
        assertThat(bundled.at("/expression/0").asText())
                .matches("Bundle\\.entry\\[0]([.](request|resource)([.]\\w+(\\[\\d+])?)*)?");
    }

    /** A write of each kind; {@code #} stands for an id of its own. */
    private record Written(Asked asked, String body, String entry) {
        Written(String request, Map<String, String> conditions, String body) {
            this(new Asked(request, conditions), body, body);
        }

        Written of(String id) {
            return new Written(
                    new Asked(asked.request.replace("#", id), asked.conditions),
                    body.replace("#", id),
                    entry.replace("#", id));
        }

        boolean jsonPatch() {
            return body.startsWith("[");
        }

        @Override
        public String toString() {
            return asked.toString();
        }
    }

    static Stream<Written> writes() {
        String binary = "{\"resourceType\":\"Binary\",\"contentType\":\"application/json-patch+json\",\"data\":\""
                + Base64.getEncoder().encodeToString(JSON_PATCH.getBytes(StandardCharsets.UTF_8)) + "\"}";
        String changed = patient("#", "#").replace("true", "false");
        return Stream.of(
                new Written("POST Patient", Map.of(), patient("x", "new")),
                new Written("POST Patient?_elements=active", Map.of(), patient("x", "new")),
                new Written("POST Patient", Map.of("ifNoneExist", "identifier=urn:e|two"), patient("x", "two")),
                new Written("POST Patient", Map.of("ifNoneExist", "identifier=urn:e|both"), patient("x", "both")),
                new Written("POST Patient?nothing=1", Map.of(), patient("x", "new")),
                new Written("POST Patient/p", Map.of(), patient("p", "new")),
                new Written("POST Observation", Map.of(), patient("x", "new")),
                new Written("PUT Patient/new-#", Map.of(), patient("new-#", "new-#")),
                new Written("PUT Patient/#", Map.of(), changed),
                new Written("PUT Patient/#", Map.of(), patient("other", "x")),
                new Written("PUT Patient/#?nothing=1", Map.of(), changed),
                new Written("PUT Patient/#", Map.of("ifMatch", "W/\"1\""), changed),
                new Written("PUT Patient/#", Map.of("ifMatch", "*"), changed),
                new Written("PUT Patient/#", Map.of("ifMatch", "W/\"7\""), changed),
                new Written("PUT Patient/#", Map.of("ifNoneMatch", "*"), changed),
                new Written("PUT Patient/absent-#", Map.of("ifNoneMatch", "*"), patient("absent-#", "absent")),
                new Written("PUT Patient?identifier=urn:e%7C#", Map.of(), changed),
                new Written("PUT Patient?identifier=urn:e%7Cboth", Map.of(), patient("q1", "both")),
                new Written(asked("PATCH Patient/#"), JSON_PATCH, binary),
                new Written(asked("PATCH Patient/never"), JSON_PATCH, binary),
                new Written("PATCH Patient/#", Map.of(), FHIRPATH_PATCH),
                new Written("PATCH Patient?identifier=urn:e%7C#", Map.of("ifMatch", "W/\"1\""), FHIRPATH_PATCH),
                new Written("PATCH Patient/#?nothing=1", Map.of(), FHIRPATH_PATCH),
                new Written("DELETE Patient/#", Map.of(), ""),
                new Written("DELETE Patient/#", Map.of("ifMatch", "W/\"1\""), ""),
                new Written("DELETE Patient/never", Map.of(), ""),
                new Written("DELETE Patient?identifier=urn:e%7C#", Map.of(), ""));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void writesDoTheSame(Written written) {
        HttpResponse<String> alone = alone(fresh(written, "alone"));
        for (Bundles bundle : List.of(Bundles.batch(), Bundles.transaction())) {
            Written own = fresh(written, bundle.toString().contains("batch") ? "batch" : "transaction");
            HttpResponse<String> answer = own.asked()
                    .bundled(bundle, own.entry().isEmpty() ? null : own.entry(), "Prefer", "return=representation");
            if (alone.statusCode() >= 400 && answer.statusCode() != 200) {
                same(
                        Answers.json(alone.body()).at("/issue/0"),
                        Answers.json(answer, alone.statusCode()).at("/issue/0"),
                        own);
                continue;
            }
            JsonNode entry = only(answer);
            assertThat(entry.at("/response/status").asText()).startsWith(alone.statusCode() + " ");
            assertThat(entry.at("/response/etag").asText()).isEqualTo(Answers.header(alone, "ETag"));
            if (alone.statusCode() >= 400) {
                same(Answers.json(alone.body()).at("/issue/0"), entry.at("/response/outcome/issue/0"), own);
            } else if (!alone.body().isEmpty()) {
                assertThat(anonymous(entry.path("resource"))).isEqualTo(anonymous(Answers.json(alone.body())));
            }
        }
    }

    private static void same(JsonNode alone, JsonNode bundled, Written own) {
        String id = own.asked().request().contains("batch") ? "batch" : "transaction";
        assertThat(bundled.path("code")).isEqualTo(alone.path("code"));
        assertThat(bundled.path("diagnostics").asText().replace(id, "alone"))
                .endsWith(alone.path("diagnostics").asText());
        assertThat(bundled.at("/expression/0").asText())
                .startsWith("Bundle.entry[0]")
                .doesNotContain(" ");
    }

    /** Each way gets a resource of its own in version 1. */
    private static Written fresh(Written written, String id) {
        hub.delete("/Patient/" + id);
        String own = id + "-" + Integer.toHexString(written.toString().hashCode());
        hub.put("/Patient/" + own, patient(own, own));
        return written.of(own);
    }

    private static HttpResponse<String> alone(Written written) {
        String body = written.body().isEmpty() ? null : written.body();
        return written.jsonPatch()
                ? written.asked().alone(body, "Content-Type", "application/json-patch+json")
                : written.asked().alone(body);
    }

    private static String anonymous(JsonNode resource) {
        ((ObjectNode) resource).remove(List.of("id", "identifier"));
        ((ObjectNode) resource.path("meta")).remove("lastUpdated");
        return resource.toString();
    }

    /** Section 3.1.0.1.5: what the Bundle is asked to be, every entry is. */
    @ParameterizedTest
    @ValueSource(strings = {"batch", "transaction"})
    void preferencesOfTheBundleHoldForItsEntries(String type) {
        Bundles bundle = type.equals("batch") ? Bundles.batch() : Bundles.transaction();

        JsonNode entry = only(hub.post("", bundle.get("Patient/p?nothing=1").toString(), "Prefer", "handling=lenient"));

        assertThat(entry.at("/response/status").asText()).isEqualTo("200 OK");
    }
}
