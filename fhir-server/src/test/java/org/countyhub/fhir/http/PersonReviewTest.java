package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.CountyRegister.answered;
import static org.countyhub.fhir.CountyRegister.json;
import static org.countyhub.fhir.http.Answers.refused;
import static org.countyhub.fhir.http.Answers.refusedAt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.countyhub.fhir.CountyRegister;
import org.countyhub.fhir.Resident;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Questions to stewards, and what their answers do. */
class PersonReviewTest {
    private static final String QUEUE = "Task?code=https://countyhub.org/fhir/CodeSystem/steward-task|review-link";

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

    /** Two patients who show one card under wholly different names, so that a steward is asked about the second. */
    private record LentCard(String holder, String other) {
        static LentCard shown(String card) {
            return new LentCard(
                    county.admit(Resident.named("钱", "一鸣").male().healthCard(card)),
                    county.admit(Resident.named("周", "海燕").male().healthCard(card)));
        }

        String person() {
            return county.personOf(holder);
        }

        ObjectNode question() {
            return county.question(other);
        }
    }

    private static JsonNode task(ObjectNode task) {
        return county.read("Task/" + task.path("id").asText());
    }

    private static String status(ObjectNode task) {
        return task(task).path("status").asText();
    }

    private static String reason(ObjectNode task) {
        return task(task).at("/statusReason/coding/0/code").asText();
    }

    /** The Provenance that an answered Task names. */
    private static String decision(JsonNode task) {
        for (JsonNode output : task.path("output")) {
            if (output.at("/type/coding/0/code").asText().equals("provenance")) {
                return output.at("/valueReference/reference").asText();
            }
        }
        throw new AssertionError("no decision in " + task);
    }

    @Test
    void aQuestionNamesBothSidesAndWhatTheySay() {
        LentCard lent = LentCard.shown("q1");

        ObjectNode task = lent.question();

        assertThat(task.at("/input/0/valueReference/reference").asText()).isEqualTo(lent.other());
        assertThat(task.at("/input/1/valueReference/reference").asText()).isEqualTo(county.personOf(lent.other()));
        JsonNode candidate = task.at("/input/2");
        assertThat(candidate.at("/valueReference/reference").asText()).isEqualTo(lent.person());
        assertThat(candidate
                        .at("/extension/0/extension/0/valueReference/reference")
                        .asText())
                .as("the record that agrees most")
                .isEqualTo(lent.holder());
        assertThat(candidate.toString())
                .contains("{\"url\":\"name\",\"valueString\":\"name\"}")
                .contains("{\"url\":\"patient\",\"valueString\":\"周 海燕\"}")
                .contains("{\"url\":\"record\",\"valueString\":\"钱 一鸣\"}")
                .contains("\"weight\"", "verified-code", "other-name");
    }

    @Test
    void theQueueIsReadOldestOrNewestFirst() {
        String first = LentCard.shown("s1").question().path("id").asText();
        String second = LentCard.shown("s2").question().path("id").asText();

        List<String> oldest = ids(county.found(QUEUE + "&status=requested&_sort=authored-on&_count=500"));
        List<String> newest = ids(county.found(QUEUE + "&status=requested&_sort=-authored-on&_count=500"));

        assertThat(oldest).containsSubsequence(first, second);
        assertThat(newest).containsSubsequence(second, first);
    }

    private static List<String> ids(List<JsonNode> resources) {
        return resources.stream().map(resource -> resource.path("id").asText()).toList();
    }

    @Test
    void linkGivesThePatientToThePerson() {
        LentCard lent = LentCard.shown("l1");
        String person = lent.person();
        String own = county.personOf(lent.other());
        String steward = county.steward();

        ObjectNode answer = json(county.answer(lent.question(), "link", steward), 200);

        assertThat(answer.path("status").asText()).isEqualTo("completed");
        assertThat(county.links(person)).containsExactly(lent.holder(), lent.other());
        assertThat(county.links(own)).isEmpty();
        assertThat(county.read(person).at("/link/1/assurance").asText()).isEqualTo("level2");
        JsonNode provenance = county.read(decision(answer));
        assertThat(provenance.at("/agent/0/who/reference").asText()).isEqualTo(steward);
        assertThat(provenance.at("/entity/0/what/reference").asText())
                .isEqualTo("Task/" + answer.path("id").asText());
        assertThat(provenance.toString()).contains("linked-by-steward", "\"link\"");
        assertThat(county.read("Task/" + answer.path("id").asText()))
                .as("what is answered is what is kept")
                .isEqualTo(answer);
    }

