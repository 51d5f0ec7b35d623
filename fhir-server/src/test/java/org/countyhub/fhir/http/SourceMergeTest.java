package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.http.Answers.created;
import static org.countyhub.fhir.http.Answers.found;
import static org.countyhub.fhir.http.Answers.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import org.countyhub.fhir.Resident;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What follows when a source says, by Patient.link, that two of its records are one. */
class SourceMergeTest {
    private static final String HEALTH_CARD = "urn:oid:2.16.156.10011.1.19";
    private static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        for (String hospital : List.of("h1", "h2")) {
            json(hub.put("/Organization/" + hospital, """
                    {"resourceType":"Organization","id":"%s","name":"%s"}""".formatted(hospital, hospital)), 201);
        }
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String identifier(String system, String value) {
        return "{\"system\":\"%s\",\"value\":\"%s\"}".formatted(system, value);
    }

    private static String card(String name) {
        return identifier(HEALTH_CARD, Resident.card(name));
    }

    private static String content(String hospital, String gender, String identifiers, String more) {
        return """
                {"resourceType":"Patient","gender":"%s","managingOrganization":{"reference":"Organization/%s"},
                 "identifier":[%s]%s}""".formatted(gender, hospital, identifiers, more);
    }

    private static String patient(String hospital, String gender, String identifiers) {
        return "Patient/" + created(hub.post("/Patient", content(hospital, gender, identifiers, "")));
    }

    private static String link(String type, String other) {
        return ",\"link\":[{\"other\":{\"reference\":\"%s\"},\"type\":\"%s\"}]".formatted(other, type);
    }

    private static void replace(String patient, String by) {
        ObjectNode resource = json(hub.get("/" + patient), 200);
        resource.put("active", false);
        resource.putArray("link")
                .addObject()
                .put("type", "replaced-by")
                .putObject("other")
                .put("reference", by);
        json(hub.put("/" + patient, resource.toString()), 200);
    }

    private static String personOf(String patient) {
        return found(hub.get("/Person?link=" + patient)).getFirst();
    }

    @Test
    void anyWriteThatSaysSoJoinsThePersonsWithAllTheirRecords() {
        String old = patient("h1", "male", card("a1"));
        String along = patient("h2", "male", card("a1"));
        String now = patient("h1", "male", card("a2"));
        assertThat(personOf(old)).isEqualTo(personOf(along)).isNotEqualTo(personOf(now));

        replace(old, hub.base() + "/" + now);

        assertThat(personOf(old)).isEqualTo(personOf(now)).isEqualTo(personOf(along));
        assertThat(hub.get("/Provenance?target=" + old).body()).contains("source-merge");
        assertThat(found(hub.get("/Task?focus=" + old))).isEmpty();
    }

    @Test
    void theSurvivorMaySayItToo() {
        String old = patient("h1", "male", card("b1"));
        String person = personOf(old);

        String now =
                "Patient/" + created(hub.post("/Patient", content("h1", "male", card("b2"), link("replaces", old))));

        assertThat(personOf(old)).isEqualTo(personOf(now)).isNotEqualTo(person);
    }

    @Test
    void aNewRecordThatIsReplacedAlreadyLeavesNoEmptyPerson() {
        String now = patient("h1", "male", card("c1"));
        String person = personOf(now);
        int persons = json(hub.get("/Person?_summary=count"), 200).path("total").asInt();

        String old =
                "Patient/" + created(hub.post("/Patient", content("h1", "male", card("c2"), link("replaced-by", now))));

        assertThat(personOf(old)).isEqualTo(person);
        assertThat(json(hub.get("/Person?_summary=count"), 200).path("total").asInt())
                .isEqualTo(persons);
    }

    @Test
    void whatIsVerifiedAndContradictsIsAskedAbout() {
        String old = patient("h1", "male", identifier(RESIDENT_ID, "440524188001010014"));
        String now = patient("h1", "female", identifier(RESIDENT_ID, "11010519491231002X"));

        replace(old, now);

        assertThat(personOf(old)).isNotEqualTo(personOf(now));
        String task = hub.get("/Task?focus=" + old).body();
        assertThat(task).contains("source-merge", "resident-id", personOf(now));
    }

    @Test
    void aSourceSpeaksOfItsOwnRecordsOnly() {
        String own = patient("h1", "male", card("d1"));
        String others = patient("h2", "male", card("d2"));

        replace(own, others);

        assertThat(personOf(own)).isNotEqualTo(personOf(others));
        assertThat(hub.get("/Task?focus=" + own).body()).contains("source-merge", "other-source");
    }

    @Test
    void whatAStewardHasToldApartIsAskedAbout() {
        String old = patient("h1", "male", card("e1"));
        String now = patient("h1", "male", card("e2"));
        replace(old, now);
        String person = personOf(now);
        String decision = found(hub.get("/Provenance?target=" + person)).getFirst();
        json(hub.post("/" + person + "/$unmerge?decision=" + decision, "{\"resourceType\":\"Parameters\"}"), 200);
        ObjectNode resource = json(hub.get("/" + old), 200);
        resource.remove("link");
        json(hub.put("/" + old, resource.toString()), 200);

        replace(old, now);

        assertThat(personOf(old)).isNotEqualTo(personOf(now));
        assertThat(hub.get("/Task?focus=" + old).body()).contains("told-apart");
    }

    @Test
    void sourcesThatSpeakAtOnceEndWithOnePerson() {
        List<String> records = IntStream.range(0, 8)
                .mapToObj(i -> patient("h1", "male", card("g" + i)))
                .toList();

        IntStream.range(1, 8).parallel().forEach(i -> replace(records.get(i), records.get(i - 1)));

        assertThat(records.stream().map(SourceMergeTest::personOf).distinct()).hasSize(1);
        assertThat(json(hub.get("/" + personOf(records.getFirst())), 200).path("link"))
                .hasSize(8);
    }

    @Test
    void aLinkThatWasThereBeforeDecidesNothingAgain() {
        String old = patient("h1", "male", card("f1"));
        String now = patient("h1", "male", card("f2"));
        replace(old, now);
        String person = personOf(now);
        String decision = found(hub.get("/Provenance?target=" + person)).getFirst();
        json(hub.post("/" + person + "/$unmerge?decision=" + decision, "{\"resourceType\":\"Parameters\"}"), 200);
        ObjectNode resource = json(hub.get("/" + old), 200);
        resource.put("language", "zh");

        json(hub.put("/" + old, resource.toString()), 200);

        assertThat(personOf(old)).isNotEqualTo(personOf(now));
        assertThat(found(hub.get("/Task?focus=" + old))).isEmpty();
    }
}
