package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.CountyRegister.json;
import static org.countyhub.fhir.http.Answers.refused;
import static org.countyhub.fhir.http.Answers.refusedAt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.countyhub.fhir.CountyRegister;
import org.countyhub.fhir.Resident;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Records of which what is verified contradicts are linked by two stewards, not by one. */
class TwoStewardsTest {
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

    private static String man(String card) {
        return county.admit(Resident.named("郑", "小七").male().healthCard(card));
    }

    private static String woman(String card) {
        return county.admit(Resident.named("郑", "小七").female().healthCard(card));
    }

    @Test
    void theFirstLinkMovesNothing() {
        String man = man("f1");
        String woman = woman("f1");
        String steward = county.steward();

        ObjectNode first = json(county.answer(county.question(woman), "link", steward), 200);

        assertThat(first.path("status").asText()).isEqualTo("in-progress");
        assertThat(first.at("/businessStatus/coding/0/code").asText()).isEqualTo("second-steward-needed");
        assertThat(first.at("/businessStatus/text").asText()).contains("sex");
        assertThat(first.at("/output/0").toString()).contains("\"link\"", steward);
        assertThat(county.personOf(woman)).isNotEqualTo(county.personOf(man));
    }

    @Test
    void theSecondOfAnotherStewardCarriesItOut() {
        String man = man("s1");
        String woman = woman("s1");
        String one = county.steward();
        String other = county.steward();
        ObjectNode first = json(county.answer(county.question(woman), "link", one), 200);

        ObjectNode done = json(county.answer(first, "link", other), 200);

        assertThat(done.path("status").asText()).isEqualTo("completed");
        assertThat(done.has("businessStatus")).isFalse();
        assertThat(county.links(county.personOf(man))).containsExactly(man, woman);
        JsonNode provenance = county.found("Provenance?target=" + woman).getFirst();
        assertThat(provenance.at("/agent/0/who/reference").asText()).isEqualTo(one);
        assertThat(provenance.at("/agent/1/who/reference").asText()).isEqualTo(other);
    }

    @Test
    void theSameStewardIsNotTheSecond() {
        String man = man("o1");
        String woman = woman("o1");
        String steward = county.steward();
        ObjectNode first = json(county.answer(county.question(woman), "link", steward), 200);

        refusedAt(county.answer(first, "link", steward), 409, "Task.owner");
        refusedAt(county.answer(first, "link", steward + "/_history/1"), 409, "Task.owner");

        assertThat(county.personOf(woman)).isNotEqualTo(county.personOf(man));
    }

    @Test
    void whoCannotBeToldFromTheFirstIsNotTheSecond() {
        man("i1");
        String woman = woman("i1");
        ObjectNode first = json(county.answer(county.question(woman), "link", county.steward()), 200);
        ObjectNode byNumber = CountyRegister.answered(first, "link", county.steward());
        byNumber.putObject("owner")
                .putObject("identifier")
                .put("system", "https://example.org/sid/staff")
                .put("value", "7");

        refusedAt(hub.put("/Task/" + first.path("id").asText(), byNumber.toString()), 409, "Task.owner");
    }

    @Test
    void laterLeavesTheFirstWordStanding() {
        String man = man("l1");
        String woman = woman("l1");
        String one = county.steward();
        ObjectNode first = json(county.answer(county.question(woman), "link", one), 200);

        ObjectNode waiting = json(county.answer(first, "later", county.steward()), 200);

        assertThat(waiting.path("status").asText()).isEqualTo("in-progress");
        json(county.answer(waiting, "link", county.steward()), 200);
        assertThat(county.personOf(woman)).isEqualTo(county.personOf(man));
    }

    @Test
    void notTheSameByTheSecondEndsIt() {
        String man = man("n1");
        String woman = woman("n1");
        ObjectNode first = json(county.answer(county.question(woman), "link", county.steward()), 200);

        ObjectNode ended = json(county.answer(first, "not-the-same", county.steward()), 200);

        assertThat(ended.path("status").asText()).isEqualTo("completed");
        assertThat(county.personOf(woman)).isNotEqualTo(county.personOf(man));
    }

    @Test
    void theFirstStewardMayHaveLeftTheCountyMeanwhile() {
        String man = man("d1");
        String woman = woman("d1");
        String one = county.steward();
        ObjectNode first = json(county.answer(county.question(woman), "link", one), 200);
        assertThat(hub.delete("/" + one).statusCode()).isBetween(200, 204);

        json(county.answer(first, "link", county.steward()), 200);

        assertThat(county.personOf(woman)).isEqualTo(county.personOf(man));
    }

    @Test
    void aMergeThatContradictsTellsTheWayOfTwo() {
        String one =
                county.admit(Resident.named("王", "壬").male().born("1949-12-31").residentId("110105194912310038"));
        String other =
                county.admit(Resident.named("王", "癸").male().born("1988-08-08").residentId("110105198808080015"));

        refused(county.merge(one, other), 409, "review=true");
        String task = json(county.merge(one, other, "review"), 200)
                .at("/parameter/0/valueReference/reference")
                .asText();

        assertThat(json(county.merge(one, other, "review"), 200).toString())
                .as("what is asked is not asked twice")
                .contains(task);
        refused(county.merge(one, other), 409, task);
        ObjectNode question = county.question(one);
        assertThat(question.toString()).contains("resident-id");
        ObjectNode first = json(county.answer(question, "link", county.steward()), 200);
        json(county.answer(first, "link", county.steward()), 200);
        assertThat(county.personOf(one)).isEqualTo(county.personOf(other));
    }

    @Test
    void aPatientThatContradictsItsPersonLeavesItByNotTheSame() {
        String first = man("c1");
        String second = man("c1");
        String person = county.personOf(first);
        assertThat(county.personOf(second)).isEqualTo(person);
        ObjectNode changed = county.read(second).put("gender", "female");
        json(hub.put("/" + second, changed.toString()), 200);

        json(county.answer(county.question(second), "not-the-same", county.steward()), 200);

        assertThat(county.links(person)).containsExactly(first);
        assertThat(county.links(county.personOf(second))).containsExactly(second);
    }

    @Test
    void aPatientThatContradictsItsPersonStaysByTheWordOfTwo() {
        String first = man("k1");
        String second = man("k1");
        json(hub.put("/" + second, county.read(second).put("gender", "female").toString()), 200);

        ObjectNode asked = json(county.answer(county.question(second), "link", county.steward()), 200);
        assertThat(asked.path("status").asText()).isEqualTo("in-progress");
        ObjectNode done = json(county.answer(asked, "link", county.steward()), 200);

        assertThat(done.path("status").asText()).isEqualTo("completed");
        assertThat(county.personOf(second)).isEqualTo(county.personOf(first));
    }
}
