package org.countyhub.fhir.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Patients of one person that arrive together, and stewards who work on the same persons. */
class PersonRaceTest {
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

    private static String patient(String family, String identifiers) {
        return """
                {"resourceType":"Patient","name":[{"family":"%s","given":["小明"]}],"gender":"female",
                 "birthDate":"1949-12-31","identifier":[%s]}""".formatted(family, identifiers);
    }

    private static String residentId(String id) {
        return "{\"system\":\"%s\",\"value\":\"%s\"}".formatted(RESIDENT_ID, id);
    }

    private static String create(String patient) {
        HttpResponse<String> answer = hub.post("/Patient", patient);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Race.reference(answer);
    }

    private static Set<String> links(JsonNode person) {
        Set<String> links = new HashSet<>();
        person.path("link")
                .forEach(link -> links.add(link.path("target").path("reference").asText()));
        return links;
    }

    private static List<JsonNode> personsOf(String patient) {
        return Race.resources(hub.get("/Person?link=" + patient));
    }

    @Test
    void patientsWithOneIdThatArriveTogetherAreOnePerson() {
        List<String> patients = Race.of(Race.CLIENTS, number -> create(patient("褚", residentId("11010519491231002X"))));

        List<JsonNode> persons = Race.resources(hub.get("/Person?identifier=" + RESIDENT_ID + "|11010519491231002X"));

        assertThat(persons).hasSize(1);
        assertThat(links(persons.getFirst())).containsExactlyInAnyOrderElementsOf(patients);
    }

    @Test
    void patientsOfTransactionsThatShareAPersonAreLinkedWithoutADeadlock() {
        List<HttpResponse<String>> answers = Race.of(Race.CLIENTS, number -> {
            String one = patient("卫", residentId("110105194912310046"));
            String other = patient("蒋", residentId("110105194912310062"));
            List<String> entries = List.of(number % 2 == 0 ? one : other, number % 2 == 0 ? other : one).stream()
                    .map(resource ->
                            "{\"resource\":" + resource + ",\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}")
                    .toList();
            return hub.post("", Race.transaction(entries));
        });

        Race.requireStatus(answers, 200);
        for (String id : List.of("110105194912310046", "110105194912310062")) {
            List<JsonNode> persons = Race.resources(hub.get("/Person?identifier=" + RESIDENT_ID + "|" + id));
            assertThat(persons).hasSize(1);
            assertThat(links(persons.getFirst())).hasSize(Race.CLIENTS);
        }
    }

    @Test
    void mergesOfOverlappingPersonsLeaveEachPatientWithOnePerson() {
        List<String> patients = List.of("沈", "韩", "杨", "朱", "秦", "尤").stream()
                .map(family -> create("{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"" + family + "\"}]}"))
                .toList();

        List<HttpResponse<String>> answers = Race.of(24, number -> {
            String source = patients.get(number % patients.size());
            String target = patients.get((number * 5 + 1) % patients.size());
            return hub.post("/Patient/$merge", """
                    {"resourceType":"Parameters","parameter":[
                      {"name":"source-patient","valueReference":{"reference":"%s"}},
                      {"name":"target-patient","valueReference":{"reference":"%s"}}]}""".formatted(source, target));
        });

        Race.requireStatus(answers, 200, 422);
        Set<String> linked = new HashSet<>();
        for (String patient : patients) {
            List<JsonNode> persons = personsOf(patient);
            assertThat(persons).as(patient).hasSize(1);
            linked.addAll(links(persons.getFirst()));
        }
        assertThat(linked).containsExactlyInAnyOrderElementsOf(patients);
    }
}
