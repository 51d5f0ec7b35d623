package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 section 3.1.1.1, held to by all interactions: what is not understood is not ignored, unless asked for. */
class ParametersTest {
    private static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"p\",\"active\":true}";

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        hub.put("/Patient/p", PATIENT);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void unknownOnesAreRefusedByName() {
        Answers.refusedAt(hub.get("/Patient/p?foo=1"), 400, "foo");
        Answers.refusedAt(hub.get("/Patient/p/_history/1?_count=1"), 400, "_count");
        Answers.refusedAt(hub.get("/metadata?foo=1"), 400, "foo");
        Answers.refusedAt(hub.post("/Patient?foo=1", PATIENT), 400, "foo");
        Answers.refusedAt(hub.put("/Patient/p?foo=1", PATIENT), 400, "foo");
        Answers.refusedAt(hub.delete("/Patient/p?foo=1"), 400, "foo");
        Answers.refusedAt(
                hub.send("PATCH", "/Patient/p?foo=1", "[]", "Content-Type", "application/json-patch+json"), 400, "foo");
        Answers.refusedAt(hub.post("?foo=1", Bundles.batch().get("Patient/p").toString()), 400, "foo");
        assertThat(hub.get("/Patient/p").statusCode()).isEqualTo(200);
    }

    @Test
    void unknownOnesAreIgnoredWhenTheClientAsksForLenience() {
        for (String path : List.of(
                "/Patient/p?foo=1", "/Patient/p/_history/1?foo=1", "/Patient/_history?foo=1", "/metadata?foo=1")) {
            assertThat(hub.get(path, "Prefer", "handling=lenient").statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(hub.put("/Patient/p?foo=1", PATIENT, "Prefer", "handling=lenient")
                        .statusCode())
                .isEqualTo(200);
        Answers.refusedAt(hub.delete("/Patient?foo=1", "Prefer", "handling=lenient"), 400, "foo");
    }

    @Test
    void thoseOfEveryInteractionAreTaken() {
        String all = "?_format=json&_pretty=true&_summary=true&_elements=active";
        for (String path : List.of("/Patient/p", "/Patient/p/_history/1", "/Patient/p/_history", "/Patient")) {
            assertThat(hub.get(path + all).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(hub.put("/Patient/p" + all, PATIENT).statusCode()).isEqualTo(200);
        assertThat(hub.get("/metadata?_format=json&_summary=true").statusCode()).isEqualTo(200);
    }

    @Test
    void elementsAreNamesOfElements() {
        for (String elements : List.of("", ",", "active,", "nothing", "active,nothing", "Patient.name", "subject")) {
            Answers.refusedAt(hub.get("/Patient/p?_elements=" + elements), 400, "_elements");
            Answers.refusedAt(hub.get("/Patient?_elements=" + elements), 400, "_elements");
        }
        assertThat(hub.get("/Patient?_elements=nothing").body()).contains("no element nothing");
        for (String elements : List.of("id", "meta", "deceased", "deceasedBoolean", "text,contained,extension")) {
            assertThat(hub.get("/Patient/p?_elements=" + elements).statusCode())
                    .as(elements)
                    .isEqualTo(200);
        }
        assertThat(hub.get("/Patient?_elements=name,status&_revinclude=Observation:subject")
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.get("/_history?_elements=status,birthDate").statusCode()).isEqualTo(200);
        Answers.refusedAt(hub.get("/_history?_elements=nothing"), 400, "_elements");
    }

    /** Section 3.1.0.10. */
    @Test
    void metadataHasThreeModes() {
        for (String mode : List.of("full", "normative", "terminology")) {
            assertThat(Answers.json(hub.get("/metadata?mode=" + mode), 200)
                            .path("resourceType")
                            .asText())
                    .isEqualTo("CapabilityStatement");
        }
        Answers.refusedAt(hub.get("/metadata?mode=some"), 400, "mode");
    }

    /** RFC 9110 section 15.5.6. */
    @Test
    void whatIsNotAllowedIsAnsweredWithWhatIs() {
        assertThat(Answers.header(hub.post("/Patient/p", PATIENT), "Allow")).isEqualTo("GET, HEAD, PUT, PATCH, DELETE");
        assertThat(Answers.header(hub.delete("/metadata"), "Allow")).isEqualTo("GET, HEAD");
        assertThat(Answers.header(hub.delete("/Patient/p/_history/1"), "Allow")).isEqualTo("GET, HEAD");
        assertThat(Answers.header(hub.get("/Patient/_search"), "Allow")).isEqualTo("POST");
        assertThat(Answers.header(hub.put("", PATIENT), "Allow")).isEqualTo("POST");
        assertThat(Answers.header(hub.send("OPTIONS", "/Patient", null), "Allow"))
                .contains("GET", "PATCH");
        assertThat(hub.post("/Patient/p", PATIENT).statusCode()).isEqualTo(405);
        assertThat(hub.put("/Patient/p/nothing", PATIENT).statusCode()).isEqualTo(404);
    }

    @Test
    void aPatchOfAnotherKindIsAnsweredWithTheKindsThereAre() {
        var answer = hub.send("PATCH", "/Patient/p", "<diff/>", "Content-Type", "application/xml-patch+xml");

        Answers.refusedAt(answer, 415, "Content-Type");
        assertThat(answer.body())
                .contains("application/json-patch+json", "application/fhir+json", "application/fhir+xml");
    }
}