    @Test
    void aLinkMadeByAnAnswerIsUndoneToTheByte() {
        LentCard lent = LentCard.shown("u1");
        String person = lent.person();
        String own = county.personOf(lent.other());
        JsonNode personBefore = county.content(person);
        JsonNode ownBefore = county.content(own);
        JsonNode answer = json(county.answer(lent.question(), "link", county.steward()), 200);

        json(county.unmerge(person, "decision", decision(answer)), 200);

        assertThat(county.content(person).toString()).isEqualTo(personBefore.toString());
        assertThat(county.content(own).toString()).isEqualTo(ownBefore.toString());
        assertThat(county.personOf(lent.other())).isEqualTo(own);
    }

    @Test
    void notTheSameIsNeverAskedAgain() {
        LentCard lent = LentCard.shown("n1");
        ObjectNode task = lent.question();

        json(county.answer(task, "not-the-same", county.steward()), 200);

        assertThat(status(task)).isEqualTo("completed");
        assertThat(county.personOf(lent.other())).isNotEqualTo(lent.person());
        for (String patient : List.of(lent.other(), lent.holder())) {
            ObjectNode again = county.read(patient);
            again.putArray("telecom").addObject().put("system", "phone").put("value", "13912345678");
            json(hub.put("/" + patient, again.toString()), 200);
        }
        assertThat(county.found("Task?focus=" + lent.other())).hasSize(1);
        assertThat(county.found("Task?focus=" + lent.holder())).isEmpty();
        assertThat(county.personOf(lent.other())).isNotEqualTo(lent.person());
    }

    @Test
    void aLinkTakesBackThatTwoWereToldApart() {
        LentCard lent = LentCard.shown("b1");
        json(county.answer(lent.question(), "not-the-same", county.steward()), 200);
        json(county.merge(lent.other(), lent.holder(), "review"), 200);

        json(county.answer(lent.question(), "link", county.steward()), 200);

        assertThat(county.personOf(lent.other())).isEqualTo(lent.person());
    }

    @Test
    void laterKeepsTheAnswerAndTheQuestion() {
        LentCard lent = LentCard.shown("w1");
        String steward = county.steward();

        ObjectNode waiting = json(county.answer(lent.question(), "later", steward), 200);

        assertThat(waiting.path("status").asText()).isEqualTo("on-hold");
        assertThat(waiting.at("/output/0/valueCode").asText()).isEqualTo("later");
        assertThat(waiting.at("/output/0/extension").toString()).contains(steward, "valueDateTime");
        assertThat(county.personOf(lent.other())).isNotEqualTo(lent.person());

        json(county.answer(waiting, "link", steward), 200);

        assertThat(county.personOf(lent.other())).isEqualTo(lent.person());
    }

    @Test
    void ofSeveralPersonsTheAnswerNamesOne() {
        String one = county.admit(Resident.named("吴", "大勇").male().healthCard("m1"));
        String other = county.admit(Resident.named("尤", "小梅").male().healthCard("m2"));
        String both =
                county.admit(Resident.named("吴", "大勇").male().healthCard("m1").healthCard("m2"));
        ObjectNode task = county.question(both);
        String steward = county.steward();

        refusedAt(county.answer(task, "link", steward), 422, "Task.output[0]");
        refusedAt(county.answer(task, "link", steward, county.personOf(both)), 422, "Task.output[1].valueReference");
        refusedAt(county.answer(task, "not-the-same", steward, county.personOf(one)), 422, "Task.output[1]");
        json(county.answer(task, "link", steward, county.personOf(one)), 200);

        assertThat(county.links(county.personOf(one))).containsExactly(one, both);
        assertThat(county.personOf(other)).isNotEqualTo(county.personOf(one));
    }

    @Test
    void anAnswerSaysWhoGivesIt() {
        ObjectNode task = LentCard.shown("o1").question();
        String organization = county.create("Organization", "{\"resourceType\":\"Organization\",\"name\":\"卫健局\"}");
        ObjectNode unsigned = answered(task, "later", organization);
        unsigned.remove("owner");
        ObjectNode named = answered(task, "later", organization);
        named.putObject("owner").put("display", "somebody");

        refusedAt(county.answer(task, "link", organization), 422, "Task.owner");
        refusedAt(hub.put("/Task/" + task.path("id").asText(), unsigned.toString()), 422, "Task.owner");
        refusedAt(hub.put("/Task/" + task.path("id").asText(), named.toString()), 422, "Task.owner");
    }

