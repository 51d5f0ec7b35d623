package org.countyhub.fhir.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.Resident.RESIDENT_ID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.CountyRegister;
import org.countyhub.fhir.Resident;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Patients of one person that arrive together, and stewards who work on the same persons. */
class PersonRaceTest {
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

    private static Resident woman(String family, String residentId) {
        return Resident.named(family, "小明").female().born("1949-12-31").residentId(residentId);
    }

    @Test
    void patientsWithOneIdThatArriveTogetherAreOnePerson() {
        List<String> patients = Race.of(Race.CLIENTS, number -> county.admit(woman("褚", "11010519491231002X")));

        List<JsonNode> persons = county.found("Person?identifier=" + RESIDENT_ID + "|11010519491231002X");

        assertThat(persons).hasSize(1);
        assertThat(CountyRegister.links(persons.getFirst())).containsExactlyInAnyOrderElementsOf(patients);
    }

    @Test
    void patientsOfTransactionsThatShareAPersonAreLinkedWithoutADeadlock() {
        List<HttpResponse<String>> answers = Race.of(Race.CLIENTS, number -> {
            Resident one = woman("卫", "110105194912310046");
            Resident other = woman("蒋", "110105194912310062");
            List<String> entries = List.of(number % 2 == 0 ? one : other, number % 2 == 0 ? other : one).stream()
                    .map(resource ->
                            "{\"resource\":" + resource + ",\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}")
                    .toList();
            return hub.post("", Race.transaction(entries));
        });

        Race.requireStatus(answers, 200);
        for (String id : List.of("110105194912310046", "110105194912310062")) {
            List<JsonNode> persons = county.found("Person?identifier=" + RESIDENT_ID + "|" + id);
            assertThat(persons).hasSize(1);
            assertThat(CountyRegister.links(persons.getFirst())).hasSize(Race.CLIENTS);
        }
    }

    @Test
    void mergesOfOverlappingPersonsLeaveEachPatientWithOnePerson() {
        List<String> patients = List.of("沈", "韩", "杨", "朱", "秦", "尤").stream()
                .map(family -> county.admit(Resident.named(family, "小明")))
                .toList();

        List<HttpResponse<String>> answers = Race.of(24, number -> {
            String source = patients.get(number % patients.size());
            String target = patients.get((number * 5 + 1) % patients.size());
            return county.merge(source, target);
        });

        Race.requireStatus(answers, 200, 422);
        Set<String> linked = new HashSet<>();
        for (String patient : patients) {
            List<JsonNode> persons = county.found("Person?link=" + patient);
            assertThat(persons).as(patient).hasSize(1);
            linked.addAll(CountyRegister.links(persons.getFirst()));
        }
        assertThat(linked).containsExactlyInAnyOrderElementsOf(patients);
    }

    @Test
    void ofStewardsWhoAnswerAtOnceOneIsHeard() {
        String holder = county.admit(Resident.named("钱", "一鸣").male().healthCard("race1"));
        String other = county.admit(Resident.named("周", "海燕").male().healthCard("race1"));
        String person = county.personOf(holder);
        ObjectNode task = county.question(other);
        List<String> stewards = Race.of(8, number -> county.steward());

        List<HttpResponse<String>> answers = Race.of(
                stewards.size(),
                number -> county.answer(task, number % 2 == 0 ? "link" : "not-the-same", stewards.get(number)));

        Race.requireStatus(answers, 200, 409);
        List<HttpResponse<String>> heard =
                answers.stream().filter(answer -> answer.statusCode() == 200).toList();
        assertThat(heard).hasSize(1);
        boolean linked = Race.json(heard.getFirst()).toString().contains("\"link\"");
        assertThat(county.links(person)).hasSize(linked ? 2 : 1);
        assertThat(county.found("Provenance?target=" + other)).hasSize(linked ? 1 : 0);
        assertThat(county.read("Task/" + task.path("id").asText())
                        .path("status")
                        .asText())
                .isEqualTo("completed");
    }

    @Test
    void anAnswerWhileThePatientIsMergedLeavesOneOfBoth() {
        for (int round = 0; round < 10; round++) {
            String card = "race2-" + round;
            String holder = county.admit(Resident.named("钱", "一鸣").male().healthCard(card));
            String other = county.admit(Resident.named("周", "海燕").male().healthCard(card));
            String third = county.admit(Resident.named("冯", "建国" + round).male());
            ObjectNode task = county.question(other);
            String steward = county.steward();

            List<HttpResponse<String>> answers = Race.of(
                    2, number -> number == 0 ? county.answer(task, "link", steward) : county.merge(other, third));

            Race.requireStatus(answers, 200, 409);
            JsonNode after = county.read("Task/" + task.path("id").asText());
            boolean answered = after.path("status").asText().equals("completed");
            assertThat(after.path("status").asText()).isIn("completed", "cancelled");
            // Whoever was second found what the first had done: the merge then takes the person of both along.
            assertThat(county.links(county.personOf(third))).contains(third, other);
            assertThat(county.personOf(holder).equals(county.personOf(other))).isEqualTo(answered);
            assertThat(county.found("Person?link=" + other)).hasSize(1);
        }
    }
}
