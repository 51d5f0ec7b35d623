package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.http.Answers.created;
import static org.countyhub.fhir.http.Answers.found;
import static org.countyhub.fhir.http.Answers.json;
import static org.countyhub.fhir.http.Answers.refused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may be asked about persons, and what stewards do to them. */
class PersonOperationsTest {
    private static final String HEALTH_CARD = "urn:oid:2.16.156.10011.1.19";
    private static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String patient(String family, String given, String birthDate, String identifiers) {
        return """
                {"resourceType":"Patient","name":[{"family":"%s","given":["%s"]}],"gender":"male","birthDate":"%s",
                 "telecom":[{"system":"phone","value":"139%s"}],"identifier":[%s]}""".formatted(family, given, birthDate, birthDate.replace("-", ""), identifiers);
    }

    private static String card(String name) {
        return "{\"system\":\"%s\",\"value\":\"%s\"}".formatted(HEALTH_CARD, PersonLinkTest.card(name));
    }

    private static String residentId(String id) {
        return "{\"system\":\"%s\",\"value\":\"%s\"}".formatted(RESIDENT_ID, id);
    }

    private static String create(String patient) {
        return "Patient/" + created(hub.post("/Patient", patient));
    }

    private static ObjectNode resolve(String name) {
        return json(hub.get("/Person/$resolve?identifier=" + HEALTH_CARD + "|" + PersonLinkTest.card(name)), 200);
    }