    @Test
    void whatTheServerWroteStaysAsItIs() {
        ObjectNode task = LentCard.shown("i1").question();
        String address = "/Task/" + task.path("id").asText();
        String steward = county.steward();
        ObjectNode otherInput = answered(task, "link", steward);
        otherInput
                .withObject("/input/2/valueReference")
                .put("reference", county.personOf(task.at("/focus/reference").asText()));
        ObjectNode otherFocus = answered(task, "link", steward);
        otherFocus.withObject("/focus").put("reference", steward);
        ObjectNode untagged = answered(task, "link", steward);
        untagged.withObject("/meta").remove("tag");
        ObjectNode rejected = answered(task, "link", steward).put("status", "rejected");

        refusedAt(hub.put(address, otherInput.toString()), 409, "Task.input[2]");
        refusedAt(hub.put(address, otherFocus.toString()), 409, "Task.focus");
        refusedAt(hub.put(address, untagged.toString()), 409, "Task.meta.tag");
        refusedAt(hub.put(address, rejected.toString()), 422, "Task.status");
        refusedAt(county.answer(task, "perhaps", steward), 422, "Task.output[0].valueCode");
        refused(hub.delete(address), 409, "kept by the server");
        assertThat(task(task)).isEqualTo(task);
    }

    @Test
    void aQuestionIsTakenUpBeforeItIsAnswered() {
        LentCard lent = LentCard.shown("t1");
        ObjectNode task = lent.question();
        task.putObject("owner").put("reference", county.steward());
        task.putArray("note").addObject().put("text", "正在核对");

        ObjectNode taken = json(hub.put("/Task/" + task.path("id").asText(), task.toString()), 200);

        assertThat(taken.path("status").asText()).isEqualTo("requested");
        assertThat(taken.at("/note/0/text").asText()).isEqualTo("正在核对");
        assertThat(county.personOf(lent.other())).isNotEqualTo(lent.person());
    }

    @Test
    void anAnswerIsGivenOnce() {
        LentCard lent = LentCard.shown("c1");
        ObjectNode task = lent.question();
        ObjectNode waiting = json(county.answer(task, "later", county.steward()), 200);

        refusedAt(county.answer(task, "link", county.steward()), 409, "Task.output[0]");
        ObjectNode closed = json(county.answer(waiting, "not-the-same", county.steward()), 200);
        refusedAt(county.answer(closed, "link", county.steward()), 409, "Task.status");
    }

    @Test
    void answersComeInTransactionsAndAsPatches() {
        LentCard lent = LentCard.shown("p1");
        String task = "Task/" + lent.question().path("id").asText();
        String patch = """
                [{"op":"add","path":"/output","value":[{"type":{"coding":[{
                    "system":"https://countyhub.org/fhir/CodeSystem/steward-task","code":"decision"}]},"valueCode":"%s"}]},
                 {"op":"add","path":"/owner","value":{"reference":"%s"}}]""";
        String steward = county.steward();

        String unknown = patch.formatted("perhaps", steward);
        refusedAt(hub.post("", patches(task, unknown)), 422, "Bundle.entry[0].resource");
        JsonNode done = json(
                hub.post("", patches(task, patch.formatted("link", steward)), "Prefer", "return=representation"), 200);

        assertThat(done.at("/entry/0/resource/status").asText()).isEqualTo("completed");
        assertThat(county.personOf(lent.other())).isEqualTo(lent.person());
    }

    @Test
    void anAnswerComesAsXml() {
        LentCard lent = LentCard.shown("xml1");
        String address = "/Task/" + lent.question().path("id").asText();
        String task = hub.get(address, "Accept", "application/fhir+xml").body();
        String answer = task.replaceFirst(
                        "<input", "<owner><reference value=\"" + county.steward() + "\"/></owner><input")
                .replace("</Task>", """
                        <output><type><coding><system value="https://countyhub.org/fhir/CodeSystem/steward-task"/>
                        <code value="decision"/></coding></type><valueCode value="link"/></output></Task>""");

        int status =
                hub.put(address, answer, "Content-Type", "application/fhir+xml").statusCode();

        assertThat(status).isEqualTo(200);
        assertThat(county.personOf(lent.other())).isEqualTo(lent.person());
    }

    @Test
    void aClientMayWriteWeightsWithFewerDigits() {
        LentCard lent = LentCard.shown("dec1");
        ObjectNode shorter = lent.question();
        String address = "/Task/" + shorter.path("id").asText();
        String written = inputs(address);
        assertThat(shorter.path("input").toString()).isNotEqualTo(written);

        json(county.answer(shorter, "link", county.steward()), 200);

        assertThat(inputs(address)).isEqualTo(written);
    }

    /** With every digit. */
    private static String inputs(String address) {
        return Answers.json(hub.get(address), 200).path("input").toString();
    }

