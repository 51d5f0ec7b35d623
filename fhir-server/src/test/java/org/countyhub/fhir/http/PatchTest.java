package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** FHIR R4 section 3.1.0.6: patches do the same by themselves and as entries of a Bundle. */
class PatchTest {
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void reset() {
        hub.put("/Patient/p", "{\"resourceType\":\"Patient\",\"id\":\"p\",\"active\":true}");
        hub.put("/Patient/p", """
                {"resourceType":"Patient","id":"p","name":[{"family":"Old"}],"birthDate":"1990-01-01"}""");
    }

    private static HttpResponse<String> json(String patch, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json-patch+json";
        return hub.send("PATCH", "/Patient/p", patch, all);
    }

    private static HttpResponse<String> bundled(String type, String resource) {
        Bundles bundle = type.equals("batch") ? Bundles.batch() : Bundles.transaction();
        return hub.post("", bundle.patch("Patient/p", resource).toString());
    }

    private static String binary(String patch) {
        return """
                {"resourceType":"Binary","contentType":"application/json-patch+json","data":"%s"}""".formatted(Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8)));
    }

    private static String replaceFamily(String family) {
        return """
                {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
                  {"name":"type","valueCode":"replace"},{"name":"path","valueString":"Patient.name.where(family = 'Old').family"},
                  {"name":"value","valueString":"%s"}]}]}""".formatted(family);
    }

    private static String family() {
        return Answers.json(hub.get("/Patient/p"), 200).at("/name/0/family").asText();
    }

    private static void changed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(family()).isEqualTo("New");
        assertThat(Answers.found(hub.get("/Patient?family=New"))).containsExactly("Patient/p");
    }

    private static void unchanged(HttpResponse<String> answer, int status, String named) {
        Answers.refused(answer, status, named);
        assertThat(family()).isEqualTo("Old");
    }

    private static final String NEW = "[{\"op\":\"replace\",\"path\":\"/name/0/family\",\"value\":\"New\"}]";

    @Test
    void aJsonPatchChangesTheResource() {
        changed(json(NEW));
    }

    @Test
    void aFhirPathPatchChangesTheResource() {
        changed(hub.send("PATCH", "/Patient/p", replaceFamily("New")));
    }

    @Test
    void aFhirPathPatchMayBeXml() {
        changed(hub.send("PATCH", "/Patient/p", """
                <Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/>
                <part><name value="type"/><valueCode value="replace"/></part>
                <part><name value="path"/><valueString value="Patient.name[0].family"/></part>
                <part><name value="value"/><valueString value="New"/></part></parameter></Parameters>""", "Content-Type", "application/fhir+xml"));
    }

    @Test
    void bothChangeTheResourceInBatchesAndTransactions() {
        for (String type : new String[] {"batch", "transaction"}) {
            for (String resource : new String[] {binary(NEW), replaceFamily("New")}) {
                reset();
                changed(bundled(type, resource));
            }
        }
    }

    @Test
    void aPatchThatChangesNothingKeepsTheVersion() {
        String before = Answers.header(hub.get("/Patient/p"), "ETag");

        assertThat(Answers.header(json("[{\"op\":\"test\",\"path\":\"/name/0/family\",\"value\":\"Old\"}]"), "ETag"))
                .isEqualTo(before);
    }

    @Test
    void aPatchMayExpectAVersion() {
        unchanged(json(NEW, "If-Match", "W/\"999\""), 412, "version");
        changed(json(NEW, "If-Match", Answers.header(hub.get("/Patient/p"), "ETag")));
    }

    @Test
    void aPatchThatCannotBeAppliedIsRefused() {
        unchanged(json("[{\"op\":\"replace\",\"path\":\"/nothing/0\",\"value\":1}]"), 422, "[0]");
        unchanged(json("[{\"op\":\"test\",\"path\":\"/name/0/family\",\"value\":\"Else\"}]"), 422, "[0]");
        unchanged(json("[{\"op\":\"jump\",\"path\":\"/name\"}]"), 400, "[0]");
        unchanged(json("{}"), 400, "array");
        unchanged(json("["), 400, "line 1");
    }

    @Test
    void aPatchThatLeavesNoResourceOfR4IsRefused() {
        unchanged(json("[{\"op\":\"add\",\"path\":\"/gender\",\"value\":\"f\"}]"), 400, "Patient.gender");
        unchanged(json("[{\"op\":\"add\",\"path\":\"/nothing\",\"value\":1}]"), 400, "Patient.nothing");
        unchanged(json("[{\"op\":\"replace\",\"path\":\"/resourceType\",\"value\":\"Person\"}]"), 422, "resourceType");
        unchanged(json("[{\"op\":\"replace\",\"path\":\"/id\",\"value\":\"q\"}]"), 422, "id");
        unchanged(
                json("[{\"op\":\"add\",\"path\":\"/managingOrganization\","
                        + "\"value\":{\"reference\":\"Organization/never\"}}]"),
                422,
                "Patient.managingOrganization");
    }

    @Test
    void aFailingPatchInATransactionNamesItsEntry() {
        unchanged(
                bundled("transaction", binary("[{\"op\":\"remove\",\"path\":\"/nothing\"}]")), 422, "Bundle.entry[0]");
        unchanged(bundled("transaction", "{\"resourceType\":\"Patient\",\"active\":true}"), 415, "Bundle.entry[0]");
    }

    @Test
    void whatIsNotThereCannotBePatched() {
        hub.put("/Patient/q", "{\"resourceType\":\"Patient\",\"id\":\"q\"}");
        hub.delete("/Patient/q");

        Answers.refused(
                hub.send("PATCH", "/Patient/q", NEW, "Content-Type", "application/json-patch+json"), 410, "Patient/q");
        Answers.refused(
                hub.send("PATCH", "/Patient/never", NEW, "Content-Type", "application/json-patch+json"),
                404,
                "Patient/never");
    }
}