    private static JsonNode part(JsonNode parameters, String name) {
        for (JsonNode parameter : parameters.path("parameter")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter;
            }
        }
        throw new AssertionError("no " + name + " in " + parameters);
    }

    private static String personOf(String patient) {
        return found(hub.get("/Person?link=" + patient)).getFirst();
    }

    private static String merge(String source, String target, boolean preview) {
        return """
                {"resourceType":"Parameters","parameter":[
                  {"name":"source-patient","valueReference":{"reference":"%s"}},
                  {"name":"target-patient","valueReference":{"reference":"%s"}},
                  {"name":"preview","valueBoolean":%s}]}""".formatted(source, target, preview);
    }

    /** The content without the stamps of a version. */
    private static JsonNode content(String key) {
        ObjectNode resource = json(hub.get("/" + key), 200);
        ((ObjectNode) resource.path("meta")).remove(List.of("versionId", "lastUpdated"));
        return resource;
    }

    private static List<String> links(String person) {
        List<String> links = new ArrayList<>();
        json(hub.get("/" + person), 200)
                .path("link")
                .forEach(link -> links.add(link.path("target").path("reference").asText()));
        return links;
    }

    @Test
    void anyCodeLeadsToThePersonAndItsRecords() {
        String patient = create(patient("赵", "甲", "1980-01-01", card("r1")));

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
        String patient = create(patient("钱", "乙丙", "1981-02-03", card("m1")));

        ObjectNode bundle =
                json(hub.post("/Patient/$match", """
                        {"resourceType":"Parameters","parameter":[{"name":"resource","resource":%s}]}""".formatted(patient("钱", "乙丙", "1981-02-03", card("m1")))), 200);

        JsonNode entry = bundle.path("entry").path(0);
        assertThat("Patient/" + entry.path("resource").path("id").asText()).isEqualTo(patient);
        assertThat(entry.path("search").path("score").asDouble()).isEqualTo(1);
        assertThat(entry.path("search").toString()).contains("match-grade").contains("certain");
    }

    @Test
    void theOtherIdentifiersOfAPersonAreCrossReferenced() {
        String patient = create(patient("孙", "丁", "1949-12-31", card("p1") + "," + residentId("11010519491231002X"))
                .replace("\"male\"", "\"female\""));

        ObjectNode answer = json(
                hub.get("/Patient/$ihe-pix?sourceIdentifier=" + RESIDENT_ID + "|11010519491231002X&targetSystem="
                        + HEALTH_CARD),
                200);

        assertThat(part(answer, "targetIdentifier").toString()).contains(PersonLinkTest.card("p1"));
        assertThat(part(answer, "targetId").toString()).contains(patient);
        assertThat(answer.toString()).doesNotContain("11010519491231002X");
    }

    @Test
    void aPreviewChangesNothing() {
        String one = create(patient("李", "戊", "1982-01-01", card("v1")));
        String other = create(patient("周", "己", "1982-01-01", card("v2")));
        JsonNode before = content(personOf(one));

        ObjectNode answer = json(hub.post("/Patient/$merge", merge(one, other, true)), 200);

        assertThat(part(answer, "moved").toString()).contains(one);
        assertThat(answer.toString()).doesNotContain("\"decision\"");
        assertThat(content(personOf(one))).isEqualTo(before);
        assertThat(personOf(one)).isNotEqualTo(personOf(other));
    }

    @Test
    void whatIsMergedAndUndoneIsWhatItWas() {
        String one = create(patient("吴", "庚", "1984-01-01", card("u1")));
        String other = create(patient("吴", "大勇", "1984-01-01", card("u2")));
        String result = "Observation/" + created(hub.post("/Observation", """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"%s"}}""".formatted(one)));
        String from = personOf(one);
        String into = personOf(other);
        assertThat(from).isNotEqualTo(into);
        JsonNode fromBefore = content(from);
        JsonNode intoBefore = content(into);

        ObjectNode merged = json(hub.post("/Patient/$merge", merge(one, other, false)), 200);
        String decision = part(merged, "decision")
                .path("valueReference")
                .path("reference")
                .asText();

        assertThat(links(into)).containsExactly(one, other);
        assertThat(links(from)).isEmpty();
        assertThat(found(hub.get("/Observation?person=" + into))).containsExactly(result);
        assertThat(json(hub.get("/" + decision), 200).path("activity").toString())
                .contains("merge");

        json(hub.post("/" + into + "/$unmerge?decision=" + decision, "{\"resourceType\":\"Parameters\"}"), 200);

        assertThat(content(from)).isEqualTo(fromBefore);
        assertThat(content(into)).isEqualTo(intoBefore);
        assertThat(found(hub.get("/Observation?person=" + into))).isEmpty();
        assertThat(found(hub.get("/Observation?person=" + from))).containsExactly(result);
        refused(
                hub.post("/" + into + "/$unmerge?decision=" + decision, "{\"resourceType\":\"Parameters\"}"),
                409,
                "moved on since");
    }

    @Test
    void whatAStewardPutsApartIsNotLinkedAgain() {
        String one = create(patient("郑", "辛", "1985-01-01", card("a1")));
        String other = create(patient("郑", "辛", "1985-01-01", card("a1")));
        String person = personOf(one);
        assertThat(personOf(other)).isEqualTo(person);

        json(hub.post("/" + person + "/$unmerge?patient=" + other, "{\"resourceType\":\"Parameters\"}"), 200);
        String own = personOf(other);
        assertThat(own).isNotEqualTo(person);

        ObjectNode again = json(hub.get("/" + other), 200);
        again.putArray("address").addObject().put("text", "新的地址");
        json(hub.put("/" + other, again.toString()), 200);

        assertThat(personOf(other)).isEqualTo(own);
        assertThat(personOf(one)).isEqualTo(person);
    }

    @Test
    void personsThatContradictEachOtherAreNotMerged() {
        String one = create(patient("王", "壬", "1949-12-31", residentId("110105194912310038")));
        String other = create(patient("王", "癸", "1988-08-08", residentId("110105198808080015")));

        refused(hub.post("/Patient/$merge", merge(one, other, false)), 409, "resident-id");
        refused(hub.post("/Patient/$merge", merge(one, one, false)), 422, "linked to");
        refused(hub.post("/Patient/$merge", merge(one, "Patient/nobody", false)), 422, "nobody");
        refused(hub.get("/Patient/$merge?source-patient=" + one + "&target-patient=" + other), 405, "POST");
    }
}