    private static String patches(String task, String patch) {
        String data =
                java.util.Base64.getEncoder().encodeToString(patch.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return """
                {"resourceType":"Bundle","type":"transaction","entry":[{
                  "resource":{"resourceType":"Binary","contentType":"application/json-patch+json","data":"%s"},
                  "request":{"method":"PATCH","url":"%s"}}]}""".formatted(data, task);
    }

    @Test
    void aTransactionAnswersSeveralQuestionsAboutOnePerson() {
        String holder = county.admit(Resident.named("钱", "一鸣").male().healthCard("v1"));
        String first = county.admit(Resident.named("周", "海燕").male().healthCard("v1"));
        String second = county.admit(Resident.named("褚", "大江").male().healthCard("v1"));
        String person = county.personOf(holder);
        String steward = county.steward();
        ObjectNode one = answered(county.question(first), "link", steward, person);
        ObjectNode other = answered(county.question(second), "link", steward, person);

        json(hub.post("", puts(one, other)), 200);

        assertThat(county.links(person)).containsExactly(holder, first, second);
        assertThat(decision(task(one))).isNotEqualTo(decision(task(other)));
    }

    @Test
    void aTransactionAnswersOrWritesPatients() {
        LentCard lent = LentCard.shown("x1");
        ObjectNode answer = answered(lent.question(), "link", county.steward());
        ObjectNode patient = county.read(lent.holder()).put("gender", "female");

        refusedAt(hub.post("", puts(patient, answer)), 422, "Bundle.entry[1].resource");
    }

    private static String puts(ObjectNode... resources) {
        List<String> entries = List.of(resources).stream()
                .map(resource -> "{\"resource\":%s,\"request\":{\"method\":\"PUT\",\"url\":\"%s/%s\"}}"
                        .formatted(
                                resource,
                                resource.path("resourceType").asText(),
                                resource.path("id").asText()))
                .toList();
        return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    @Test
    void aQuestionEndsWhenItsPatientIsMergedByOtherMeans() {
        LentCard lent = LentCard.shown("e1");
        ObjectNode task = lent.question();
        String third = county.admit(Resident.named("冯", "建国").male());

        json(county.merge(lent.other(), third), 200);

        assertThat(status(task)).isEqualTo("cancelled");
        assertThat(reason(task)).isEqualTo("patient-moved");
    }

    @Test
    void aQuestionEndsWhenItsCandidateIsMergedIntoThePatientsPerson() {
        LentCard lent = LentCard.shown("e2");
        ObjectNode task = lent.question();

        json(county.merge(lent.holder(), lent.other()), 200);

        assertThat(status(task)).isEqualTo("cancelled");
        assertThat(reason(task)).isEqualTo("already-linked");
    }

    @Test
    void aQuestionEndsWhenItsPatientIsDeleted() {
        LentCard lent = LentCard.shown("e3");
        ObjectNode task = lent.question();

        assertThat(hub.delete("/" + lent.other()).statusCode()).isBetween(200, 204);

        assertThat(reason(task)).isEqualTo("patient-deleted");
    }

    @Test
    void aQuestionEndsWhenItIsAskedAnew() {
        LentCard lent = LentCard.shown("e4");
        ObjectNode task = lent.question();
        ObjectNode more = county.read(lent.other());
        more.putArray("telecom").addObject().put("system", "phone").put("value", "13912345679");

        json(hub.put("/" + lent.other(), more.toString()), 200);

        assertThat(reason(task)).isEqualTo("asked-anew");
        assertThat(lent.question().path("id")).isNotEqualTo(task.path("id"));
    }

    @Test
    void aCandidateThatWasMergedAwayIsThePersonThatItHasBecome() {
        LentCard lent = LentCard.shown("g1");
        ObjectNode task = lent.question();
        String third = county.admit(Resident.named("冯", "建国").male());
        json(county.merge(lent.holder(), third), 200);

        json(county.answer(task, "link", county.steward()), 200);

        assertThat(county.links(county.personOf(third))).containsExactly(lent.holder(), lent.other(), third);
    }

    @Test
    void aCandidateThatLostTheRecordInQuestionIsNotActedUpon() {
        LentCard lent = LentCard.shown("g2");
        ObjectNode task = lent.question();
        String third = county.admit(Resident.named("冯", "建国").male());
        json(county.merge(third, lent.holder()), 200);
        String person = lent.person();
        json(county.unmerge(person, "patient", lent.holder()), 200);
        String own = county.personOf(lent.other());

        ObjectNode closed = json(county.answer(task, "link", county.steward()), 200);

        assertThat(closed.path("status").asText()).isEqualTo("cancelled");
        assertThat(reason(task)).isEqualTo("candidate-gone");
        assertThat(county.personOf(lent.other())).isEqualTo(own);
    }

    @Test
    void aRecordThatWasDeletedDoesNotKeepTheQuestionFromAnAnswer() {
        LentCard lent = LentCard.shown("g3");
        ObjectNode task = lent.question();
        assertThat(hub.delete("/" + lent.holder()).statusCode()).isBetween(200, 204);

        json(county.answer(task, "link", county.steward()), 200);

        assertThat(reason(task)).isEqualTo("candidate-gone");
    }
}
