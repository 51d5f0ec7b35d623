package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.http.Answers.created;
import static org.countyhub.fhir.http.Answers.found;
import static org.countyhub.fhir.http.Answers.json;
import static org.countyhub.fhir.http.Answers.refused;
import static org.countyhub.fhir.http.Residents.receivers;
import static org.countyhub.fhir.http.Residents.reference;
import static org.countyhub.fhir.http.Residents.references;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.countyhub.fhir.CountyRegister;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.http.Residents.Resident;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who was answered with something of patients who were wrongly taken for one person is listed and told. */
class ReceiversTest {
    private static TestHub hub;
    private static Residents residents;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        residents = new Residents(hub);
        for (String organization : List.of("county", "township", "maternity", "steward-office")) {
            json(hub.put("/Organization/" + organization, """
                    {"resourceType":"Organization","id":"%s","name":"%s"}""".formatted(organization, organization)), 201);
        }
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static void ask(String organization, String path) {
        json(hub.get(path, "X-Requester-Organization", "Organization/" + organization), 200);
    }

    private static ObjectNode receiversOf(String person, String decision) {
        return json(hub.get("/" + person + "/$receivers?decision=" + decision), 200);
    }

    @Test
    void whoAskedBetweenAMergeAndItsUndoingIsListedAndNobodyElse() {
        Resident one = residents.stranger("r1");
        Resident other = residents.stranger("r2");
        String from = residents.personOf(one);
        String into = residents.personOf(other);
        ask("maternity", "/Observation?person=" + into);
        ask("maternity", "/Observation?person=" + from);
        String decision = residents.merge(one, other);
        ask("county", "/Observation?person=" + into);
        ask("county", "/Observation?person.identifier=" + other.cardToken());
        ask("township", "/Observation?person=" + into + "&code=urn:test|" + other.code());

        ObjectNode undone = residents.unmerge(into, "decision=" + decision);
        ask("maternity", "/Observation?person=" + from);
        ask("maternity", "/Observation?person=" + into);

        assertThat(receivers(undone)).containsExactly("Organization/county - 2");
        String told = reference(undone, "decision");
        assertThat(receivers(receiversOf(into, told))).containsExactly("Organization/county - 2");
        assertThat(json(hub.get("/" + told), 200).path("extension").toString())
                .contains("Organization/county", one.patient(), "\"valueInteger\":2")
                .doesNotContain("township", "maternity");
    }

    @Test
    void whoAsksByACodeOfOnePatientAndIsGivenResultsOfTheOtherIsListed() {
        Resident one = residents.stranger("c1");
        Resident other = residents.stranger("c2");
        String into = residents.personOf(other);
        String decision = residents.merge(one, other);
        ask("county", "/Observation?person.identifier=" + one.cardToken() + "&code=urn:test|" + other.code());
        ask("township", "/Observation?person.identifier=" + other.cardToken() + "&code=urn:test|" + other.code());
        ask("maternity", "/Observation?person.identifier=" + one.cardToken() + "&code=urn:test|of-neither");

        assertThat(receivers(residents.unmerge(into, "decision=" + decision)))
                .containsExactly("Organization/county - 1");
    }

