package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.countyhub.fhir.HubServer;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.transaction.WritePolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FHIR R4, Binary, serving Binary resources using the RESTful API: content as it is, or as a resource around it. */
class BinaryTest {
    private static final byte[] IMAGE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, (byte) 0xFF};

    private static TestHub hub;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        hub = TestHub.start(WritePolicy.STRICT, Clock.systemUTC(), HubServer.Limits.DEFAULT);
        http = HttpClient.newHttpClient();
        hub.put("/Patient/p", "{\"resourceType\":\"Patient\",\"id\":\"p\"}");
        hub.put("/Binary/png", """
            {"resourceType":"Binary","id":"png","contentType":"image/png","securityContext":{"reference":"Patient/p"},"data":"%s"}""".formatted(base64(IMAGE)));
    }

    @AfterAll
    static void stop() {
        http.close();
        hub.close();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hub.base() + path))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    private static JsonNode resource(String path) {
        return Answers.json(hub.get(path, "Accept", "application/fhir+json"), 200);
    }

    private static String created(String contentType, byte[] content) {
        HttpResponse<byte[]> answer = send("POST", "/Binary", content, "Content-Type", contentType);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(201);
        return "/Binary/"
                + Answers.json(new String(answer.body(), StandardCharsets.UTF_8))
                        .path("id")
                        .asText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "image/png",
                "image/*",
                "application/pdf",
                "application/json",
                "application/*",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "image/png, application/fhir+json;q=0.5"
            })
    void whoNamesNoFormatOfFhirGetsTheContent(String accept) {
        HttpResponse<byte[]> answer = get("/Binary/png", "Accept", accept);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(IMAGE);
        assertThat(Answers.header(answer, "Content-Type")).isEqualTo("image/png");
        assertThat(Answers.header(answer, "ETag")).isEqualTo("W/\"1\"");
        assertThat(Answers.header(answer, "Last-Modified")).isNotEmpty();
        assertThat(Answers.header(answer, "X-Security-Context")).isEqualTo("Patient/p");
    }

    @Test
    void withoutAcceptTheContentIsSent() {
        assertThat(get("/Binary/png").body()).isEqualTo(IMAGE);
        assertThat(get("/Binary/png/_history/1").body()).isEqualTo(IMAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/fhir+json",
                "application/fhir+json;q=0.9, */*;q=0.1",
                "application/fhir+json, image/png",
                "application/json+fhir"
            })
    void whoNamesAFormatOfFhirGetsTheResource(String accept) {
        JsonNode binary = Answers.json(hub.get("/Binary/png", "Accept", accept), 200);

        assertThat(binary.path("contentType").asText()).isEqualTo("image/png");
        assertThat(binary.path("data").asText()).isEqualTo(base64(IMAGE));
    }

    @Test
    void aParameterOfPresentationMeansTheResource() {
        assertThat(Answers.header(hub.get("/Binary/png", "Accept", "application/fhir+xml"), "Content-Type"))
                .startsWith("application/fhir+xml");
        assertThat(Answers.json(hub.get("/Binary/png?_format=json"), 200)
                        .path("id")
                        .asText())
                .isEqualTo("png");
        assertThat(Answers.json(hub.get("/Binary/png?_elements=contentType"), 200)
                        .has("data"))
                .isFalse();
        assertThat(Answers.header(hub.get("/Binary/png?_format=html/json"), "Content-Type"))
                .startsWith("text/html");
    }

    @Test
    void headAndConditionalReadsKnowTheContent() {
        HttpResponse<byte[]> head = send("HEAD", "/Binary/png", new byte[0]);
        assertThat(Answers.header(head, "Content-Length")).isEqualTo("10");
        assertThat(head.body()).isEmpty();

        HttpResponse<byte[]> unchanged = get("/Binary/png", "If-None-Match", "W/\"1\"");
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
    }

    @Test
    void whatIsNotThereIsToldAsAnOutcome() {
        Answers.refused(hub.get("/Binary/never", "Accept", "image/png"), 404, "Binary/never");
        String address = created("image/png", IMAGE);
        hub.delete(address);
        Answers.refused(hub.get(address, "Accept", "image/png"), 410, "deleted");
    }

    @Test
    void contentNeverRunsAsAPageOfTheServer() {
        String page = created("text/html", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
        String odd = created("text/html x", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));

        for (String address : List.of(page, odd)) {
            HttpResponse<byte[]> answer = get(address, "Accept", "text/html");
            assertThat(Answers.header(answer, "Content-Disposition")).isEqualTo("attachment");
            assertThat(Answers.header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(Answers.header(answer, "Content-Security-Policy")).startsWith("sandbox");
        }
        assertThat(Answers.header(get(page), "Content-Type")).isEqualTo("text/html");
        assertThat(Answers.header(get(odd), "Content-Type")).isEqualTo("application/octet-stream");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/pdf",
                "text/plain; charset=gb18030",
                "application/dicom",
                "application/octet-stream",
                "application/json",
                "application/xml",
                "application/x-www-form-urlencoded"
            })
    void contentOfAnyTypeIsStored(String contentType) {
        byte[] content = new byte[100_000];
        new Random(1).nextBytes(content);

        String address = created(contentType, content);

        assertThat(resource(address).path("contentType").asText()).isEqualTo(contentType);
        assertThat(get(address).body()).isEqualTo(content);
        assertThat(Answers.header(get(address), "Content-Type").replace(" ", ""))
                .isEqualToIgnoringCase(contentType.replace(" ", ""));
    }

    @Test
    void contentIsUpdatedWithItsSecurityContext() {
        HttpResponse<byte[]> first =
                send("PUT", "/Binary/put", IMAGE, "Content-Type", "image/png", "X-Security-Context", "Patient/p");
        HttpResponse<byte[]> second =
                send("PUT", "/Binary/put", new byte[] {1}, "Content-Type", "image/x-one", "If-Match", "W/\"1\"");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(Answers.header(get("/Binary/put/_history/1"), "X-Security-Context"))
                .isEqualTo("Patient/p");
        assertThat(get("/Binary/put").body()).isEqualTo(new byte[] {1});
        assertThat(get("/Binary/put").headers().firstValue("X-Security-Context"))
                .isEmpty();
        HttpResponse<byte[]> nowhere =
                send("POST", "/Binary", IMAGE, "Content-Type", "image/png", "X-Security-Context", "Patient/never");
        assertThat(nowhere.statusCode()).isEqualTo(422);
    }

    /** Content of a type of FHIR's is content too, except for the special case that it is a Binary. */
    @Test
    void aBinaryIsAResourceAndAnotherResourceIsContent() {
        String patient = "{\"resourceType\":\"Patient\",\"active\":true}";
        String xml = "<Patient xmlns=\"http://hl7.org/fhir\"><active value=\"true\"/></Patient>";
        String binary =
                "{\"resourceType\":\"Binary\",\"contentType\":\"image/png\",\"data\":\"" + base64(IMAGE) + "\"}";
        String xmlBinary = "<Binary xmlns=\"http://hl7.org/fhir\"><contentType value=\"image/png\"/><data value=\""
                + base64(IMAGE) + "\"/></Binary>";

        for (String type : List.of("application/fhir+json", "application/json")) {
            assertThat(get(created(type, patient.getBytes(StandardCharsets.UTF_8)))
                            .body())
                    .isEqualTo(patient.getBytes(StandardCharsets.UTF_8));
            assertThat(get(created(type, binary.getBytes(StandardCharsets.UTF_8)))
                            .body())
                    .isEqualTo(IMAGE);
        }
        for (String type : List.of("application/fhir+xml", "text/xml")) {
            assertThat(get(created(type, xml.getBytes(StandardCharsets.UTF_8))).body())
                    .isEqualTo(xml.getBytes(StandardCharsets.UTF_8));
            assertThat(get(created(type, xmlBinary.getBytes(StandardCharsets.UTF_8)))
                            .body())
                    .isEqualTo(IMAGE);
        }
    }

    @Test
    void brokenFhirIsRefusedAndNotKept() {
        for (String body : List.of("{\"resourceType\":\"Binary\",\"contentType\":1}", "{", "[]", "{}", "text")) {
            Answers.refused(hub.post("/Binary", body), 400, "expression");
        }
        for (String body : List.of("<Binary xmlns=\"http://hl7.org/fhir\"><x/></Binary>", "<", "text")) {
            Answers.refused(hub.post("/Binary", body, "Content-Type", "application/fhir+xml"), 400, "expression");
        }
        Answers.refused(hub.put("/Binary/a_b", "x", "Content-Type", "text/plain"), 400, "id");
        Answers.refused(hub.post("/Patient", "x", "Content-Type", "text/plain"), 415, "Content-Type");
    }

    @Test
    void contentBeyondTheBoundIsRefused() {
        try (TestHub small = TestHub.start(
                WritePolicy.STRICT, Clock.systemUTC(), new HubServer.Limits(1024 * 1024, 4 * 1024 * 1024))) {
            assertThat(small.post("/Binary", "x".repeat(1024 * 1024 + 1), "Content-Type", "text/plain")
                            .statusCode())
                    .isEqualTo(413);
            assertThat(small.post("/Binary", "x".repeat(1024 * 1024), "Content-Type", "text/plain")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    /** In a Bundle there are resources only. */
    @Test
    void inBatchesAndSearchesABinaryIsAResource() {
        JsonNode batch = Answers.json(hub.post("", """
                    {"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Binary/png"}}]}""", "Accept", "*/*"), 200);
        assertThat(batch.at("/entry/0/resource/contentType").asText()).isEqualTo("image/png");
        assertThat(Answers.found(hub.get("/Binary?_id=png", "Accept", "*/*"))).containsExactly("Binary/png");
        assertThat(Answers.json(hub.get("/Binary/png/_history", "Accept", "*/*"), 200)
                        .path("resourceType")
                        .asText())
                .isEqualTo("Bundle");
    }
}
