package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 section 3.1.1.4.8, string. */
class StringSearchTest {
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        patient("eve", "{\"family\":\"Müller-Lüdenscheidt\",\"given\":[\"Eve\",\"Ann\"]}");
        patient("evelyn", "{\"family\":\"Muller\",\"given\":[\"Evelyn\"]}");
        patient("zhang", "{\"text\":\"张 三\",\"family\":\"张\",\"given\":[\"三\"]}");
        patient("obrien", "{\"family\":\"O'Brien\",\"text\":\"Pat O'Brien\"}");
        patient("long", "{\"family\":\"" + "x".repeat(1_000) + "\"}");
        patient("longer", "{\"family\":\"" + "x".repeat(1_001) + "\"}");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static void patient(String id, String name) {
        Answers.json(hub.put("/Patient/" + id, """
            {"resourceType":"Patient","id":"%s","name":[%s]}\
            """.formatted(id, name)), 201);
    }

    private static List<String> found(String name, String value) {
        return Answers.found(hub.get("/Patient?" + name + "=" + Answers.encoded(value))).stream()
                .map(key -> key.substring("Patient/".length()))
                .toList();
    }

    @Test
    void textsThatBeginWithTheValueAreFound() {
        assertThat(found("given", "Eve")).containsExactlyInAnyOrder("eve", "evelyn");
        assertThat(found("given", "ve")).isEmpty();
        assertThat(found("given", "Ann")).containsExactly("eve");
    }

    @Test
    void caseAccentsAndPunctuationDoNotMatter() {
        assertThat(found("family", "MULLER")).containsExactlyInAnyOrder("eve", "evelyn");
        assertThat(found("family", "mu\u0308ller lud")).containsExactly("eve");
        assertThat(found("family", "obrien")).containsExactly("obrien");
    }

    @Test
    void chineseNamesAreFoundWithAndWithoutSpace() {
        assertThat(found("name", "张三")).containsExactly("zhang");
        assertThat(found("name", "张　三")).containsExactly("zhang");
        assertThat(found("family", "张")).containsExactly("zhang");
    }

    @Test
    void nameSearchesAllPartsOfAName() {
        assertThat(found("name", "Evelyn")).containsExactly("evelyn");
        assertThat(found("name", "Pat")).containsExactly("obrien");
    }

    @Test
    void exactMatchesTheWholeTextWithCaseAndAccents() {
        assertThat(found("given:exact", "Eve")).containsExactly("eve");
        assertThat(found("given:exact", "eve")).isEmpty();
        assertThat(found("family:exact", "Muller")).containsExactly("evelyn");
        assertThat(found("family:exact", "Müller-Lüdenscheidt")).containsExactly("eve");
    }

    @Test
    void longTextsAreToldApart() {
        assertThat(found("family:exact", "x".repeat(1_000))).containsExactly("long");
        assertThat(found("family", "x".repeat(300))).containsExactlyInAnyOrder("long", "longer");
    }

    @Test
    void alternativesCombineAndCommasAreEscaped() {
        patient("comma", "{\"text\":\"Sun, Yat-sen\"}");

        assertThat(found("given", "Evelyn,三")).containsExactlyInAnyOrder("evelyn", "zhang");
        assertThat(found("name:exact", "Sun\\, Yat-sen")).containsExactly("comma");
    }

    @Test
    void wildcardsOfOtherLanguagesAreOrdinaryCharacters() {
        assertThat(found("family", "%uller")).isEmpty();
        assertThat(found("family", "M_ller")).isEmpty();
        assertThat(found("family", "'; drop table resource; --")).isEmpty();
        assertThat(found("family", "Muller")).isNotEmpty();
    }

    @Test
    void aValueOfNothingToCompareIsRefused() {
        Answers.refused(hub.get("/Patient?name=---"), 400, "name");
        Answers.refused(hub.get("/Patient?name="), 400, "name");
        Answers.refused(hub.get("/Patient?name=a,,b"), 400, "name");
        Answers.refused(hub.get("/Patient?name=" + "x".repeat(500)), 400, "name");
    }

    /** Section 3.1.1.4.9: URIs are compared whole and with case. */
    @Test
    void urisAreComparedWhole() {
        hub.put("/ValueSet/v", """
            {"resourceType":"ValueSet","id":"v","status":"draft","url":"http://v.example/Set"}\
            """);

        assertThat(Answers.found(hub.get("/ValueSet?url=http://v.example/Set"))).containsExactly("ValueSet/v");
        assertThat(Answers.found(hub.get("/ValueSet?url=http://v.example/set"))).isEmpty();
        assertThat(Answers.found(hub.get("/ValueSet?url=http://v.example"))).isEmpty();
    }
}
