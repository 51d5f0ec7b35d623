package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.http.Answers.created;
import static org.countyhub.fhir.http.Answers.found;
import static org.countyhub.fhir.http.Answers.json;
import static org.countyhub.fhir.http.Answers.refused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.HashCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One person behind several codes and the patients of several hospitals. */
class PersonLinkTest {
    private static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";
    private static final String HEALTH_CARD = "urn:oid:2.16.156.10011.1.19";
    private static final String SOCIAL_SECURITY_CARD = "urn:oid:2.16.840.1.113883.2.23.1.19.2";

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String identifier(String system, String value) {
        return "{\"system\":\"%s\",\"value\":\"%s\"}".formatted(system, value);
    }

    /** The number of an e-health card: 64 hexadecimal digits. */
    static String card(String name) {
        return HashCode.fromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .toUpperCase(Locale.ROOT)
                .repeat(32)
                .substring(0, 64);
    }

    private static String patient(String family, String given, String gender, String... identifiers) {
        String shown = identifiers.length == 0 ? "" : ",\"identifier\":[" + String.join(",", identifiers) + "]";
        return """
                {"resourceType":"Patient","name":[{"family":"%s","given":["%s"]}],"gender":"%s"%s}""".formatted(family, given, gender, shown);
    }

    private static String create(String patient) {
        return created(hub.post("/Patient", patient));
    }

    /** The one person that a search finds. */
    private static ObjectNode person(String query) {
        ObjectNode bundle = json(hub.get("/Person?" + query), 200);
        assertThat(bundle.path("entry")).as(bundle.toString()).hasSize(1);
        return (ObjectNode) bundle.path("entry").path(0).path("resource");
    }

    private static List<String> targets(JsonNode person) {
        List<String> targets = new ArrayList<>();
        person.path("link")
                .forEach(link ->
                        targets.add(link.path("target").path("reference").asText()));
        return targets;
    }

    @Test
    void aPatientIsGivenAPersonWhenItIsWritten() {
        String id = create(patient("钱", "小一", "female", identifier(HEALTH_CARD, card("HC1"))));

        ObjectNode person = person("identifier=" + HEALTH_CARD + "|" + card("HC1"));

        assertThat(targets(person)).containsExactly("Patient/" + id);
        assertThat(person.path("name").path(0).path("family").asText()).isEqualTo("钱");
        assertThat(person.path("gender").asText()).isEqualTo("female");
        assertThat(person.path("active").asBoolean()).isTrue();
    }

    @Test
    void twoHospitalsThatShowOneVerifiedCodeShareThePerson() {
        String first = create(patient(
                "孙",
                "大",
                "female",
                identifier(HEALTH_CARD, card("HC2")),
                identifier(RESIDENT_ID, "11010519491231002X")));
        String second = create(patient(
                "孙",
                "大",
                "female",
                identifier(SOCIAL_SECURITY_CARD, "SS2"),
                identifier(RESIDENT_ID, "11010519491231002X")));

        ObjectNode person = person("identifier=" + SOCIAL_SECURITY_CARD + "|SS2");

        assertThat(targets(person)).containsExactly("Patient/" + first, "Patient/" + second);
        assertThat(person("identifier=" + HEALTH_CARD + "|" + card("HC2")).path("id"))
                .isEqualTo(person.path("id"));
        assertThat(person.path("link").path(1).path("assurance").asText()).isEqualTo("level4");
        assertThat(found(
                        hub.get("/Provenance?target=Person/" + person.path("id").asText())))
                .hasSize(1);
    }

    @Test
    void resultsAreFoundUnderEveryCodeOfThePerson() {
        String first = create(patient(
                "李", "四", "male", identifier(HEALTH_CARD, card("HC3")), identifier(RESIDENT_ID, "440524188001010014")));
        create(patient(
                "李",
                "四",
                "male",
                identifier(SOCIAL_SECURITY_CARD, "SS3"),
                identifier(RESIDENT_ID, "440524188001010014")));
        String result = created(hub.post("/Observation", """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/%s"}}""".formatted(first)));

        String person = person("identifier=SS3").path("id").asText();

        assertThat(found(hub.get("/Observation?person.identifier=" + SOCIAL_SECURITY_CARD + "|SS3")))
                .containsExactly("Observation/" + result);
        assertThat(found(hub.get("/Observation?person=Person/" + person))).containsExactly("Observation/" + result);
        assertThat(found(hub.get("/Observation?person=" + person))).containsExactly("Observation/" + result);
        assertThat(found(hub.get("/Patient?person=" + person))).hasSize(2);
        assertThat(found(hub.get("/Observation?patient.identifier=" + SOCIAL_SECURITY_CARD + "|SS3")))
                .as("the source's own patient stays as it was")
                .isEmpty();
    }

