package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a resource names without referring to it as a record: canonicals, and the entries of a stored Bundle. */
class CarriedReferencesTest {
    private static final String DOCUMENT = """
        {"resourceType":"Bundle","id":"document","type":"document",
         "identifier":{"system":"urn:documents","value":"1"},"timestamp":"2026-01-01T00:00:00Z",
         "entry":[
          {"fullUrl":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0","resource":
           {"resourceType":"Composition","id":"report","status":"final","date":"2026-01-01","title":"t",
            "type":{"text":"t"},"author":[{"reference":"Practitioner/elsewhere"}],
            "subject":{"reference":"urn:uuid:88f151c0-a954-468a-88bd-5ae15c08e059"}}},
          {"fullUrl":"urn:uuid:88f151c0-a954-468a-88bd-5ae15c08e059","resource":
           {"resourceType":"Patient","id":"p"}}]}\
        """;

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /** FHIR R4 section 3.3.1: references inside a document lead to its own entries. */
    @Test
    void aDocumentIsKeptAsItIsWithTheReferencesBetweenItsEntries() {
        Answers.json(hub.put("/Bundle/document", DOCUMENT), 201);

        assertThat(Answers.json(hub.get("/Bundle/document"), 200).get("entry"))
                .isEqualTo(Answers.json(DOCUMENT).get("entry"));
        assertThat(Answers.found(hub.get("/Bundle?identifier=urn:documents|1"))).containsExactly("Bundle/document");
        assertThat(Answers.found(hub.get("/Bundle?composition=Composition/report")))
                .containsExactly("Bundle/document");
    }

    /** FHIR R4 section 2.3.0.2: a canonical names a definition, wherever that is kept. */
    @Test
    void aCanonicalMayNameADefinitionThatIsNotKeptHere() {
        String id = Answers.created(hub.post("/QuestionnaireResponse", """
            {"resourceType":"QuestionnaireResponse","status":"completed","questionnaire":"Questionnaire/absent"}\
            """));

        assertThat(Answers.found(hub.get("/QuestionnaireResponse?questionnaire=Questionnaire/absent")))
                .containsExactly("QuestionnaireResponse/" + id);
        assertThat(hub.get("/Questionnaire/absent").statusCode()).isEqualTo(404);
    }

    @Test
    void aCanonicalToADefinitionThatIsKeptHereCanBeFollowed() {
        String id = Answers.created(
                hub.post("/Questionnaire", "{\"resourceType\":\"Questionnaire\",\"status\":\"active\"}"));
        Answers.created(hub.post("/QuestionnaireResponse", """
            {"resourceType":"QuestionnaireResponse","status":"completed","questionnaire":"Questionnaire/%s"}\
            """.formatted(id)));

        assertThat(Answers.included(hub.get("/QuestionnaireResponse?questionnaire=Questionnaire/" + id
                        + "&_include=QuestionnaireResponse:questionnaire")))
                .containsExactly("Questionnaire/" + id);
    }
}
