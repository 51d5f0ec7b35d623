package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.Resident.HEALTH_CARD;
import static org.countyhub.fhir.Resident.RESIDENT_ID;
import static org.countyhub.fhir.Resident.card;
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

/** What may be asked about persons, and what stewards do to them. */
class PersonOperationsTest {
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

    private static Resident man(String family, String given, String birthDate) {
        return Resident.named(family, given).male().born(birthDate).phone("139" + birthDate.replace("-", ""));
    }

    private static ObjectNode resolve(String name) {
        return json(hub.get("/Person/$resolve?identifier=" + HEALTH_CARD + "|" + card(name)), 200);
    }

    private static JsonNode part(JsonNode parameters, String name) {
        for (JsonNode parameter : parameters.path("parameter")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter;
            }
        }
        throw new AssertionError("no " + name + " in " + parameters);
    }

    @Test
    void anyCodeLeadsToThePersonAndItsRecords() {
        String patient = county.admit(man("赵", "甲", "1980-01-01").healthCard("r1"));

        ObjectNode answer = resolve("r1");

        assertThat(part(answer, "person").path("resource").path("resourceType").asText())
                .isEqualTo("Person");
        assertThat(part(answer, "record").toString()).contains(patient).contains("level1");
    }

    @Test
    void aCodeOfNobodyIsNotFound() {
        refused(hub.get("/Person/$resolve?identifier=" + HEALTH_CARD + "|nobody"), 404, "nobody is known");
        refused(hub.get("/Person/$resolve"), 400, "identifier");
        refused(hub.get("/Person/$resolve?identifier=x&colour=red"), 400, "colour");
        refused(hub.put("/Person/$resolve", "{}"), 405, "GET");
    }

    @Test
    void whoeverLooksLikeSomeoneIsMatchedWithAGrade() {
        String patient = county.admit(man("钱", "乙丙", "1981-02-03").healthCard("m1"));

        ObjectNode bundle = json(
                hub.post("/Patient/$match", """
                        {"resourceType":"Parameters","parameter":[{"name":"resource","resource":%s}]}""".formatted(
                                man("钱", "乙丙", "1981-02-03").healthCard("m1"))),
                200);

        JsonNode entry = bundle.path("entry").path(0);
        assertThat("Patient/" + entry.path("resource").path("id").asText()).isEqualTo(patient);
        assertThat(entry.path("search").path("score").asDouble()).isEqualTo(1);
        assertThat(entry.path("search").toString()).contains("match-grade").contains("certain");
    }

    @Test
    void theOtherIdentifiersOfAPersonAreCrossReferenced() {
        String patient = county.admit(man("孙", "丁", "1949-12-31")
                .healthCard("p1")
                .residentId("11010519491231002X")
                .female());

        ObjectNode answer = json(
                hub.get("/Patient/$ihe-pix?sourceIdentifier=" + RESIDENT_ID + "|11010519491231002X&targetSystem="
                        + HEALTH_CARD),
                200);

        assertThat(part(answer, "targetIdentifier").toString()).contains(card("p1"));
        assertThat(part(answer, "targetId").toString()).contains(patient);
        assertThat(answer.toString()).doesNotContain("11010519491231002X");
    }

    @Test
    void aPreviewChangesNothing() {
        String one = county.admit(man("李", "戊", "1982-01-01").healthCard("v1"));
        String other = county.admit(man("周", "己", "1982-01-01").healthCard("v2"));
        JsonNode before = county.content(county.personOf(one));

        ObjectNode answer = json(county.merge(one, other, "preview"), 200);

        assertThat(part(answer, "moved").toString()).contains(one);
        assertThat(answer.toString()).doesNotContain("\"decision\"");
        assertThat(county.content(county.personOf(one))).isEqualTo(before);
        assertThat(county.personOf(one)).isNotEqualTo(county.personOf(other));
    }

    @Test
    void whatIsMergedAndUndoneIsWhatItWas() {
        String one = county.admit(man("吴", "庚", "1984-01-01").healthCard("u1"));
        String other = county.admit(man("吴", "大勇", "1984-01-01").healthCard("u2"));
        String result = county.create("Observation", """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"%s"}}""".formatted(one));
        String from = county.personOf(one);
        String into = county.personOf(other);
        assertThat(from).isNotEqualTo(into);
        JsonNode fromBefore = county.content(from);
        JsonNode intoBefore = county.content(into);

        ObjectNode merged = json(county.merge(one, other), 200);
        String decision = part(merged, "decision")
                .path("valueReference")
                .path("reference")
                .asText();

        assertThat(county.links(into)).containsExactly(one, other);
        assertThat(county.links(from)).isEmpty();
        assertThat(found(hub.get("/Observation?person=" + into))).containsExactly(result);
        assertThat(json(hub.get("/" + decision), 200).path("activity").toString())
                .contains("merge");

        json(county.unmerge(into, "decision", decision), 200);

        assertThat(county.content(from)).isEqualTo(fromBefore);
        assertThat(county.content(into)).isEqualTo(intoBefore);
        assertThat(found(hub.get("/Observation?person=" + into))).isEmpty();
        assertThat(found(hub.get("/Observation?person=" + from))).containsExactly(result);
        refused(county.unmerge(into, "decision", decision), 409, "moved on since");
    }

    @Test
    void whatAStewardPutsApartIsNotLinkedAgain() {
        String one = county.admit(man("郑", "辛", "1985-01-01").healthCard("a1"));
        String other = county.admit(man("郑", "辛", "1985-01-01").healthCard("a1"));
        String person = county.personOf(one);
        assertThat(county.personOf(other)).isEqualTo(person);

        json(county.unmerge(person, "patient", other), 200);
        String own = county.personOf(other);
        assertThat(own).isNotEqualTo(person);

        ObjectNode again = json(hub.get("/" + other), 200);
        again.putArray("address").addObject().put("text", "新的地址");
        json(hub.put("/" + other, again.toString()), 200);

        assertThat(county.personOf(other)).isEqualTo(own);
        assertThat(county.personOf(one)).isEqualTo(person);
    }

    @Test
    void personsThatContradictEachOtherAreNotMerged() {
        String one = county.admit(man("王", "壬", "1949-12-31").residentId("110105194912310038"));
        String other = county.admit(man("王", "癸", "1988-08-08").residentId("110105198808080015"));

        refused(county.merge(one, other), 409, "resident-id");
        refused(county.merge(one, one), 422, "linked to");
        refused(county.merge(one, "Patient/nobody"), 422, "nobody");
        refused(hub.get("/Patient/$merge?source-patient=" + one + "&target-patient=" + other), 405, "POST");
    }
}
