package org.countyhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tour of README.md, with the file it sends. */
class ReadmeTourTest {
    private static final String OTHER_CARD =
            "patient.identifier=https://example.org/sid/social-security-card|B81234567";

    private static TestHub hub;
    private static String report;

    @BeforeAll
    static void start() throws IOException {
        hub = TestHub.start();
        report = Files.readString(Path.of("../docs/examples/lab-report.json"));
        assertThat(hub.post("", report).body()).contains("\"type\":\"transaction-response\"", "201 Created");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void theReportSentAgainAddsNothing() {
        assertThat(hub.post("", report).body()).contains("200 OK").doesNotContain("201 Created");
    }

    @Test
    void theOtherCardFindsTheReportWithItsResult() {
        var found = hub.get("/DiagnosticReport?" + OTHER_CARD + "&_include=DiagnosticReport:result&_sort=-date");
        assertThat(found.body()).contains("\"mode\":\"match\"", "\"mode\":\"include\"", "血常规", "血红蛋白");
        assertThat(hub.get("/Observation?" + OTHER_CARD + "&code=http://loinc.org|718-7&_sort=-date")
                        .body())
                .contains("\"total\":1");
    }

    @Test
    void aPatchMakesAVersionAndAStaleUpdateIsRefused() {
        String patient = "/Patient/" + patientId();
        var patched = hub.send("PATCH", patient, """
                [{"op":"add","path":"/telecom","value":[{"system":"phone","value":"13800000000"}]}]""", "Content-Type", "application/json-patch+json");
        assertThat(patched.headers().firstValue("ETag")).hasValue("W/\"2\"");
        assertThat(hub.get(patient + "/_history").body()).contains("\"versionId\":\"2\"", "\"versionId\":\"1\"");
        assertThat(hub.get(patient + "/_history/1", "Accept", "application/fhir+xml")
                        .body())
                .startsWith("<Patient xmlns=\"http://hl7.org/fhir\">");
        String stale = "{\"resourceType\":\"Patient\",\"id\":\"" + patientId() + "\"}";
        assertThat(hub.put(patient, stale, "If-Match", "W/\"1\"", "Content-Type", "application/fhir+json")
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void whatIsStillReferredToIsNotDeleted() {
        var refused = hub.delete("/Patient/" + patientId());
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("still referred to by [DiagnosticReport/");
    }

    @Test
    void aSearchThatIsNotOfferedIsRefusedByName() {
        var refused = hub.get("/Observation?value-quantity=gt5");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"expression\":[\"value-quantity\"]");
    }

    @Test
    void whatIsDoubtfulIsAskedAndAnswered() {
        String card = "3A7F0C5E91D24B8866E0F1A2C3D4B59787A6B5C4D3E2F10918273645A0B1C2D3";
        for (String name : List.of("钱一鸣", "周海燕")) {
            hub.post("/Patient", """
                    {"resourceType":"Patient","name":[{"text":"%s"}],"identifier":[
                      {"system":"urn:oid:2.16.156.10011.1.19","value":"%s"}]}""".formatted(name, card));
        }
        String queue = hub.get("/Task?code=https://countyhub.org/fhir/CodeSystem/steward-task|review-link"
                        + "&status=requested&_sort=authored-on")
                .body();
        assertThat(queue).contains("钱一鸣", "周海燕", "other-name");
        String steward = id(
                "Practitioner",
                hub.post("/Practitioner", "{\"resourceType\":\"Practitioner\"}").body());
        var answered = hub.send(
                "PATCH",
                "/Task/" + id("Task", queue),
                """
                [{"op":"add","path":"/owner","value":{"reference":"Practitioner/%s"}},
                 {"op":"add","path":"/output","value":[{"type":{"coding":[{
                   "system":"https://countyhub.org/fhir/CodeSystem/steward-task","code":"decision"}]},
                   "valueCode":"not-the-same"}]}]""".formatted(steward),
                "Content-Type",
                "application/json-patch+json");
        assertThat(answered.body()).contains("\"status\":\"completed\"");
    }

    /** Whoever reads the one README does what a reader of the other does. */
    @Test
    void bothReadmesHaveTheSameCommands() throws IOException {
        assertThat(commands("../README.zh-CN.md"))
                .hasSizeGreaterThan(20)
                .containsExactlyElementsOf(commands("../README.md"));
    }

    @Test
    void bothReadmesHaveTheSameSwitchesAndSettings() throws IOException {
        assertThat(firstColumns("../README.zh-CN.md"))
                .contains("`HUB_BASE_URLS`", "`shared_buffers`", "`/fhir`")
                .containsExactlyElementsOf(firstColumns("../README.md"));
    }

    /** The lines of code blocks, without what is said about them. */
    private static List<String> commands(String readme) throws IOException {
        List<String> commands = new ArrayList<>();
        boolean code = false;
        for (String line : Files.readAllLines(Path.of(readme))) {
            if (line.startsWith("```")) {
                code = !code;
            }
            String command = line.replaceFirst("(^|\\s+)# .*", "");
            if (code && !command.isEmpty()) {
                commands.add(command);
            }
        }
        return commands;
    }

    /** What stands in code marks at the start of each row of a table. */
    private static List<String> firstColumns(String readme) throws IOException {
        return Files.readAllLines(Path.of(readme)).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(2, line.indexOf(" |", 2))
                        .replace('、', ',')
                        .replace(", ", ","))
                .toList();
    }

    private static String patientId() {
        return id("Patient", hub.get("/Patient?identifier=11010519491231002X").body());
    }

    private static String id(String type, String body) {
        Matcher id = Pattern.compile("\"resourceType\":\"" + type + "\",\"id\":\"([^\"]+)\"")
                .matcher(body);
        assertThat(id.find()).isTrue();
        return id.group(1);
    }
}