    @Test
    void aPersonIsWrittenByNobodyElse() {
        create(patient("周", "五", "male", identifier(HEALTH_CARD, card("HC4"))));
        ObjectNode person = person("identifier=" + card("HC4"));
        String id = person.path("id").asText();
        person.put("active", false);

        refused(hub.put("/Person/" + id, person.toString()), 409, "kept by the server");
        refused(hub.delete("/Person/" + id), 409, "kept by the server");
        person.remove("id");
        refused(hub.post("/Person", person.toString()), 409, "kept by the server");
    }

    @Test
    void aPatientThatIsDeletedLeavesItsPerson() {
        String id = create(patient("吴", "六", "male", identifier(HEALTH_CARD, card("HC5"))));
        String person = person("identifier=" + card("HC5")).path("id").asText();

        assertThat(hub.delete("/Patient/" + id).statusCode()).isBetween(200, 204);

        ObjectNode left = json(hub.get("/Person/" + person), 200);
        assertThat(left.path("active").asBoolean()).isFalse();
        assertThat(left.has("link")).isFalse();
        assertThat(found(hub.get("/Patient?person=" + person))).isEmpty();
    }

    @Test
    void aContradictionIsAskedAndNotDecided() {
        String first = create(patient("郑", "七", "male", identifier(HEALTH_CARD, card("HC6"))));
        String second = create(patient("郑", "七", "female", identifier(HEALTH_CARD, card("HC6"))));

        ObjectNode tasks = json(hub.get("/Task?focus=Patient/" + second), 200);

        assertThat(tasks.path("entry")).hasSize(1);
        assertThat(tasks.toString()).contains("\"sex\"").contains("Person/");
        assertThat(found(hub.get("/Person?link=Patient/" + first)))
                .isNotEqualTo(found(hub.get("/Person?link=Patient/" + second)));
    }

    @Test
    void patientsOfOneTransactionMeet() {
        String one = patient("王", "八", "male", identifier(HEALTH_CARD, card("HC7")));
        ObjectNode answer = json(hub.post("", """
                        {"resourceType":"Bundle","type":"transaction","entry":[
                          {"resource":%s,"request":{"method":"POST","url":"Patient"}},
                          {"resource":%s,"request":{"method":"POST","url":"Patient"}}]}""".formatted(one, one)), 200);

        assertThat(answer.path("entry")).hasSize(2);
        assertThat(targets(person("identifier=" + card("HC7")))).hasSize(2);
    }

    @Test
    void aPatientThatShowsItsCardLaterJoinsItsPerson() {
        String known = create(patient("冯", "大海", "male", identifier(HEALTH_CARD, card("HC8"))));
        String later = create(patient("冯", "大海", "male"));
        assertThat(targets(person("identifier=" + card("HC8")))).containsExactly("Patient/" + known);
        ObjectNode shown = json(hub.get("/Patient/" + later), 200);
        shown.putArray("identifier").addObject().put("system", HEALTH_CARD).put("value", card("HC8"));

        json(hub.put("/Patient/" + later, shown.toString()), 200);

        assertThat(targets(person("identifier=" + card("HC8"))))
                .containsExactly("Patient/" + known, "Patient/" + later);
    }

    @Test
    void anUpdateThatContradictsTheOthersIsAskedAbout() {
        String first = create(patient("陈", "大江", "male", identifier(HEALTH_CARD, card("HC9"))));
        String second = create(patient("陈", "大江", "male", identifier(HEALTH_CARD, card("HC9"))));
        ObjectNode changed = json(hub.get("/Patient/" + second), 200);
        changed.put("gender", "female");

        json(hub.put("/Patient/" + second, changed.toString()), 200);

        assertThat(targets(person("identifier=" + card("HC9"))))
                .as("nothing is torn apart by itself")
                .containsExactly("Patient/" + first, "Patient/" + second);
        assertThat(hub.get("/Task?focus=Patient/" + second).body()).contains("update-contradicts");
    }
}
