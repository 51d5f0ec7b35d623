package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.Resident.HEALTH_CARD;
import static org.countyhub.fhir.Resident.SOCIAL_SECURITY_CARD;
import static org.countyhub.fhir.Resident.card;
import static org.countyhub.fhir.http.Answers.created;
import static org.countyhub.fhir.http.Answers.found;
import static org.countyhub.fhir.http.Answers.json;
import static org.countyhub.fhir.http.Answers.refused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.countyhub.fhir.CountyRegister;
import org.countyhub.fhir.Resident;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One person behind several codes and the patients of several hospitals. */
class PersonLinkTest {
    private static TestHub hub;
    private static CountyRegister county;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        county = new CountyRegister(hub);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void aPatientIsGivenAPersonWhenItIsWritten() {
        String id = county.admit(Resident.named("钱", "小一").female().healthCard("HC1"));

        JsonNode person = county.person("identifier=" + HEALTH_CARD + "|" + card("HC1"));

        assertThat(CountyRegister.links(person)).containsExactly(id);
        assertThat(person.path("name").path(0).path("family").asText()).isEqualTo("钱");
        assertThat(person.path("gender").asText()).isEqualTo("female");
        assertThat(person.path("active").asBoolean()).isTrue();
    }

    @Test
    void twoHospitalsThatShowOneVerifiedCodeShareThePerson() {
        String first =
                county.admit(Resident.named("孙", "大").female().healthCard("HC2").residentId("11010519491231002X"));
        String second = county.admit(Resident.named("孙", "大")
                .female()
                .showing(SOCIAL_SECURITY_CARD, "SS2")
                .residentId("11010519491231002X"));

        JsonNode person = county.person("identifier=" + SOCIAL_SECURITY_CARD + "|SS2");

        assertThat(CountyRegister.links(person)).containsExactly(first, second);
        assertThat(county.person("identifier=" + HEALTH_CARD + "|" + card("HC2"))
                        .path("id"))
                .isEqualTo(person.path("id"));
        assertThat(person.path("link").path(1).path("assurance").asText()).isEqualTo("level4");
        assertThat(found(
                        hub.get("/Provenance?target=Person/" + person.path("id").asText())))
                .hasSize(1);
    }

    @Test
    void resultsAreFoundUnderEveryCodeOfThePerson() {
        String first =
                county.admit(Resident.named("李", "四").male().healthCard("HC3").residentId("440524188001010014"));
        county.admit(Resident.named("李", "四")
                .male()
                .showing(SOCIAL_SECURITY_CARD, "SS3")
                .residentId("440524188001010014"));
        String result = created(hub.post("/Observation", """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"%s"}}""".formatted(first)));

        String person = county.person("identifier=SS3").path("id").asText();

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
        county.admit(Resident.named("周", "五").male().healthCard("HC4"));
        ObjectNode person = (ObjectNode) county.person("identifier=" + card("HC4"));
        String id = person.path("id").asText();
        person.put("active", false);

        refused(hub.put("/Person/" + id, person.toString()), 409, "kept by the server");
        refused(hub.delete("/Person/" + id), 409, "kept by the server");
        person.remove("id");
        refused(hub.post("/Person", person.toString()), 409, "kept by the server");
    }

    @Test
    void aPatientThatIsDeletedLeavesItsPerson() {
        String id = county.admit(Resident.named("吴", "六").male().healthCard("HC5"));
        String person = county.person("identifier=" + card("HC5")).path("id").asText();

        assertThat(hub.delete("/" + id).statusCode()).isBetween(200, 204);

        ObjectNode left = json(hub.get("/Person/" + person), 200);
        assertThat(left.path("active").asBoolean()).isFalse();
        assertThat(left.has("link")).isFalse();
        assertThat(found(hub.get("/Patient?person=" + person))).isEmpty();
    }

    @Test
    void aContradictionIsAskedAndNotDecided() {
        String first = county.admit(Resident.named("郑", "七").male().healthCard("HC6"));
        String second = county.admit(Resident.named("郑", "七").female().healthCard("HC6"));

        ObjectNode tasks = json(hub.get("/Task?focus=" + second), 200);

        assertThat(tasks.path("entry")).hasSize(1);
        assertThat(tasks.toString()).contains("\"sex\"").contains("Person/");
        assertThat(found(hub.get("/Person?link=" + first))).isNotEqualTo(found(hub.get("/Person?link=" + second)));
    }

    @Test
    void patientsOfOneTransactionMeet() {
        Resident one = Resident.named("王", "八").male().healthCard("HC7");
        ObjectNode answer = json(hub.post("", """
                        {"resourceType":"Bundle","type":"transaction","entry":[
                          {"resource":%s,"request":{"method":"POST","url":"Patient"}},
                          {"resource":%s,"request":{"method":"POST","url":"Patient"}}]}""".formatted(one, one)), 200);

        assertThat(answer.path("entry")).hasSize(2);
        assertThat(CountyRegister.links(county.person("identifier=" + card("HC7"))))
                .hasSize(2);
    }

    @Test
    void aPatientThatShowsItsCardLaterJoinsItsPerson() {
        String known = county.admit(Resident.named("冯", "大海").male().healthCard("HC8"));
        String later = county.admit(Resident.named("冯", "大海").male());
        assertThat(CountyRegister.links(county.person("identifier=" + card("HC8"))))
                .containsExactly(known);
        ObjectNode shown = json(hub.get("/" + later), 200);
        shown.putArray("identifier").addObject().put("system", HEALTH_CARD).put("value", card("HC8"));

        json(hub.put("/" + later, shown.toString()), 200);

        assertThat(CountyRegister.links(county.person("identifier=" + card("HC8"))))
                .containsExactly(known, later);
    }

    @Test
    void anUpdateThatContradictsTheOthersIsAskedAbout() {
        String first = county.admit(Resident.named("陈", "大江").male().healthCard("HC9"));
        String second = county.admit(Resident.named("陈", "大江").male().healthCard("HC9"));
        ObjectNode changed = json(hub.get("/" + second), 200);
        changed.put("gender", "female");

        json(hub.put("/" + second, changed.toString()), 200);

        assertThat(CountyRegister.links(county.person("identifier=" + card("HC9"))))
                .as("nothing is torn apart by itself")
                .containsExactly(first, second);
        assertThat(hub.get("/Task?focus=" + second).body()).contains("update-contradicts");
    }
}
