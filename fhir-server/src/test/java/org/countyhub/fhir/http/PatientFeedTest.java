package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.http.Answers.found;
import static org.countyhub.fhir.http.Answers.json;
import static org.countyhub.fhir.http.Answers.refused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.countyhub.fhir.Resident;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Mobile Patient Identity Feed, IHE PMIR ITI-93. */
class PatientFeedTest {
    private static final String HEALTH_CARD = "urn:oid:2.16.156.10011.1.19";

    private static final String FEED = "urn:ihe:iti:pmir:2019:patient-feed";

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

    private static String patient(String id, String hospital, String name, String card) {
        return """
                {"resourceType":"Patient","id":"%s","active":true,"name":[{"family":"%s","given":["%s"]}],
                 "identifier":[{"system":"%s","value":"%s"}],"managingOrganization":{"reference":"Organization/%s"}}""".formatted(id, name.substring(0, 1), name.substring(1), HEALTH_CARD, Resident.card(card), hospital);
    }

    private static String replaced(String id, String by) {
        return """
                {"resourceType":"Patient","id":"%s","link":[{"other":{"reference":"%s"},"type":"replaced-by"}]}""".formatted(id, by);
    }

    private static String entry(String method, String url, String resource) {
        String content = resource.isEmpty() ? "" : "\"resource\":" + resource + ",";
        return "{\"fullUrl\":\"http://his.example.org/fhir/%s\",%s\"request\":{\"method\":\"%s\",\"url\":\"%s\"},\"response\":{\"status\":\"200\"}}"
                .formatted(url, content, method, url);
    }

    private static String message(String id, String event, String... entries) {
        return """
                {"resourceType":"Bundle","id":"b-%1$s","type":"message","entry":[
                  {"fullUrl":"http://his.example.org/fhir/MessageHeader/%1$s","resource":{"resourceType":"MessageHeader","id":"%1$s",
                    "eventUri":"%2$s","source":{"endpoint":"http://his.example.org/fhir"},
                    "destination":[{"endpoint":"http://hub.test/fhir"}],"focus":[{"reference":"Bundle/h-%1$s"}]}},
                  {"fullUrl":"http://his.example.org/fhir/Bundle/h-%1$s","resource":{"resourceType":"Bundle","id":"h-%1$s",
                    "type":"history","entry":[%3$s]}}]}""".formatted(id, event, String.join(",", entries));
    }

    private static HttpResponse<String> send(String id, String... entries) {
        return hub.post("/$process-message", message(id, FEED, entries));
    }

    /** The response of the answer, which must be a message about the one that was sent. */
    private static String code(String id, HttpResponse<String> answer) {
        ObjectNode bundle = json(answer, 200);
        assertThat(bundle.path("type").asText()).isEqualTo("message");
        JsonNode header = bundle.at("/entry/0/resource");
        assertThat(header.path("eventUri").asText()).isEqualTo("urn:ihe:iti:pmir:2019:patient-feed-response");
        assertThat(header.at("/response/identifier").asText()).isEqualTo(id);
        boolean told = bundle.at("/entry/1/resource/resourceType").asText().equals("OperationOutcome");
        assertThat(told).isEqualTo(!header.at("/response/code").asText().equals("ok"));
        return header.at("/response/code").asText();
    }

    private static List<String> personOf(String patient) {
        return found(hub.get("/Person?link=" + patient));
    }

    @Test
    void createsUpdatesAndDeletesAreOneTransaction() {
        assertThat(code(
                        "m1",
                        send(
                                "m1",
                                entry("POST", "Patient", patient("f1", "h1", "赵大", "f1")),
                                entry("POST", "Patient", patient("f2", "h1", "赵小", "f2")))))
                .isEqualTo("ok");
        assertThat(code(
                        "m2",
                        send(
                                "m2",
                                entry("PUT", "Patient/f1", patient("f1", "h1", "赵大名", "f1")),
                                entry("DELETE", "Patient/f2", ""))))
                .isEqualTo("ok");

        assertThat(json(hub.get("/Patient/f1"), 200).at("/name/0/given/0").asText())
                .isEqualTo("大名");
        assertThat(hub.get("/Patient/f2").statusCode()).isEqualTo(410);
        assertThat(personOf("Patient/f1")).hasSize(1);

        HttpResponse<String> half = send(
                "m3",
                entry("PUT", "Patient/f1", patient("f1", "h1", "赵一半", "f1")),
                entry("PUT", "Patient/f3", replaced("f3", "Patient/nobody")));

        assertThat(code("m3", half)).isEqualTo("fatal-error");
        assertThat(half.body()).contains("Bundle.entry[1].resource.entry[1].resource.link[0].other", "nobody");
        assertThat(json(hub.get("/Patient/f1"), 200).at("/name/0/given/0").asText())
                .isEqualTo("大名");
    }

