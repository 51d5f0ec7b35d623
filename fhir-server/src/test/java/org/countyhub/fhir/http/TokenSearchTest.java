package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 section 3.1.1.4.10, token. */
class TokenSearchTest {
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        patient("a", "\"identifier\":[{\"system\":\"urn:s1\",\"value\":\"1\"}],\"gender\":\"female\",\"active\":true");
        patient("b", "\"identifier\":[{\"system\":\"urn:s2\",\"value\":\"1\"}],\"gender\":\"male\",\"active\":false");
        patient("c", "\"identifier\":[{\"value\":\"1\"},{\"system\":\"urn:s1\",\"value\":\"2\"}]");
        patient("d", "\"identifier\":[{\"value\":\"a,b|c$d\\\\e\"}]");
        observation("one", "{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"718-7\"},{\"code\":\"HGB\"}]}");
        observation("two", "{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"4548-4\"}]}");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static void patient(String id, String more) {
        Answers.json(hub.put("/Patient/" + id, """
            {"resourceType":"Patient","id":"%s",%s}\
            """.formatted(id, more)), 201);
    }

    private static void observation(String id, String code) {
        Answers.json(hub.put("/Observation/" + id, """
            {"resourceType":"Observation","id":"%s","status":"final","code":%s}\
            """.formatted(id, code)), 201);
    }

    private static List<String> found(String type, String query) {
        return Answers.found(hub.get("/" + type + "?" + query)).stream()
                .map(key -> key.substring(type.length() + 1))
                .toList();
    }

    @Test
    void systemAndCodeMustBothMatch() {
        assertThat(found("Patient", "identifier=urn:s1|1")).containsExactly("a");
        assertThat(found("Patient", "identifier=urn:s1|3")).isEmpty();
        assertThat(found("Observation", "code=http://loinc.org|718-7")).containsExactly("one");
    }

    @Test
    void aCodeAloneMatchesWhateverTheSystem() {
        assertThat(found("Patient", "identifier=1")).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(found("Observation", "code=718-7")).containsExactly("one");
    }

    @Test
    void aBarAndACodeMatchesOnlyWithoutSystem() {
        assertThat(found("Patient", "identifier=|1")).containsExactly("c");
        assertThat(found("Observation", "code=|HGB")).containsExactly("one");
        assertThat(found("Observation", "code=|718-7")).isEmpty();
    }

    @Test
    void aSystemAndABarMatchesAnyOfItsIdentifiers() {
        assertThat(found("Patient", "identifier=urn:s1|")).containsExactlyInAnyOrder("a", "c");
        assertThat(found("Basic", "identifier=urn:s3|")).isEmpty();
    }

    @Test
    void aSystemAndABarIsRefusedWhereItIsNotOffered() {
        Answers.refused(hub.get("/Observation?code=http://loinc.org|"), 400, "code");
    }

    @Test
    void alternativesOfAllFormsCombine() {
        assertThat(found("Patient", "identifier=urn:s2|1,|1,urn:s1|2")).containsExactlyInAnyOrder("b", "c");
        assertThat(found("Patient", "identifier=urn:s1|&identifier=1")).containsExactlyInAnyOrder("a", "c");
    }

    /** Section 3.1.1.4.3: a backslash takes the meaning from comma, bar, dollar and backslash. */
    @Test
    void separatorsInValuesAreEscaped() {
        assertThat(found("Patient", "identifier=" + Answers.encoded("a\\,b\\|c\\$d\\\\e")))
                .containsExactly("d");
        Answers.refused(hub.get("/Patient?identifier=a|b|c"), 400, "identifier");
    }

    @Test
    void codesAndBooleansAreTokens() {
        assertThat(found("Patient", "gender=female")).containsExactly("a");
        assertThat(found("Patient", "gender=http://hl7.org/fhir/administrative-gender|male"))
                .containsExactly("b");
        assertThat(found("Patient", "active=true")).containsExactly("a");
        assertThat(found("Patient", "active=false")).containsExactly("b");
        assertThat(found("Patient", "deceased=false")).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void codesAreComparedWithCase() {
        assertThat(found("Observation", "code=hgb")).isEmpty();
    }

    @Test
    void tagsProfilesAndSourcesOfEveryTypeAreFound() {
        patient("t", """
            "meta":{"tag":[{"system":"urn:tags","code":"x"}],"security":[{"code":"R"}],
            "profile":["http://p.example/q"],"source":"http://source.example/1"}\
            """);

        assertThat(found("Patient", "_tag=urn:tags|x")).containsExactly("t");
        assertThat(found("Patient", "_security=R")).containsExactly("t");
        assertThat(found("Patient", "_profile=http://p.example/q")).containsExactly("t");
        assertThat(found("Patient", "_source=http://source.example/1")).containsExactly("t");
    }

    @Test
    void aParameterOverSeveralOthersAsksAllOfThem() {
        Answers.json(hub.put("/Observation/panel", """
            {"resourceType":"Observation","id":"panel","status":"final","code":{"coding":[{"code":"P"}]},
             "component":[{"code":{"coding":[{"code":"C"}]}}]}\
            """), 201);

        assertThat(found("Observation", "combo-code=P")).containsExactly("panel");
        assertThat(found("Observation", "combo-code=C")).containsExactly("panel");
        assertThat(found("Observation", "component-code=P")).isEmpty();
    }

    @Test
    void whatIsUpdatedIsFoundByItsNewValuesOnly() {
        patient("moving", "\"identifier\":[{\"system\":\"urn:m\",\"value\":\"old\"}]");
        hub.put("/Patient/moving", """
            {"resourceType":"Patient","id":"moving","identifier":[{"system":"urn:m","value":"new"}]}\
            """);

        assertThat(found("Patient", "identifier=urn:m|old")).isEmpty();
        assertThat(found("Patient", "identifier=urn:m|new")).containsExactly("moving");
        hub.delete("/Patient/moving");
        assertThat(found("Patient", "identifier=urn:m|new")).isEmpty();
    }
}
