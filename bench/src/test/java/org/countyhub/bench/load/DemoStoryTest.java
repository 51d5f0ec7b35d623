package org.countyhub.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.countyhub.bench.county.Card;
import org.countyhub.bench.county.CardType;
import org.countyhub.bench.county.County;
import org.countyhub.bench.county.Order;
import org.countyhub.bench.demo.Demo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the hub is for: the demo is loaded into the server as it is packed, and each code of each patient finds that patient's
 * reports with their results. The server's module comes before this one in every build of both.
 */
class DemoStoryTest {
    private static final Path SERVER = Path.of("../fhir-server/target/fhir-server.jar");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final int PATIENTS = 40;
    private static final int REPORTS = 80;
    /** What some hospitals call the system of resident IDs. */
    private static final String RESIDENT_ID_ALIAS = "urn:oid:2.16.840.1.113883.2.23.1.19.1";

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void afterTheDemoEveryCodeOfAPatientFindsTheReports(@TempDir Path directory) throws Exception {
        assertThat(SERVER)
                .as("the packed server; ./hub test builds it before this test, and so does -pl fhir-server,bench -am")
                .exists();
        String command = JAVA + " -Xmx512m -XX:TieredStopAtLevel=1 -jar " + SERVER;
        try (ServerProcess server = ServerProcess.start(command, directory.resolve("data"));
                HttpClient http = HttpClient.newHttpClient()) {
            String base = "http://127.0.0.1:" + server.base().port() + "/fhir";
            String first = demo(base, directory.resolve("first.log"));
            assertThat(first).contains(REPORTS + " reports", "curl -s '" + base);
            assertThat(demo(base, directory.resolve("second.log"))).contains(" 0 new,");

            Map<Card, Set<String>> expected = reportsByCard();
            assertThat(expected.keySet().stream().map(Card::type).distinct()).hasSizeGreaterThan(4);
            for (Map.Entry<Card, Set<String>> entry : expected.entrySet()) {
                Card card = entry.getKey();
                requireReports(get(http, base, card.token()), card.token(), entry.getValue());
                if (card.type() == CardType.RESIDENT_ID) {
                    String alias = RESIDENT_ID_ALIAS + "|" + card.value();
                    requireReports(get(http, base, alias), alias, entry.getValue());
                }
            }
        }
    }

    private static String demo(String base, Path log) throws Exception {
        Process demo = new ProcessBuilder(
                        JAVA,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Demo.class.getName(),
                        base,
                        "--patients",
                        Integer.toString(PATIENTS),
                        "--reports",
                        Integer.toString(REPORTS))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int status = demo.waitFor();
        String printed = Files.readString(log);
        assertThat(status).as(printed).isZero();
        return printed;
    }

    /** The numbers of the reports that belong to each code that a hospital has seen. */
    private static Map<Card, Set<String>> reportsByCard() {
        County county = County.of(1, PATIENTS, County.TODAY);
        Map<Card, Set<String>> reports = new HashMap<>();
        for (int i = 0; i < REPORTS; i++) {
            Order order = county.order(i);
            for (Card card : order.registration().cards()) {
                reports.computeIfAbsent(card, key -> new TreeSet<>()).add(order.number());
            }
        }
        return reports;
    }

    private JsonNode get(HttpClient http, String base, String token) throws Exception {
        URI address = URI.create(base + "/DiagnosticReport?patient.identifier="
                + URLEncoder.encode(token, StandardCharsets.UTF_8)
                + "&_include=DiagnosticReport:result&_sort=-date&_count=200");
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private static void requireReports(JsonNode bundle, String token, Set<String> numbers) {
        Set<String> found = new TreeSet<>();
        List<String> dates = new ArrayList<>();
        Set<String> results = new HashSet<>();
        Set<String> included = new HashSet<>();
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode resource = entry.path("resource");
            if (entry.path("search").path("mode").asText().equals("match")) {
                resource.path("identifier")
                        .forEach(
                                identifier -> found.add(identifier.path("value").asText()));
                dates.add(resource.path("effectiveDateTime").asText());
                resource.path("result")
                        .forEach(result -> results.add(result.path("reference").asText()));
            } else {
                included.add(resource.path("resourceType").asText() + "/"
                        + resource.path("id").asText());
            }
        }
        assertThat(found).as(token).containsAll(numbers);
        assertThat(bundle.path("total").asInt()).as(token).isEqualTo(numbers.size());
        assertThat(included).as(token).isEqualTo(results);
        List<String> newestFirst = new ArrayList<>(dates);
        newestFirst.sort(java.util.Comparator.reverseOrder());
        assertThat(dates).as(token).isEqualTo(newestFirst);
    }
}
