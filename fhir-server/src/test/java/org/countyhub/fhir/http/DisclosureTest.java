package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.http.Answers.created;
import static org.countyhub.fhir.http.Answers.json;
import static org.countyhub.fhir.http.Answers.refusedAt;
import static org.countyhub.fhir.http.Residents.about;

import java.util.List;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.http.Residents.Resident;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer that reaches patients through a person is recorded, with who asked as far as it was said. */
class DisclosureTest {
    private static TestHub hub;
    private static Residents residents;
    private static Resident resident;
    private static String person;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        residents = new Residents(hub);
        resident = residents.stranger("w1");
        person = residents.personOf(resident);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String path(String template) {
        return template.replace("PERSON", person)
                .replace("ID", person.substring("Person/".length()))
                .replace("CARD", resident.cardToken())
                .replace("PATIENT", resident.patient());
    }

    private static List<String> recordedOf(String requester) {
        return residents.recorded("d.requester = '" + requester + "' and " + about(resident));
    }

    @ParameterizedTest
    @CsvSource({
        "1, /Observation?person=PERSON",
        "1, /Observation?person.identifier=CARD",
        "1, /Observation?person=ID",
        "1, /Patient?person=PERSON",
        "1, /Patient?person.identifier=CARD&_revinclude=Observation:patient",
        "1, /Observation?patient.person=PERSON",
        "1, /Person?identifier=CARD",
        "1, /Person?link=PATIENT&_include=Person:link",
        "1, /Patient?_id=IDOF&_revinclude=Person:link",
        "2, /Person/$resolve?identifier=CARD",
        "3, /Patient/$ihe-pix?sourceIdentifier=CARD",
        "4, /PERSON",
        "4, /PERSON/_history/1",
        "5, /PERSON/_history"
    })
    void everyWayThroughAPersonIsRecorded(int kind, String template) {
        String requester = "Device/" + Integer.toHexString(template.hashCode());
        String path = path(template.replace("IDOF", resident.patient().substring("Patient/".length())));

        json(hub.get(path, "X-Requester", requester), 200);

        assertThat(recordedOf(requester)).containsExactly(kind + " " + requester + " 127.0.0.1");
    }

    @Test
    void whatIsAskedInABatchOrByAFormIsRecordedToo() {
        json(hub.post("", """
                {"resourceType":"Bundle","type":"batch","entry":[
                 {"request":{"method":"GET","url":"Observation?person=%s"}}]}""".formatted(person), "X-Requester", "Device/batch"), 200);
        json(
                hub.send(
                        "POST",
                        "/Observation/_search",
                        "person=" + person,
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "X-Requester",
                        "Device/form"),
                200);

        assertThat(recordedOf("Device/batch")).hasSize(1);
        assertThat(recordedOf("Device/form")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Observation?patient=PATIENT", "/PATIENT", "/Patient?identifier=CARD"})
    void whatReachesAPatientByItselfIsNot(String template) {
        json(hub.get(path(template), "X-Requester", "Device/direct"), 200);

        assertThat(residents.recorded("d.requester = 'Device/direct'")).isEmpty();
    }

    @Test
    void anAnswerWithoutResultsIsRecordedWithoutPatients() {
        json(hub.get("/Observation?person=" + person + "&code=none", "X-Requester", "Device/none"), 200);
        json(hub.get("/Observation?person=" + person + "&_summary=count", "X-Requester", "Device/count"), 200);

        assertThat(residents.recorded("d.requester in ('Device/none', 'Device/count') and d.subjects = '{}'"
                        + " and d.person = (select l.person from person_link l join resource r on r.id = l.patient"
                        + " where r.fhir_id = '" + resident.patient().substring("Patient/".length()) + "')"))
                .hasSize(2);
    }

    @Test
    void recordsOfSeveralPatientsCountForEach() {
        Resident other = residents.stranger("w2");
        created(hub.post("/Appointment", """
                {"resourceType":"Appointment","status":"booked","participant":[
                 {"actor":{"reference":"%s"},"status":"accepted"},
                 {"actor":{"reference":"%s"},"status":"accepted"}]}""".formatted(resident.patient(), other.patient())));

        json(hub.get("/Appointment?person=" + person, "X-Requester", "Device/appointment"), 200);

        assertThat(residents.recorded(
                        "d.requester = 'Device/appointment' and " + about(resident) + " and " + about(other)))
                .hasSize(1);
    }

    @Test
    void theAddressIsThatOfThePeerOrWhatAGatewayOnThisMachineSays() {
        hub.get("/" + person, "X-Requester", "Device/near", "X-Forwarded-For", "203.0.113.9, 198.51.100.7");
        hub.get("/" + person, "X-Requester", "Device/garbled", "X-Forwarded-For", "unknown");

        assertThat(recordedOf("Device/near")).containsExactly("4 Device/near 198.51.100.7");
        assertThat(recordedOf("Device/garbled")).containsExactly("4 Device/garbled 127.0.0.1");
    }

    @Test
    void aNameIsPercentEncoded() {
        json(hub.get("/" + person, "X-Requester", "%E7%8E%8B%E5%8C%BB%E7%94%9F"), 200);
        json(hub.get("/" + person, "X-Requester", "Dr. Wang + 1"), 200);
        json(hub.get("/" + person, "X-Requester", "\\N"), 200);

        assertThat(recordedOf("王医生")).hasSize(1);
        assertThat(recordedOf("Dr. Wang + 1")).hasSize(1);
        assertThat(recordedOf("\\N")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Patient/1", "Practitioner/", "a/b", "%E7%8E", "%zz", "a%00b", "Practitioner/1/_history/2"})
    void aMalformedRequesterIsRefused(String sent) {
        refusedAt(hub.get("/Observation", "X-Requester", sent), 400, "X-Requester");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "county", "Organization/", "Patient/1", "https://example.org/Organization/1"})
    void aMalformedOrganizationIsRefused(String sent) {
        refusedAt(hub.get("/Observation", "X-Requester-Organization", sent), 400, "X-Requester-Organization");
    }

    @Test
    void aHeaderGivenTwiceIsRefused() {
        refusedAt(hub.get("/Observation", "X-Requester", "Device/1", "X-Requester", "Device/2"), 400, "X-Requester");
    }
}
