package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.http.Answers.json;
import static org.countyhub.fhir.http.Answers.refused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.countyhub.fhir.HubServer;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.transaction.WritePolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code $import}: a body of lines, each the update of a resource. */
class ImportTest {
    private static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";
    private static final String NDJSON = "application/fhir+ndjson";

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start(WritePolicy.STRICT, Clock.systemUTC(), new HubServer.Limits(1024 * 1024, 2 * 1024 * 1024));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String patient(String id, String given) {
        return """
                {"resourceType":"Patient","id":"%s","name":[{"family":"王","given":["%s"]}],"birthDate":"1985-03-07"}""".formatted(id, given);
    }

    private static String withResidentId(String id, String residentId) {
        return """
                {"resourceType":"Patient","id":"%s","identifier":[{"system":"%s","value":"%s"}],"birthDate":"1949-12-31"}""".formatted(id, RESIDENT_ID, residentId);
    }

    private static String patients(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> patient(prefix + i, "明" + i))
                .collect(Collectors.joining("\n"));
    }

    private static HttpResponse<String> load(String lines) {
        return hub.post("/$import", lines, "Content-Type", NDJSON);
    }

    /** {@code created updated unchanged refused}. */
    private static String counts(ObjectNode answer) {
        return IntStream.range(0, 4)
                .mapToObj(i -> answer.at("/parameter/" + i + "/valueInteger").asText())
                .collect(Collectors.joining(" "));
    }

    private static String counts(HttpResponse<String> answer) {
        return counts(json(answer, 200));
    }

    private static String version(String reference) {
        return json(hub.get("/" + reference), 200).at("/meta/versionId").asText();
    }

    private static JsonNode persons(String query) {
        return json(hub.get("/Person?" + query), 200).path("entry");
    }

    @Test
    void everyLineIsStoredUnderItsIdAndHasItsPerson() {
        assertThat(counts(load(patients("each-", 600) + "\n"))).isEqualTo("600 0 0 0");
        assertThat(version("Patient/each-599")).isEqualTo("1");
        assertThat(persons("link=Patient/each-0")).hasSize(1);
        assertThat(persons("link=Patient/each-599")).hasSize(1);
    }

    @Test
    void theSameLinesAgainMakeNoVersions() {
        String lines = patients("again-", 300);
        load(lines);
        RowCounts before = RowCounts.of(hub.database());
        assertThat(counts(load(lines))).isEqualTo("0 0 300 0");
        assertThat(RowCounts.of(hub.database())).isEqualTo(before);
        assertThat(counts(load(lines.replace("明7\"", "亮7\"")))).isEqualTo("0 1 299 0");
        assertThat(version("Patient/again-7")).isEqualTo("2");
    }

    @Test
    void badLinesAreToldWithTheirNumbersAndTheOthersStored() {
        String lines = String.join(
                "\n",
                patients("bad-", 40),
                "",
                "{\"resourceType\":\"Patient\",\"id\":\"bad-form\",\"birthDate\":\"yesterday\"}",
                "this is no JSON",
                "{\"resourceType\":\"Patient\",\"active\":true}",
                "{\"resourceType\":\"Patient\",\"id\":\"bad-reference\",\"managingOrganization\":{\"reference\":\"Organization/nowhere\"}}",
                "{\"resourceType\":\"Patient\",\"id\":\"bad-" + "x".repeat(64) + "\"}",
                patient("bad-last", "末"));
        ObjectNode answer = json(load(lines), 200);
        assertThat(counts(answer)).isEqualTo("41 0 0 5");
        List<Integer> told = answer.findValues("part").stream()
                .map(part -> part.at("/0/valueInteger").asInt())
                .toList();
        assertThat(told).containsExactly(42, 43, 44, 45, 46);
        assertThat(answer.at("/parameter/4/part/1/resource/issue/0/expression/0")
                        .asText())
                .isEqualTo("Patient.birthDate");
        assertThat(answer.at("/parameter/7/part/1/resource/issue/0/diagnostics").asText())
                .contains("Organization/nowhere");
        assertThat(version("Patient/bad-last")).isEqualTo("1");
        assertThat(hub.get("/Patient/bad-reference").statusCode()).isEqualTo(404);
    }

    @Test
    void aLineMayReferToAnEarlierOneAndNotToALaterOne() {
        String organization = "{\"resourceType\":\"Organization\",\"id\":\"%s\",\"name\":\"南安市医院\"}";
        String patient =
                "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"managingOrganization\":{\"reference\":\"Organization/%s\"}}";
        String earlier = organization.formatted("early") + "\n"
                + IntStream.range(0, 600)
                        .mapToObj(i -> patient.formatted("of-early-" + i, "early"))
                        .collect(Collectors.joining("\n"));
        assertThat(counts(load(earlier))).isEqualTo("601 0 0 0");
        String later = patient.formatted("of-late", "late") + "\n" + patients("between-", 3_000) + "\n"
                + organization.formatted("late");
        assertThat(counts(load(later))).isEqualTo("3001 0 0 1");
        assertThat(counts(load(later))).isEqualTo("1 0 3001 0");
    }

    @Test
    void aResourceThatComesSeveralTimesEndsAsItCameLast() {
        String lines = IntStream.range(0, 1_000)
                .mapToObj(i -> patient("same-" + i % 300, "明" + i))
                .collect(Collectors.joining("\n"));
        assertThat(counts(load(lines))).isEqualTo("300 700 0 0");
        assertThat(json(hub.get("/Patient/same-299"), 200).at("/name/0/given/0").asText())
                .isEqualTo("明899");
        assertThat(json(hub.get("/Patient/same-99"), 200).at("/name/0/given/0").asText())
                .isEqualTo("明999");
    }

    @Test
    void aBodyThatBreaksOffKeepsWhatCameWholeAndIsSentAgain() throws Exception {
        String lines = patients("torn-", 700);
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        URI base = URI.create(hub.base());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /fhir/$import HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nContent-Type: " + NDJSON
                            + "\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, 0, bytes.length * 3 / 4);
            out.flush();
        }
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (hub.get("/Patient/torn-499").statusCode() != 200 && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        assertThat(hub.get("/Patient/torn-499").statusCode()).isEqualTo(200);
        assertThat(hub.get("/Patient/torn-600").statusCode()).isEqualTo(404);
        ObjectNode answer = json(load(lines), 200);
        assertThat(answer.at("/parameter/3/valueInteger").asInt()).isZero();
        assertThat(answer.at("/parameter/0/valueInteger").asInt()
                        + answer.at("/parameter/2/valueInteger").asInt())
                .isEqualTo(700);
        assertThat(version("Patient/torn-0")).isEqualTo("1");
        assertThat(version("Patient/torn-699")).isEqualTo("1");
    }

    @Test
    void aCompressedBodyIsReadAsItComes() throws Exception {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(patients("gzip-", 300).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(counts(post(compressed.toByteArray(), "gzip"))).isEqualTo("300 0 0 0");
        refused(post(java.util.Arrays.copyOf(compressed.toByteArray(), 900), "gzip"), 400, "breaks off");
        refused(post("no gzip at all".getBytes(StandardCharsets.UTF_8), "gzip"), 400, "gzip");
    }

    private static HttpResponse<String> post(byte[] body, String encoding) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(hub.base() + "/$import"))
                .header("Content-Type", NDJSON)
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    @Test
    void twoImportsOfTheSameLinesAtOnceMakeOneVersionAndOnePersonEach() throws Exception {
        String lines = IntStream.range(0, 1_000)
                .mapToObj(i -> i % 10 == 0
                        ? withResidentId("twice-" + i, "11010519491231002X")
                        : patient("twice-" + i, "明" + i))
                .collect(Collectors.joining("\n"));
        CompletableFuture<HttpResponse<String>> one = CompletableFuture.supplyAsync(() -> load(lines));
        CompletableFuture<HttpResponse<String>> other = CompletableFuture.supplyAsync(() -> load(lines));
        int created = json(one.get(), 200).at("/parameter/0/valueInteger").asInt()
                + json(other.get(), 200).at("/parameter/0/valueInteger").asInt();
        assertThat(created).isEqualTo(1_000);
        Set<String> versions = new HashSet<>();
        for (int i = 0; i < 1_000; i += 37) {
            versions.add(version("Patient/twice-" + i));
        }
        assertThat(versions).containsExactly("1");
        JsonNode persons = persons("identifier=" + RESIDENT_ID + "%7C11010519491231002X");
        assertThat(persons).hasSize(1);
        assertThat(persons.at("/0/resource/link")).hasSize(100);
    }

    /** Bodies of other requests are refused from 1 MB on, and all together may have 2 MB. */
    @Test
    void aBodyMayBeLargerThanWhatIsHeldOfBodies() {
        String text = "无".repeat(60_000);
        String lines = IntStream.range(0, 60)
                .mapToObj(i ->
                        "{\"resourceType\":\"Basic\",\"id\":\"large-" + i + "\",\"code\":{\"text\":\"" + text + "\"}}")
                .collect(Collectors.joining("\n"));
        assertThat(lines.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(10 * 1024 * 1024);
        assertThat(hub.post("", lines).statusCode()).isEqualTo(413);
        assertThat(counts(load(lines))).isEqualTo("60 0 0 0");
        String long_ =
                "{\"resourceType\":\"Basic\",\"id\":\"long\",\"code\":{\"text\":\"" + "无".repeat(400_000) + "\"}}";
        ObjectNode answer = json(load(long_ + "\n" + patient("after-long", "明")), 200);
        assertThat(counts(answer)).isEqualTo("1 0 0 1");
        assertThat(answer.toString()).contains("a line may have at most 1 MB");
    }

    @Test
    void whatIsNoBodyOfLinesIsRefused() {
        refused(hub.post("/$import", patient("json", "明")), 415, "application/fhir+ndjson");
        assertThat(hub.get("/$import").statusCode()).isEqualTo(405);
        refused(hub.post("/$import?mode=fast", patient("mode", "明"), "Content-Type", NDJSON), 400, "mode");
        assertThat(counts(load(""))).isEqualTo("0 0 0 0");
        assertThat(json(hub.get("/metadata"), 200)
                        .at("/rest/0/operation/0/name")
                        .asText())
                .isEqualTo("import");
    }
}