    @Test
    void eachOrganizationIsSentACommunication() {
        Resident one = residents.stranger("n1");
        Resident other = residents.stranger("n2");
        String into = residents.personOf(other);
        String decision = residents.merge(one, other);
        ask("county", "/Observation?person=" + into);
        hub.get("/" + into, "X-Requester", "Practitioner/d1", "X-Requester-Organization", "Organization/county");
        ask("nowhere", "/Person/$resolve?identifier=" + one.cardToken());
        hub.get("/Person/$resolve?identifier=" + one.cardToken(), "X-Requester", "%E7%8E%8B%E5%8C%BB%E7%94%9F");
        hub.get("/Person/$resolve?identifier=" + one.cardToken());

        ObjectNode undone = residents.unmerge(into, "decision=" + decision);

        String told = reference(undone, "decision");
        assertThat(receivers(undone))
                .containsExactly(
                        "Organization/county Practitioner/d1 1",
                        "Organization/county - 1",
                        "Organization/nowhere - 1",
                        "- 王医生 1",
                        "- - 1");
        assertThat(undone.toString()).contains("127.0.0.1");
        List<String> notices = references(undone, "notice");
        assertThat(found(hub.get("/Communication?part-of=" + told))).containsExactlyInAnyOrderElementsOf(notices);
        String notice = found(hub.get("/Communication?recipient=Organization/county&part-of=" + told))
                .getFirst();
        JsonNode communication = json(hub.get("/" + notice), 200);
        assertThat(communication.path("status").asText()).isEqualTo("completed");
        assertThat(communication.at("/category/0/coding/0/code").asText()).isEqualTo("alert");
        assertThat(communication.at("/subject/reference").asText()).isEqualTo(one.patient());
        assertThat(communication.at("/about/0/reference").asText()).isEqualTo(one.patient());
        assertThat(communication.path("sent").asText()).isNotEmpty();
        assertThat(communication.path("payload").toString()).contains("2 answers", "2 次应答", told);
        assertThat(notices).hasSize(2);
        assertThat(json(hub.get("/" + notices.getLast()), 200)
                        .at("/recipient/0/display")
                        .asText())
                .isEqualTo("Organization/nowhere");
        refused(hub.delete("/" + notice), 409, "kept by the server");
    }

    @Test
    void aPreviewListsThemAndSendsNothing() {
        Resident one = residents.stranger("p1");
        Resident other = residents.stranger("p2");
        String into = residents.personOf(other);
        String decision = residents.merge(one, other);
        ask("township", "/" + into);

        ObjectNode preview = residents.unmerge(into, "decision=" + decision + "&preview=true");

        assertThat(receivers(preview)).containsExactly("Organization/township - 1");
        assertThat(references(preview, "notice")).isEmpty();
        assertThat(found(hub.get("/Communication?subject=" + one.patient()))).isEmpty();
        assertThat(receivers(receiversOf(into, decision))).containsExactly("Organization/township - 1");
    }

