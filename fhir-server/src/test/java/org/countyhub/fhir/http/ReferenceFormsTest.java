package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import org.countyhub.fhir.HubServer;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.transaction.WritePolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in Reference.reference (FHIR R4 section 2.3.0.1). */
class ReferenceFormsTest {
    private static TestHub hub;
    private static TestHub lenient;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        lenient = TestHub.start(new WritePolicy(true, false, false), Clock.systemUTC(), HubServer.Limits.DEFAULT);
        String patient = """
            {"resourceType":"Patient","id":"sp1","identifier":[{"system":"urn:cards","value":"a b"}]}""";
        hub.put("/Patient/sp1", patient);
        lenient.put("/Patient/sp1", patient);
    }

    @AfterAll
    static void stop() {
        hub.close();
        lenient.close();
    }

    private static String observation(String reference) {
        return """
            {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"%s"}}\
            """.formatted(reference);
    }

    private static HttpResponse<String> send(TestHub to, String reference) {
        return to.post("/Observation", observation(reference));
    }

    private static String kept(HttpResponse<String> created) {
        return Answers.json(created, 201).at("/subject/reference").asText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient/bad_id",
                "Patient/a b",
                "Patient/",
                "Patient",
                "patient/sp1",
                "Patient/sp1/",
                "/Patient/sp1",
                "../Patient/sp1",
                "Patient/sp1?x=1",
                "Patient/sp1#part",
                "Patient/sp1/_history",
                "Patient/sp1/_history/",
                "Patient/sp1/_history/1/",
                "Patient/sp1/_history/a_b",
                "Patient/sp1/other",
                "not a url",
                "sp1",
                "?identifier=1",
                "//hub.test/fhir/Patient/sp1",
                "http:",
                "http://a b/Patient/1",
                "http://hub.test/fhir/Patient/bad_id",
                "http://hub.test/fhir/patient/sp1",
                "http://hub.test/fhir/",
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd"
            })
    void whatIsNoReferenceIsRefusedAtItsPlaceWhateverThePolicy(String reference) {
        for (TestHub each : new TestHub[] {hub, lenient}) {
            HttpResponse<String> refused = send(each, reference);

            assertThat(refused.statusCode()).as(reference).isEqualTo(400);
            assertThat(refused.body()).contains("\"expression\":[\"Observation.subject.reference\"]");
        }
    }

    @Test
    void aTypeThatIsNoneIsRefused() {
        Answers.refused(send(hub, "Person2/1"), 400, "Observation.subject.reference");
        Answers.refused(send(hub, "Patients/1"), 400, "there is no resource type Patients");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient/sp1",
                "Patient/sp1/_history/1",
                "http://hub.test/fhir/Patient/sp1",
                "http://hub.test/fhir/Patient/sp1/_history/1",
                "http://elsewhere.example/fhir/Patient/1",
                "https://elsewhere.example/Patient?id=a|b",
                "HTTPS://elsewhere.example/Patient/1#part",
                "ftp://elsewhere.example/1",
                "urn:dicom:uid:1.2.3",
                "http://hub.test/fhir2/Patient/bad_id",
                "http://hub.test/fhir"
            })
    void whatIsAReferenceIsKeptAsItWasSent(String reference) {
        assertThat(kept(send(hub, reference))).isEqualTo(reference);
    }

    @Test
    void aReferenceIntoTheResourceItselfIsKept() {
        HttpResponse<String> created = hub.post("/Observation", """
            {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"#p"},
             "contained":[{"resourceType":"Patient","id":"p"}]}""");

        assertThat(kept(created)).isEqualTo("#p");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Patient/sp1/_history/9", "Patient/sp1/_history/0", "Patient/sp1/_history/x"})
    void aVersionThatIsNotThereIsAMissingReference(String reference) {
        HttpResponse<String> refused = send(hub, reference);

        Answers.refused(refused, 422, "which does not exist");
        assertThat(refused.body()).contains("\"expression\":[\"Observation.subject.reference\"]");
        assertThat(kept(send(lenient, reference))).isEqualTo(reference);
    }

    @Test
    void aVersionThatTheSameTransactionMakesIsThere() {
        Answers.json(hub.put("/Patient/made", "{\"resourceType\":\"Patient\",\"id\":\"made\"}"), 201);
        String second = "{\"resourceType\":\"Patient\",\"id\":\"made\",\"active\":%s}";

        Answers.json(
                hub.post(
                        "",
                        Bundles.transaction()
                                .put("Patient/made", second.formatted(true))
                                .post(observation("Patient/made/_history/2"))
                                .toString()),
                200);
        Answers.refused(
                hub.post(
                        "",
                        Bundles.transaction()
                                .put("Patient/made", second.formatted(false))
                                .post(observation("Patient/made/_history/4"))
                                .toString()),
                422,
                "version 4 of Patient/made");
    }

    @Test
    void aFaultInABundleIsPlaced() {
        HttpResponse<String> refused = hub.post(
                "",
                Bundles.transaction()
                        .post(observation("Patient/sp1"))
                        .post(observation("Patient"))
                        .toString());

        Answers.refused(refused, 400, "Bundle.entry[1].resource.subject.reference");
    }

    @Test
    void aPatchMakesNoBadReference() {
        String id = Answers.created(send(hub, "Patient/sp1"));
        String patch = "[{\"op\":\"replace\",\"path\":\"/subject/reference\",\"value\":\"%s\"}]";

        Answers.refused(patch(id, patch.formatted("Patient/a_b")), 400, "Observation.subject.reference");
        Answers.refused(patch(id, patch.formatted("Patient/sp1/_history/9")), 422, "Observation.subject.reference");
        Answers.refused(
                patch(id, patch.formatted("Patient?identifier=urn:cards%7Ca%20b")),
                422,
                "Observation.subject.reference");
    }

    private static HttpResponse<String> patch(String id, String patch) {
        return hub.send("PATCH", "/Observation/" + id, patch, "Content-Type", "application/json-patch+json");
    }

    /** Section 3.1.0.11.2; the address may be written out, and encoded in more than one way. */
    @Test
    void aConditionalReferenceIsResolvedHoweverItIsWritten() {
        Bundles bundle = Bundles.transaction();
        for (String reference : new String[] {
            "Patient?identifier=urn:cards|a b",
            "Patient?identifier=urn:cards%7Ca%20b",
            "http://hub.test/fhir/Patient?identifier=urn:cards|a+b"
        }) {
            bundle.post(observation(reference));
        }

        var answer = Answers.json(hub.post("", bundle.toString(), "Prefer", "return=representation"), 200);

        assertThat(answer.findValuesAsText("reference")).containsExactly("Patient/sp1", "Patient/sp1", "Patient/sp1");
        Answers.refused(send(hub, "http://hub.test/fhir/Patient?identifier=urn:cards|none"), 422, "no resource meets");
    }
}