    @Test
    void messagesAreRememberedForNinetyDays() throws SQLException {
        noted("old-", 130, 91);
        noted("late-", 3, 89);

        assertThat(code("r1", send("r1", entry("POST", "Patient", patient("r1", "h1", "魏大", "r1")))))
                .isEqualTo("ok");
        assertThat(remembered("old-")).isEqualTo(30);
        assertThat(code("r2", send("r2", entry("POST", "Patient", patient("r2", "h1", "魏小", "r2")))))
                .isEqualTo("ok");

        assertThat(remembered("old-")).isZero();
        assertThat(remembered("late-")).isEqualTo(3);
        assertThat(json(hub.put("/Patient/r1", patient("r1", "h1", "魏大名", "r1")), 200))
                .isNotNull();
        assertThat(code("r1", send("r1", entry("POST", "Patient", patient("r1", "h1", "魏大", "r1")))))
                .as("young ones are known")
                .isEqualTo("ok");
        assertThat(json(hub.get("/Patient/r1"), 200).at("/name/0/given/0").asText())
                .isEqualTo("大名");
    }

    private static void noted(String prefix, int many, int days) throws SQLException {
        try (var connection = hub.database().source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("insert into feed_message (key, received) select convert_to('" + prefix
                    + "' || n, 'UTF8'), now() - interval '" + days + " days' from generate_series(1, " + many
                    + ") as n");
        }
    }