    /** Who asked in the very millisecond in which another patient came counts as one who may have seen it. */
    private static void waitAMoment() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoAskedBeforeTheOtherCameIsNotListedWhenTheFirstIsSplitOff() {
        Resident first = residents.resident("s1", "孙", "丽华", "1988-02-03");
        String person = residents.personOf(first);
        ask("maternity", "/Observation?person=" + person);
        waitAMoment();
        Resident second = residents.resident("s1", "孙", "丽华", "1988-02-03");
        assertThat(residents.personOf(second)).isEqualTo(person);
        ask("county", "/Observation?person=" + person);
        ask("township", "/Observation?patient=" + first.patient());

        ObjectNode split = residents.unmerge(person, "patient=" + first.patient());
        ask("maternity", "/Observation?person=" + person);

        assertThat(receivers(split)).containsExactly("Organization/county - 1");
        assertThat(receivers(receiversOf(person, reference(split, "decision"))))
                .containsExactly("Organization/county - 1");
        assertThat(references(split, "notice")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerThatTellsAPatientApartIsToldLikeAnUndoneMerge(boolean patched) {
        String name = patched ? "江" : "河";
        String card = patched ? "t1" : "t2";
        CountyRegister county = new CountyRegister(hub);
        Resident first = residents.resident(card, "吕", name, "1971-05-06");
        String person = residents.personOf(first);
        ask("maternity", "/Observation?person=" + person);
        waitAMoment();
        Resident second = residents.resident(card, "吕", name, "1971-05-06");
        assertThat(residents.personOf(second)).isEqualTo(person);
        ObjectNode changed = county.read(second.patient()).put("gender", "male");
        json(hub.put("/" + second.patient(), changed.toString()), 200);
        ObjectNode task = county.question(second.patient());
        String steward = county.steward();
        ask("township", "/Observation?patient=" + second.patient());
        ask("county", "/Observation?person=" + person);

        ObjectNode answer = json(answer(task, steward, patched), 200);
        ask("maternity", "/Observation?person=" + person);

        assertThat(residents.personOf(second)).isNotEqualTo(person);
        String decision = answer.findParents("valueReference").stream()
                .map(output -> output.at("/valueReference/reference").asText())
                .filter(reference -> reference.startsWith("Provenance/"))
                .findFirst()
                .orElseThrow();
        assertThat(receivers(receiversOf(person, decision))).containsExactly("Organization/county - 1");
        assertThat(json(hub.get("/" + decision), 200).path("extension").toString())
                .contains("Organization/county", second.patient(), "\"valueInteger\":1")
                .doesNotContain("township", "maternity");
        List<String> notices = found(hub.get("/Communication?part-of=" + decision));
        assertThat(found(hub.get("/Communication?recipient=Organization/county&subject=" + second.patient())))
                .isEqualTo(notices)
                .hasSize(1);
        assertThat(json(hub.get("/" + notices.getFirst()), 200).path("payload").toString())
                .contains("1 answers", "told apart", decision);
    }

    private static HttpResponse<String> answer(ObjectNode task, String steward, boolean patched) {
        ObjectNode answered = CountyRegister.answered(task, "not-the-same", steward);
        String address = "/Task/" + task.path("id").asText();
        return patched
                ? hub.send(
                        "PATCH",
                        address,
                        """
                        [{"op":"add","path":"/owner","value":%s},{"op":"add","path":"/output","value":%s}]""".formatted(answered.get("owner"), answered.get("output")),
                        "Content-Type",
                        "application/json-patch+json")
                : hub.put(address, answered.toString());
    }

    @Test
    void anAnswerThatJoinsTellsNobody() {
        CountyRegister county = new CountyRegister(hub);
        Resident holder = residents.resident("j1", "施", "文静", "1962-11-30");
        Resident other = residents.resident("j1", "张", "玉兰", "1962-11-30");
        ask("county", "/Observation?person=" + residents.personOf(other));

        json(county.answer(county.question(other.patient()), "link", county.steward()), 200);

        assertThat(residents.personOf(other)).isEqualTo(residents.personOf(holder));
        assertThat(found(hub.get("/Communication?subject=" + other.patient()))).isEmpty();
    }

    @Test
    void aDecisionOfOtherPersonsIsRefused() {
        Resident one = residents.stranger("x1");
        Resident other = residents.stranger("x2");
        String decision = residents.merge(one, other);
        String stranger = residents.personOf(residents.stranger("x3"));

        refused(hub.get("/" + stranger + "/$receivers?decision=" + decision), 422, "alone");
        refused(hub.get("/" + stranger + "/$receivers"), 400, "decision");
        String into = residents.personOf(other);
        residents.unmerge(into, "decision=" + decision);
        refused(hub.get("/" + into + "/$receivers?decision=" + decision), 422, "later decision");
    }

    @Test
    void aDecisionNamesWhoMadeIt() {
        String doctor = created(hub.post("/Practitioner", "{\"resourceType\":\"Practitioner\"}"));
        Resident one = residents.stranger("d1");
        Resident other = residents.stranger("d2");
        String into = residents.personOf(other);
        String decision = residents.merge(one, other);
        assertThat(json(hub.get("/" + decision), 200).at("/agent/0/who/display").asText())
                .isEqualTo("A steward of the county");

        ObjectNode undone = residents.unmerge(
                into,
                "decision=" + decision,
                "X-Requester",
                "Practitioner/" + doctor,
                "X-Requester-Organization",
                "Organization/steward-office");

        JsonNode agent = json(hub.get("/" + reference(undone, "decision")), 200).at("/agent/0");
        assertThat(agent.at("/who/reference").asText()).isEqualTo("Practitioner/" + doctor);
        assertThat(agent.at("/onBehalfOf/reference").asText()).isEqualTo("Organization/steward-office");
    }
}
