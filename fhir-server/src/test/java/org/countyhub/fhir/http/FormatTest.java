package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.countyhub.fhir.TestHub;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 sections 3.1.0.1.9 to 3.1.0.1.12: content types, _format, _pretty, _summary and _elements. */
class FormatTest {
    private static final String XML = """
        <Patient xmlns="http://hl7.org/fhir"><id value="xml"/><active value="true"/>\
        <name><family value="Müller &amp; 张"/></name></Patient>\
        """;

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        hub.put("/Patient/p", """
            {"resourceType":"Patient","id":"p","text":{"status":"generated",
             "div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">shown</div>"},
             "active":true,"name":[{"family":"Müller","given":["<b>"]}],"photo":[{"title":"none"}]}\
            """);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static Patient parsed(String xml) {
        return FhirContext.forR4Cached().newXmlParser().parseResource(Patient.class, xml);
    }

    @Test
    void xmlGoesInAndJsonComesOut() {
        assertThat(hub.put("/Patient/xml", XML, "Content-Type", "application/fhir+xml")
                        .statusCode())
                .isEqualTo(201);

        JsonNode read = Answers.json(hub.get("/Patient/xml"), 200);
        assertThat(read.at("/name/0/family").asText()).isEqualTo("Müller & 张");
        assertThat(read.path("active").asBoolean()).isTrue();
        assertThat(hub.put("/Patient/xml", XML, "Content-Type", "text/xml; charset=utf-8")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void xmlComesOutWhenAskedFor() {
        for (String accept : List.of("application/fhir+xml", "application/xml", "text/xml;q=0.9, image/png")) {
            var answer = hub.get("/Patient/p", "Accept", accept);
            assertThat(Answers.header(answer, "Content-Type")).startsWith("application/fhir+xml");
            assertThat(parsed(answer.body()).getNameFirstRep().getFamily()).isEqualTo("Müller");
        }
        for (String format : List.of("xml", "application/fhir%2Bxml", "application/fhir+xml", "text/xml")) {
            var answer = hub.get("/Patient/p?_format=" + format, "Accept", "application/fhir+json");
            assertThat(Answers.header(answer, "Content-Type")).as(format).startsWith("application/fhir+xml");
        }
    }

    @Test
    void jsonIsTheDefaultAndTheWeightDecides() {
        for (String accept : List.of(
                "*/*",
                "application/json",
                "application/fhir+json; fhirVersion=4.0",
                "application/fhir+xml;q=0.5, application/fhir+json",
                "application/fhir+xml, application/fhir+json",
                "image/png, */*;q=0.1")) {
            assertThat(Answers.header(hub.get("/Patient/p", "Accept", accept), "Content-Type"))
                    .as(accept)
                    .startsWith("application/fhir+json");
        }
        assertThat(Answers.header(
                        hub.get("/Patient/p", "Accept", "application/fhir+json;q=0.5, text/xml"), "Content-Type"))
                .startsWith("application/fhir+xml");
    }

    @Test
    void formatsThatAreNotSpokenAreNotAcceptable() {
        Answers.refused(hub.get("/Patient/p", "Accept", "image/png"), 406, "Accept");
        Answers.refused(hub.get("/Patient/p", "Accept", "application/fhir+json;q=0"), 406, "Accept");
        Answers.refused(hub.get("/Patient/p?_format=ttl"), 406, "_format");
        Answers.refused(hub.get("/Patient/p?_format=nothing"), 406, "_format");
    }

    @Test
    void bundlesAndOutcomesSpeakXmlToo() {
        Bundle found = FhirContext.forR4Cached()
                .newXmlParser()
                .parseResource(
                        Bundle.class, hub.get("/Patient?_id=p&_format=xml").body());
        assertThat(found.getTotal()).isEqualTo(1);

        var refused = hub.get("/Patient/never?_format=xml");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).contains("<OperationOutcome");
    }

    @Test
    void aTransactionMayBeXml() {
        var answer = hub.post("", """
                <Bundle xmlns="http://hl7.org/fhir"><type value="transaction"/><entry>
                <resource><Patient><name><family value="InXml"/></name></Patient></resource>
                <request><method value="POST"/><url value="Patient"/></request></entry></Bundle>\
                """, "Content-Type", "application/fhir+xml", "Accept", "application/fhir+xml");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("201 Created");
        assertThat(Answers.found(hub.get("/Patient?family=InXml"))).hasSize(1);
    }

    @Test
    void prettyMeansLinesForPeople() {
        assertThat(hub.get("/Patient/p").body()).doesNotContain("\n");
        assertThat(hub.get("/Patient/p?_pretty=true").body().lines().count()).isGreaterThan(5);
        assertThat(hub.get("/Patient/p?_pretty=true&_format=xml").body().lines().count())
                .isGreaterThan(5);
    }

    /** Section 3.1.1.5.8: a subset is marked as one, so that nobody writes it back. */
    @Test
    void summaryGivesTheSummaryElements() {
        JsonNode summary = Answers.json(hub.get("/Patient/p?_summary=true"), 200);
        assertThat(summary.has("text")).isFalse();
        assertThat(summary.has("photo")).isFalse();
        assertThat(summary.has("name")).isTrue();
        assertThat(summary.at("/meta/tag/0/code").asText()).isEqualTo("SUBSETTED");

        JsonNode data = Answers.json(hub.get("/Patient/p?_summary=data"), 200);
        assertThat(data.has("text")).isFalse();
        assertThat(data.has("photo")).isTrue();

        JsonNode text = Answers.json(hub.get("/Patient/p?_summary=text"), 200);
        assertThat(text.has("text")).isTrue();
        assertThat(text.has("name")).isFalse();

        assertThat(hub.get("/Patient/p?_summary=false").body())
                .isEqualTo(hub.get("/Patient/p").body());
        Answers.refused(hub.get("/Patient/p?_summary=some"), 400, "_summary");
    }

    @Test
    void elementsGivesTheElementsAskedFor() {
        JsonNode patient = Answers.json(hub.get("/Patient/p?_elements=name,active"), 200);
        assertThat(patient.has("name")).isTrue();
        assertThat(patient.has("active")).isTrue();
        assertThat(patient.has("photo")).isFalse();
        assertThat(patient.at("/meta/tag/0/code").asText()).isEqualTo("SUBSETTED");

        JsonNode found =
                Answers.json(hub.get("/Patient?_id=p&_elements=name"), 200).at("/entry/0/resource");
        assertThat(found.has("name")).isTrue();
        assertThat(found.has("active")).isFalse();
    }

    @Test
    void aBodyMayBePacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Packed\"}]}"
                    .getBytes(StandardCharsets.UTF_8));
        }
        String headers = "Content-Type: application/fhir+json\r\nContent-Encoding: gzip\r\n";

        assertThat(new Wire(hub).answer("POST /Patient", headers, packed.toByteArray()))
                .startsWith("HTTP/1.1 201");
        assertThat(Answers.found(hub.get("/Patient?family=Packed"))).hasSize(1);
    }

    @Test
    void elementsNamedTwiceAreNamedOnce() {
        assertThat(Answers.json(hub.get("/Patient/p?_elements=active,active").body())
                        .fieldNames())
                .toIterable()
                .contains("active")
                .doesNotContain("name");
    }

    @Test
    void browsersAreShownHtmlInWhichContentIsText() {
        String browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        for (var answer : List.of(
                hub.get("/Patient/p", "Accept", browser),
                hub.get("/Patient?_id=p", "Accept", browser),
                hub.get("/Patient/p?_format=html/json"))) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Answers.header(answer, "Content-Type")).startsWith("text/html");
            assertThat(answer.body()).contains("&lt;b&gt;").doesNotContain("<b>\"");
        }
        var never = hub.get("/Patient/never", "Accept", browser);
        assertThat(never.statusCode()).isEqualTo(404);
        assertThat(never.body()).contains("Patient/never");
    }

    @Test
    void thePageOfTheInterfaceAnswers() {
        assertThat(hub.get("/swagger-ui/").statusCode()).isEqualTo(200);
        var docs = hub.get("/api-docs?page=Patient");
        assertThat(docs.statusCode()).isEqualTo(200);
        assertThat(docs.body()).contains("openapi", "/Patient");
    }

    /** Section 3.1.0.1.15: this is a server of R4. */
    @Test
    void otherVersionsOfFhirAreRefused() {
        String patient = "{\"resourceType\":\"Patient\"}";

        for (String type :
                List.of("application/fhir+json; fhirVersion=5.0", "application/fhir+xml;fhirVersion=\"3.0\"")) {
            Answers.refusedAt(hub.post("/Patient", patient, "Content-Type", type), 415, "Content-Type");
            Answers.refusedAt(hub.get("/Patient/p", "Accept", type), 406, "Accept");
        }
        Answers.refusedAt(
                hub.get("/Patient/p?_format=" + Answers.encoded("application/fhir+json; fhirVersion=5.0")),
                406,
                "_format");
        assertThat(hub.post("/Patient", patient, "Content-Type", "application/fhir+json; fhirVersion=4.0")
                        .statusCode())
                .isEqualTo(201);
        assertThat(Answers.header(
                        hub.get(
                                "/Patient/p",
                                "Accept",
                                "application/fhir+json; fhirVersion=5.0, application/fhir+xml; fhirVersion=4.0; q=0.5"),
                        "Content-Type"))
                .startsWith("application/fhir+xml");
    }

    /** Section 3.1.0.1.9. */
    @Test
    void textThatIsNotUtf8IsRefused() {
        String patient = "{\"resourceType\":\"Patient\"}";

        for (String charset : List.of("ISO-8859-1", "utf-16", "\"gb18030\"")) {
            Answers.refusedAt(
                    hub.post("/Patient", patient, "Content-Type", "application/fhir+json; charset=" + charset),
                    415,
                    "Content-Type");
        }
        assertThat(hub.post("/Patient", patient, "Content-Type", "application/fhir+json; charset=\"UTF-8\"")
                        .statusCode())
                .isEqualTo(201);
    }
}