    private static int remembered(String prefix) throws SQLException {
        try (var connection = hub.database().source().getConnection();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from feed_message where substr(key, 1, "
                        + prefix.length() + ") = convert_to('" + prefix + "', 'UTF8')")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void aMessageThatComesAgainChangesNothing() {
        String create = entry("POST", "Patient", patient("g1", "h1", "钱大", "g1"));
        String unnamed = entry("POST", "Patient", patient("x", "h1", "钱二", "g2").replace("\"id\":\"x\",", ""));
        assertThat(code("n1", send("n1", create, unnamed))).isEqualTo("ok");
        assertThat(code("n2", send("n2", entry("PUT", "Patient/g1", patient("g1", "h1", "钱大大", "g1")))))
                .isEqualTo("ok");

        String again = message("n1", FEED, create, unnamed)
                .replace("\"id\":\"b-n1\",", "\"timestamp\":\"2026-01-01T00:00:00Z\",");
        assertThat(code("n1", hub.post("/$process-message", again))).isEqualTo("ok");

        assertThat(json(hub.get("/Patient/g1"), 200).at("/name/0/given/0").asText())
                .as("what was said later stays")
                .isEqualTo("大大");
        assertThat(found(hub.get("/Patient?identifier=" + Resident.card("g2")))).hasSize(1);
    }

    @Test
    void aNewRecordDoesNotTakeThePlaceOfAnother() {
        assertThat(code("o1", send("o1", entry("POST", "Patient", patient("i1", "h1", "孙大", "i1")))))
                .isEqualTo("ok");

        HttpResponse<String> taken = send("o2", entry("POST", "Patient", patient("i1", "h2", "李大", "i2")));

        assertThat(code("o2", taken)).isEqualTo("fatal-error");
        assertThat(taken.body()).contains("duplicate");
        assertThat(json(hub.get("/Patient/i1"), 200).at("/name/0/family").asText())
                .isEqualTo("孙");
    }

    @Test
    void aMergeEndsTheRecordAndJoinsThePersons() {
        send(
                "p1",
                entry("POST", "Patient", patient("j1", "h1", "周大海", "j1")),
                entry("POST", "Patient", patient("j2", "h1", "周海", "j2")));
        String from = personOf("Patient/j1").getFirst();
        String to = personOf("Patient/j2").getFirst();
        assertThat(from).isNotEqualTo(to);

        assertThat(code(
                        "p2",
                        send(
                                "p2",
                                entry("PUT", "Patient/j1", replaced("j1", "http://his.example.org/fhir/Patient/j2")))))
                .isEqualTo("ok");

        ObjectNode ended = json(hub.get("/Patient/j1"), 200);
        assertThat(ended.path("active").asBoolean(true)).isFalse();
        assertThat(ended.at("/link/0/other/reference").asText()).isEqualTo("Patient/j2");
        assertThat(ended.at("/identifier/0/value").asText())
                .as("what it said stays true")
                .isEqualTo(Resident.card("j1"));
        assertThat(personOf("Patient/j1")).containsExactly(to);
        ObjectNode person = json(hub.get("/" + to), 200);
        assertThat(person.at("/link/0/assurance").asText()).isEqualTo("level3");
        assertThat(json(hub.get("/" + from), 200).path("active").asBoolean(true))
                .isFalse();
        List<String> decisions = found(hub.get("/Provenance?target=" + to));
        assertThat(decisions).hasSize(1);
        assertThat(hub.get("/" + decisions.getFirst()).body()).contains("source-merge", "\"merge\"");

        json(
                hub.post("/" + to + "/$unmerge?decision=" + decisions.getFirst(), "{\"resourceType\":\"Parameters\"}"),
                200);
        assertThat(personOf("Patient/j1")).containsExactly(from);
    }

    @Test
    void aFeedDoesNotUndoAMerge() {
        send(
                "q1",
                entry("POST", "Patient", patient("k1", "h1", "吴大海", "k1")),
                entry("POST", "Patient", patient("k2", "h1", "吴海", "k2")));
        send("q2", entry("PUT", "Patient/k1", replaced("k1", "Patient/k2")));

        HttpResponse<String> undone = send("q3", entry("PUT", "Patient/k1", patient("k1", "h1", "吴大海", "k1")));

        assertThat(code("q3", undone)).isEqualTo("fatal-error");
        assertThat(undone.body()).contains("$unmerge");
    }

    @Test
    void aRelatedPersonComesWithItsPatient() {
        String mother = """
                {"resourceType":"RelatedPerson","id":"r1","patient":{"reference":"Patient/l1"},
                 "relationship":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode","code":"MTH"}]}]}""";
        String child = patient("l1", "h1", "郑宝宝", "l1")
                .replace(
                        "\"active\":true",
                        "\"active\":true,\"link\":[{\"other\":{\"reference\":\"RelatedPerson/r1\"},\"type\":\"seealso\"}]");

        assertThat(code("s1", send("s1", entry("POST", "Patient", child), entry("POST", "RelatedPerson", mother))))
                .isEqualTo("ok");
        assertThat(json(hub.get("/RelatedPerson/r1"), 200)
                        .at("/patient/reference")
                        .asText())
                .isEqualTo("Patient/l1");
    }

    @Test
    void whatIsNoFeedIsAnsweredAsAnErrorOrRefused() {
        HttpResponse<String> other =
                hub.post("/$process-message", message("t1", "urn:other", entry("DELETE", "Patient/x", "")));
        assertThat(code("t1", other)).isEqualTo("fatal-error");
        HttpResponse<String> observation = send("t2", entry("PUT", "Observation/x", """
                {"resourceType":"Observation","id":"x","status":"final","code":{"text":"x"}}"""));
        assertThat(code("t2", observation)).isEqualTo("fatal-error");
        assertThat(observation.body()).contains("Bundle.entry[1].resource.entry[0]", "Observation");
        assertThat(code("t3", send("t3", entry("DELETE", "Patient/never", "")))).isEqualTo("ok");

        refused(hub.post("/$process-message", "{\"resourceType\":\"Bundle\",\"type\":\"batch\"}"), 400, "message");
        refused(
                hub.post("/$process-message", "{\"resourceType\":\"Bundle\",\"type\":\"message\"}"),
                400,
                "MessageHeader");
        refused(hub.get("/$process-message"), 405, "POST");
    }

    @Test
    void aFeedMayBeXml() {
        String xml = """
                <Bundle xmlns="http://hl7.org/fhir"><type value="message"/>
                <entry><fullUrl value="urn:uuid:7f1f7f7a-0000-4000-8000-000000000001"/><resource><MessageHeader><id value="u1"/>
                <eventUri value="urn:ihe:iti:pmir:2019:patient-feed"/><source><endpoint value="http://his.example.org"/></source>
                <focus><reference value="urn:uuid:7f1f7f7a-0000-4000-8000-000000000002"/></focus></MessageHeader></resource></entry>
                <entry><fullUrl value="urn:uuid:7f1f7f7a-0000-4000-8000-000000000002"/><resource><Bundle><type value="history"/>
                <entry><resource><Patient><id value="u1"/></Patient></resource>
                <request><method value="PUT"/><url value="Patient/u1"/></request></entry></Bundle></resource></entry></Bundle>""";

        var answer = hub.post(
                "/$process-message", xml, "Content-Type", "application/fhir+xml", "Accept", "application/fhir+xml");

        assertThat(answer.body()).contains("<code value=\"ok\"/>", "<identifier value=\"u1\"/>");
        assertThat(json(hub.get("/Patient/u1"), 200).path("id").asText()).isEqualTo("u1");
    }
}
