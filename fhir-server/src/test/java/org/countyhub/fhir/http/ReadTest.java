package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 sections 3.1.0.2 (read), 3.1.0.2.1 (conditional read) and 3.1.0.3 (vread). */
class ReadTest {
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        hub.put("/Patient/p", "{\"resourceType\":\"Patient\",\"id\":\"p\",\"active\":true}");
        hub.put("/Patient/p", "{\"resourceType\":\"Patient\",\"id\":\"p\",\"active\":false}");
        hub.put("/Patient/gone", "{\"resourceType\":\"Patient\",\"id\":\"gone\"}");
        hub.delete("/Patient/gone");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void readGivesTheCurrentVersionWithItsValidators() {
        var answer = hub.get("/Patient/p");

        var patient = Answers.json(answer, 200);
        assertThat(patient.path("active").asBoolean()).isFalse();
        assertThat(patient.at("/meta/versionId").asText()).isEqualTo("2");
        assertThat(Answers.header(answer, "ETag")).isEqualTo("W/\"2\"");
        assertThat(Answers.header(answer, "Content-Type")).startsWith("application/fhir+json");
        assertThat(Answers.header(answer, "Last-Modified"))
                .as("RFC 9110 section 5.6.7")
                .matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
    }

    @Test
    void whatNeverWasIsNotFoundAndWhatIsDeletedIsGone() {
        Answers.refused(hub.get("/Patient/never"), 404, "Patient/never");
        Answers.refused(hub.get("/Observation/p"), 404, "Observation/p");
        Answers.refused(hub.get("/Patient/gone"), 410, "Patient/gone");
    }

    @Test
    void anEntityTagThatStillHoldsIsAnsweredWithNotModified() {
        for (String tags : new String[] {"W/\"2\"", "\"2\"", "W/\"1\", W/\"2\"", "*"}) {
            var answer = hub.get("/Patient/p", "If-None-Match", tags);
            assertThat(answer.statusCode()).as(tags).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(Answers.header(answer, "ETag")).isEqualTo("W/\"2\"");
        }
        assertThat(hub.get("/Patient/p", "If-None-Match", "W/\"1\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aDateSinceWhenNothingChangedIsAnsweredWithNotModified() {
        String modified = Answers.header(hub.get("/Patient/p"), "Last-Modified");

        assertThat(hub.get("/Patient/p", "If-Modified-Since", modified).statusCode())
                .isEqualTo(304);
        assertThat(hub.get("/Patient/p", "If-Modified-Since", "Sat, 01 Jan 2000 00:00:00 GMT")
                        .statusCode())
                .isEqualTo(200);
        assertThat(hub.get("/Patient/p", "If-Modified-Since", "yesterday").statusCode())
                .isEqualTo(200);
        assertThat(hub.get("/Patient/p", "If-Modified-Since", modified, "If-None-Match", "W/\"1\"")
                        .statusCode())
                .as("the entity tag decides")
                .isEqualTo(200);
    }

    @Test
    void vreadGivesTheVersionAskedFor() {
        var answer = hub.get("/Patient/p/_history/1");

        assertThat(Answers.json(answer, 200).path("active").asBoolean()).isTrue();
        assertThat(Answers.header(answer, "ETag")).isEqualTo("W/\"1\"");
        Answers.refused(hub.get("/Patient/p/_history/3"), 404, "version 3");
        Answers.refused(hub.get("/Patient/p/_history/0"), 404, "version 0");
    }

    @Test
    void vreadOfADeletionIsGoneAndOfTheVersionBeforeItIsThere() {
        Answers.refused(hub.get("/Patient/gone/_history/2"), 410, "Patient/gone");
        assertThat(hub.get("/Patient/gone/_history/1").statusCode()).isEqualTo(200);
    }

    @Test
    void headTellsTheSameWithoutTheBody() {
        var answer = hub.send("HEAD", "/Patient/p", null);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(Answers.header(answer, "ETag")).isEqualTo("W/\"2\"");
        assertThat(Answers.header(answer, "Content-Length"))
                .isEqualTo(Integer.toString(hub.get("/Patient/p").body().length()));
        assertThat(hub.send("HEAD", "/Patient/never", null).statusCode()).isEqualTo(404);
        assertThat(hub.send("HEAD", "/Patient?active=true", null).statusCode()).isEqualTo(200);
    }

    @Test
    void aVersionThatTheClientHasIsAnsweredWithNotModified() {
        var answer = hub.get("/Patient/p/_history/1", "If-None-Match", "W/\"1\"");

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(hub.get("/Patient/p/_history/1", "If-None-Match", "W/\"2\"").statusCode())
                .isEqualTo(200);
        Answers.refused(hub.get("/Patient/gone/_history/2", "If-None-Match", "W/\"2\""), 410, "Patient/gone");
    }
}
