package org.countyhub.fhir.http;

import static org.countyhub.fhir.Resident.card;
import static org.countyhub.fhir.http.Answers.created;
import static org.countyhub.fhir.http.Answers.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.countyhub.fhir.TestHub;

/** Patients with a card and a result each, the persons behind them, and what is recorded of those who ask. */
record Residents(TestHub hub) {
    static final String HEALTH_CARD = "urn:oid:2.16.156.10011.1.19";
    private static final AtomicInteger NEXT = new AtomicInteger();

    /** A patient, its card and its one result, whose code is the name of the patient's card. */
    record Resident(String patient, String card, String result, String code) {
        String cardToken() {
            return HEALTH_CARD + "|" + card;
        }
    }

    /** Somebody nobody else is like. */
    Resident stranger(String card) {
        int number = NEXT.incrementAndGet();
        String family = Character.toString(0x4E00 + 53 * number);
        return resident(card, family, Character.toString(0x6000 + 37 * number), "1950-03-07");
    }

    Resident resident(String card, String family, String given, String birthDate) {
        String value = card(card);
        String patient =
                "Patient/" + created(hub.post("/Patient", """
                {"resourceType":"Patient","name":[{"family":"%s","given":["%s"]}],"gender":"female","birthDate":"%s",
                 "identifier":[{"system":"%s","value":"%s"}]}""".formatted(family, given, birthDate, HEALTH_CARD, value)));
        String code = card + NEXT.incrementAndGet();
        String result = "Observation/" + created(hub.post("/Observation", """
                {"resourceType":"Observation","status":"final","subject":{"reference":"%s"},
                 "code":{"coding":[{"system":"urn:test","code":"%s"}]}}""".formatted(patient, code)));
        return new Resident(patient, value, result, code);
    }

    /** Past the server, which records who asks. */
    String personOf(Resident resident) {
        return rows("select 'Person/' || p.fhir_id from resource r join person_link l on l.patient = r.id"
                        + " join resource p on p.id = l.person where r.fhir_id = '"
                        + resident.patient().substring("Patient/".length()) + "'")
                .getFirst();
    }

    /** Merges the first into the second; the decision. */
    String merge(Resident one, Resident into) {
        nextMillisecond();
        ObjectNode answer = json(hub.post("/Patient/$merge", """
                {"resourceType":"Parameters","parameter":[
                 {"name":"source-patient","valueReference":{"reference":"%s"}},
                 {"name":"target-patient","valueReference":{"reference":"%s"}}]}""".formatted(one.patient(), into.patient())), 200);
        return reference(answer, "decision");
    }

    ObjectNode unmerge(String person, String how, String... headers) {
        nextMillisecond();
        return json(hub.post("/" + person + "/$unmerge?" + how, "{\"resourceType\":\"Parameters\"}", headers), 200);
    }

    /** Decisions are timed to the millisecond, and what was asked in the same one counts as asked after. */
    private static void nextMillisecond() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        while (Instant.now().truncatedTo(ChronoUnit.MILLIS).equals(now)) {
            Thread.onSpinWait();
        }
    }

    static String reference(JsonNode parameters, String name) {
        return references(parameters, name).getFirst();
    }

    static List<String> references(JsonNode parameters, String name) {
        List<String> references = new ArrayList<>();
        for (JsonNode parameter : parameters.path("parameter")) {
            if (parameter.path("name").asText().equals(name)) {
                references.add(parameter.at("/valueReference/reference").asText());
            }
        }
        return references;
    }

    /** Everyone in an answer that lists receivers: organization, requester and how many answers. */
    static List<String> receivers(JsonNode parameters) {
        List<String> receivers = new ArrayList<>();
        for (JsonNode parameter : parameters.path("parameter")) {
            if (parameter.path("name").asText().equals("receiver")) {
                receivers.add(String.join(
                        " ",
                        text(parameter, "organization", "/valueReference/reference"),
                        text(parameter, "requester", "/valueString"),
                        text(parameter, "answers", "/valueInteger")));
            }
        }
        return receivers;
    }

    private static String text(JsonNode receiver, String part, String value) {
        for (JsonNode each : receiver.path("part")) {
            if (each.path("name").asText().equals(part)) {
                return each.at(value).asText();
            }
        }
        return "-";
    }

    /** The lines of the record by a condition, in their order: kind, requester, organization, address. */
    List<String> recorded(String condition) {
        hub.server().disclosures().flush();
        return rows(
                "select concat_ws(' ', d.kind, d.requester, d.organization, host(d.address)) from disclosure d where "
                        + condition + " order by d.at");
    }

    List<String> rows(String sql) {
        try (Connection connection = hub.pool().getConnection();
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A condition that something of the patient was in the answer. */
    static String about(Resident resident) {
        return "d.subjects @> array(select r.id from resource r where r.fhir_id = '"
                + resident.patient().substring("Patient/".length()) + "')";
    }
}
