package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever cannot be understood is refused with the place of the fault, and leaves nothing behind. */
class BadInputTest {
    private static final String JSON = "Content-Type: application/fhir+json\r\n";

    private static TestHub hub;
    private static Wire wire;
    private static RowCounts before;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        wire = new Wire(hub);
        Answers.json(hub.put("/Patient/p", "{\"resourceType\":\"Patient\",\"id\":\"p\"}"), 201);
        before = RowCounts.of(hub.database());
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(RowCounts.of(hub.database())).isEqualTo(before);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{; line 1",
                "{\"resourceType\":\"Patient\",}; line 1, column 27",
                "{\"resourceType\":\"Patient\"} x; line 1",
                "[]; line 1, column 1",
                "null; line 1, column 1",
                "{}; resourceType",
                "{\"resourceType\":\"Nothing\"}; resourceType",
                "{\"resourceType\":\"Patient\",\"resourceType\":\"Patient\"}; same property",
                "{\"resourceType\":\"Patient\",\"active\":\"yes\"}; Patient.active",
                "{\"resourceType\":\"Patient\",\"name\":{\"family\":\"x\"}}; Patient.name",
                "{\"resourceType\":\"Patient\",\"name\":[]}; Patient.name",
                "{\"resourceType\":\"Patient\",\"name\":[{}]}; Patient.name[0]",
                "{\"resourceType\":\"Patient\",\"nothing\":1}; Patient.nothing",
                "{\"resourceType\":\"Patient\",\"birthDate\":\"2020-13-01\"}; Patient.birthDate",
                "{\"resourceType\":\"Patient\",\"birthDate\":\"yesterday\"}; Patient.birthDate",
                "{\"resourceType\":\"Patient\",\"gender\":\"f\"}; Patient.gender",
                "{\"resourceType\":\"Patient\",\"id\":\"a_b\"}; Patient.id",
                "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"a\\u0000b\"}]}; Patient.name[0].family",
                "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"a\\ud800b\"}]}; Patient.name[0].family",
                "{\"resourceType\":\"Patient\",\"multipleBirthInteger\":1e99999}; line 1",
                "{\"resourceType\":\"Patient\",\"multipleBirthInteger\":1.5}; Patient.multipleBirthInteger",
                "{\"resourceType\":\"Observation\"}; Observation.status"
            })
    void resourcesThatAreNotR4AreRefusedWithTheirPlace(String body, String place) {
        String type = body.contains("Observation") ? "Observation" : "Patient";

        Answers.refused(hub.post("/" + type, body), 400, place);
    }

    @Test
    void brokenXmlIsRefused() {
        for (String body : List.of(
                "<Patient xmlns=\"http://hl7.org/fhir\">",
                "<Patient xmlns=\"http://hl7.org/fhir\"><nothing value=\"1\"/></Patient>",
                "<Patient><active value=\"true\"/></Patient>",
                "<Patient xmlns=\"http://hl7.org/fhir\"><active value=\"yes\"/></Patient>",
                "<!DOCTYPE Patient [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                        + "<Patient xmlns=\"http://hl7.org/fhir\"><name><family value=\"&x;\"/></name></Patient>",
                "<Patient xmlns=\"http://hl7.org/fhir\">" + "<extension url=\"u\">".repeat(5_000)
                        + "</extension>".repeat(5_000) + "</Patient>",
                "<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"collection\"/><entry><resource/></entry></Bundle>",
                "no XML")) {
            var answer = hub.post("/Patient", body, "Content-Type", "application/fhir+xml");
            Answers.refused(answer, 400, "expression");
            assertThat(answer.body()).doesNotContain("root:");
        }
    }

    @Test
    void faultsOfXmlNameTheirPlaceAndTheirLine() {
        String body = """
            <Patient xmlns="http://hl7.org/fhir">
              <name><family value="a"/></name>
              <name><foo value="x"/></name>
            </Patient>""";

        var answer = hub.post("/Patient", body, "Content-Type", "application/fhir+xml");

        Answers.refused(answer, 400, "\"expression\":[\"Patient.name[1].foo\"]");
        assertThat(answer.body()).contains("HumanName has no element foo (line 3, column 9)");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] body = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"M\u00fcller\"}]}"
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(wire.answer("POST /Patient", JSON, body))
                .startsWith("HTTP/1.1 400")
                .contains("byte 47");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "{\"resourceType\":\"Patient\",\"extension\":"
                + "[{\"url\":\"u\",\"extension\":".repeat(20_000) + "[{\"url\":\"u\",\"valueString\":\"x\"}]"
                + "}]".repeat(20_000) + "}";

        Answers.refused(hub.post("/Patient", deep), 400, "nested deeper");
    }

    @Test
    void bodiesOfOtherKindsAreRefused() {
        String patient = "{\"resourceType\":\"Patient\"}";

        Answers.refused(hub.post("/Patient", patient, "Content-Type", "text/plain"), 415, "Content-Type");
        Answers.refused(
                hub.post("/Patient", "a=b", "Content-Type", "application/x-www-form-urlencoded"), 415, "Content-Type");
        assertThat(wire.answer("POST /Patient", "", patient.getBytes(StandardCharsets.UTF_8)))
                .startsWith("HTTP/1.1 415");
        Answers.refused(hub.post("/Patient", ""), 400, "no body");
        Answers.refused(hub.post("/Observation", patient), 400, "Patient");
        Answers.refused(hub.send("PATCH", "/Patient/p", patient), 400, "Parameters");
        Answers.refused(
                hub.send("PATCH", "/Patient/p", "[]", "Content-Type", "application/xml-patch+xml"),
                415,
                "Content-Type");
    }

    @Test
    void idsThatAreNoneAreRefused() {
        Answers.refused(hub.put("/Patient/a_b", "{\"resourceType\":\"Patient\",\"id\":\"a_b\"}"), 400, "id");
        Answers.refused(hub.put("/Patient/" + "x".repeat(65), "{\"resourceType\":\"Patient\"}"), 400, "id");
        Answers.refused(hub.put("/Patient/x", "{\"resourceType\":\"Patient\"}"), 400, "Patient.id");
        Answers.refused(hub.put("/Patient/x", "{\"resourceType\":\"Patient\",\"id\":\"y\"}"), 400, "Patient.id");
        Answers.refused(hub.get("/Patient/a_b"), 404, "id");
        Answers.refused(hub.delete("/Patient/a%20b"), 400, "id");
        Answers.refused(hub.get("/Patient/p/_history/x"), 404, "version");
        Answers.refused(hub.get("/Patient/p/_history/99999999999999999999"), 404, "version");
    }

    @Test
    void typesAndAddressesThatAreNoneAreRefused() {
        Answers.refused(hub.get("/Nothing"), 404, "Nothing");
        Answers.refused(hub.get("/patient/p"), 404, "patient");
        Answers.refused(hub.post("/Nothing", "{\"resourceType\":\"Patient\"}"), 404, "Nothing");
        Answers.refused(hub.get("/Patient/p/name"), 404, "name");
        Answers.refused(hub.get("/Resource/p"), 404, "Resource");
        Answers.refused(hub.post("/Patient/p", "{\"resourceType\":\"Patient\"}"), 405, "POST");
        Answers.refused(hub.put("/Patient/p/_history/1", "{\"resourceType\":\"Patient\",\"id\":\"p\"}"), 405, "PUT");
        Answers.refused(hub.post("/metadata", "{\"resourceType\":\"Patient\"}"), 405, "POST");
        Answers.refused(hub.delete("/_history"), 405, "DELETE");
    }

    @Test
    void writesWithoutIdOrCriteriaAreRefused() {
        Answers.refused(hub.put("/Patient", "{\"resourceType\":\"Patient\"}"), 400, "criteria");
        Answers.refused(hub.delete("/Patient"), 400, "criteria");
        Answers.refused(hub.delete("/Patient?_format=json"), 400, "criteria");
        Answers.refused(hub.delete("/Patient?nothing=1"), 400, "nothing");
        Answers.refused(hub.send("PATCH", "/Patient", "[]", "Content-Type", "application/json-patch+json"), 400, "");
    }

    @Test
    void methodsThatFhirDoesNotHaveAreRefused() {
        for (String method : List.of("FOO", "OPTIONS", "PROPFIND", "get")) {
            assertThat(wire.answer(method + " /Patient", ""))
                    .startsWith("HTTP/1.1 405")
                    .contains("OperationOutcome");
        }
    }

    @Test
    void brokenPercentEncodingIsRefused() {
        for (String request : List.of(
                "GET /Patient?name=%zz",
                "GET /Patient?name=%",
                "GET /Patient?na%zzme=x",
                "GET /Patient?name=%ff%fe",
                "GET /Patient?name:exact=a%00b",
                "DELETE /Patient?name=%zz")) {
            assertThat(wire.answer(request, "")).startsWith("HTTP/1.1 400").contains("OperationOutcome");
        }
        assertThat(wire.answer("GET /Patient/%zz", "")).startsWith("HTTP/1.1 40");
    }

    @Test
    void lineBreaksNeverReachTheHead() {
        for (String request : List.of(
                "GET /Patient/p%0d%0aX-Injected:%201",
                "GET /Patient?name=%0d%0aX-Injected:%201",
                "GET /Patient?_format=json%0d%0aX-Injected:%201",
                "GET /Patient?_cursor=%0d%0aX-Injected:%201",
                "GET /%0d%0aX-Injected:%201/x")) {
            String answer = wire.answer(request, "");
            assertThat(answer.substring(0, answer.indexOf("\r\n\r\n"))).doesNotContain("X-Injected");
        }
    }

    @Test
    void hugeParameterListsAreRefused() {
        String many = "name=x&".repeat(5_000);
        String alternatives = "_id=" + "x,".repeat(5_000) + "x";
        String form = "application/x-www-form-urlencoded";

        Answers.refused(hub.post("/Patient/_search", many, "Content-Type", form), 400, "parameters");
        Answers.refused(hub.post("/Patient/_search", alternatives, "Content-Type", form), 400, "_id");
        Answers.refused(hub.post("/Patient/_search", "x".repeat(2_000_000), "Content-Type", form), 413, "form");
        Answers.refused(hub.post("/Patient/_search?name=x", "x".repeat(2_000_000), "Content-Type", form), 413, "form");
        Answers.refused(hub.get("/Patient?" + "name=x&".repeat(1_500)), 400, "parameters");
    }

    @Test
    void valuesThatLookLikeSqlAreValues() {
        String sql = Answers.encoded("'; delete from resource; --");
        for (String query : List.of("name=", "identifier=", "name:exact=", "_tag=", "_profile=urn:", "link=urn:x")) {
            assertThat(Answers.found(hub.get("/Patient?" + query + sql))).isEmpty();
        }
        Answers.refused(hub.get("/Patient?_sort=" + sql), 400, "_sort");
        Answers.refused(hub.get("/Patient?_id=" + sql), 400, "_id");
        Answers.refused(hub.get("/Patient?birthdate=" + sql), 400, "birthdate");
        Answers.refused(hub.get("/Patient?" + sql + "=x"), 400, "delete");
    }

    @Test
    void bundlesThatAreNoneAreRefusedWithTheirPlace() {
        Answers.refused(hub.post("", """
                {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"FETCH","url":"x"}}]}"""), 400, "Bundle.entry[0].request.method");
        Answers.refused(hub.post("", """
                {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"GET"}}]}"""), 400, "Bundle.entry[0].request.url");
        Answers.refused(hub.post("", """
                {"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:x:1"}]}"""), 400, "Bundle.entry[0].request");
        Answers.refused(hub.post("", """
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Patient"}},
                 {"request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Patient","active":1}}]}"""), 400, "Bundle.entry[1].resource.active");
        Answers.refused(hub.post("", """
                {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"PUT","url":"Patient/%zz"},
                 "resource":{"resourceType":"Patient"}}]}"""), 400, "percent");
        Answers.refused(hub.post("", """
                {"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"POST","url":"Nothing"},
                 "resource":{"resourceType":"Patient"}}]}"""), 404, "Bundle.entry[0]");
    }
}
