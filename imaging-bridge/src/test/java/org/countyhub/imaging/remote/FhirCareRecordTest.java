package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.countyhub.imaging.access.Reader;
import org.countyhub.imaging.peers.Readers;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the record says of doctors and of care, as a FHIR server has it. */
@ExtendWith(FhirServer.Running.class)
@Timeout(120)
class FhirCareRecordTest {
    /** The first of June in China, while it is still May in Greenwich. */
    private static final Instant NOW = Instant.parse("2026-05-31T20:00:00Z");

    private static final String EAST = "urn:oid:1.8.1";
    private static final String WEST = "urn:oid:1.8.2";

    private final FhirServer server;
    private final FhirClient client;
    private final FhirCareRecord record;
    private String hospital = "";
    private String elsewhere = "";
    private String doctor = "";

    FhirCareRecordTest(FhirServer server) {
        this.server = server;
        this.client = FhirClient.at(server.base());
        this.record = record(client);
    }

    private static FhirCareRecord record(FhirClient client) {
        return new FhirCareRecord(
                client,
                Set.of(Readers.DOCTOR, "https://his.haidu.example.org/role|radiologist"),
                ZoneId.of("Asia/Shanghai"),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @BeforeEach
    void register() {
        hospital = created("{'resourceType':'Organization','name':'H'}");
        elsewhere = created("{'resourceType':'Organization','name':'E'}");
        doctor = created("{'resourceType':'Practitioner'}");
    }

    @AfterEach
    void close() {
        client.close();
    }

    private String created(String json) {
        var resource = server.create(json);
        return resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
    }

    private String role(String more) {
        return created("{'resourceType':'PractitionerRole','practitioner':{'reference':'" + doctor
                + "'},'organization':{'reference':'" + hospital + "'}" + more + "}");
    }

    private static String code(String system, String code) {
        return ",'code':[{'text':'?'},{'coding':[{'system':'urn:x','code':'y'},{'system':'" + system + "','code':'"
                + code + "'}]}]";
    }

    private static final String A_DOCTOR = code("http://terminology.hl7.org/CodeSystem/practitioner-role", "doctor");

    private boolean practises() {
        return record.practises(new Reader(doctor, hospital));
    }

    @Test
    void whoHasARoleOfADoctorPractisesThereAndNowhereElse() {
        assertThat(practises()).isFalse();
        String role = role(A_DOCTOR);
        assertThat(practises()).isTrue();
        assertThat(record.practises(new Reader(role, hospital))).isTrue();
        assertThat(record.practises(new Reader(doctor, elsewhere))).isFalse();
        assertThat(record.practises(new Reader(role, elsewhere))).isFalse();
        assertThat(record.practises(new Reader("Practitioner/nobody", hospital)))
                .isFalse();
        assertThat(record.practises(new Reader("PractitionerRole/none", hospital)))
                .isFalse();
    }

    @Test
    void otherRolesMayNotLook() {
        role("");
        role(code("http://terminology.hl7.org/CodeSystem/practitioner-role", "ict"));
        role(code("urn:other", "doctor"));
        assertThat(practises()).isFalse();
        role(code("https://his.haidu.example.org/role", "radiologist"));
        assertThat(practises()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "'\"active\":true', true",
        "'\"active\":false', false",
        "'\"period\":{\"start\":\"2026-06-01\"}', true",
        "'\"period\":{\"start\":\"2026-06-02\"}', false",
        "'\"period\":{\"start\":\"2026\"}', true",
        "'\"period\":{\"start\":\"2026-07\"}', false",
        "'\"period\":{\"end\":\"2026-06-01\"}', true",
        "'\"period\":{\"end\":\"2026-05-31\"}', false",
        "'\"period\":{\"end\":\"2026-06\"}', true",
        "'\"period\":{\"end\":\"2026-05\"}', false",
        "'\"period\":{\"start\":\"2020-01-01T08:00:00+08:00\",\"end\":\"2026-06-01T23:00:00+08:00\"}', true",
    })
    void aRoleHoldsWhileItIsActive(String more, boolean holds) {
        role(A_DOCTOR + (more.isEmpty() ? "" : "," + more.replace('"', '\'')));
        assertThat(practises()).isEqualTo(holds);
    }

    @Test
    void whoHasLeftIsNoDoctorAnyMore() {
        role(A_DOCTOR);
        server.put(((ObjectNode) server.read(doctor)).put("active", false));
        assertThat(practises()).isFalse();
    }

    private Set<PatientKey> person(int number) {
        String card = Hospitals.residentId(number);
        for (String system : new String[] {EAST, WEST}) {
            server.create("{'resourceType':'Patient','identifier':[{'system':'" + system + "','value':'C" + number
                    + "'},{'system':'urn:oid:2.16.156.10011.1.3','value':'" + card + "'}]}");
        }
        return Set.of(new PatientKey(EAST, "C" + number), new PatientKey(WEST, "C" + number));
    }

    private String patient(int number) {
        return "Patient/"
                + server.search("Patient", WEST, "C" + number)
                        .getFirst()
                        .path("id")
                        .asText();
    }

    private boolean inCare(Set<PatientKey> person) {
        return record.inCare(new Reader(doctor, hospital), person);
    }

    private void encounter(String patient, String status, String organization) {
        server.create("{'resourceType':'Encounter','status':'" + status
                + "','class':{'system':'http://terminology.hl7.org/CodeSystem/v3-ActCode','code':'AMB'},'subject':{'reference':'"
                + patient + "'},'serviceProvider':{'reference':'" + organization + "'}}");
    }

    private void order(String patient, String status, String element, String by) {
        server.create("{'resourceType':'ServiceRequest','status':'" + status
                + "','intent':'order','subject':{'reference':'"
                + patient + "'},'" + element + "':"
                + (element.equals("performer") ? "[{'reference':'" + by + "'}]" : "{'reference':'" + by + "'}") + "}");
    }

    @Test
    void whoIsInAnEncounterOfTheHospitalIsInItsCareUnderAnyNumber() {
        Set<PatientKey> person = person(201);
        String patient = patient(201);
        encounter(patient, "finished", hospital);
        encounter(patient, "planned", hospital);
        encounter(patient, "in-progress", elsewhere);
        assertThat(inCare(person)).isFalse();
        encounter(patient, "in-progress", hospital);
        assertThat(inCare(person)).isTrue();
        assertThat(inCare(Set.of(new PatientKey(EAST, "C201"))))
                .as("by the number of another hospital")
                .isTrue();
        assertThat(inCare(person(202))).isFalse();
    }

    @Test
    void whoeverTheHospitalHasOrderedSomethingForIsInItsCare() {
        Set<PatientKey> person = person(203);
        order(patient(203), "completed", "requester", hospital);
        order(patient(203), "active", "requester", elsewhere);
        assertThat(inCare(person)).isFalse();
        order(patient(203), "active", "requester", hospital);
        assertThat(inCare(person)).isTrue();
    }

    @Test
    void soIsWhoeverTheDoctorHasOrderedSomethingFor() {
        Set<PatientKey> person = person(204);
        order(patient(204), "active", "requester", doctor);
        assertThat(inCare(person)).isTrue();
    }

    @Test
    void soIsWhoeverTheHospitalIsAskedToReadFor() {
        Set<PatientKey> person = person(205);
        order(patient(205), "revoked", "performer", hospital);
        assertThat(inCare(person)).isFalse();
        order(patient(205), "active", "performer", hospital);
        assertThat(inCare(person)).isTrue();
    }

    @Test
    void aNumberThatHoldsWhatSeparatesValuesMeansItselfOnly() {
        person(206);
        encounter(patient(206), "in-progress", hospital);
        assertThat(inCare(Set.of(new PatientKey(EAST, "x," + EAST + "|C206")))).isFalse();
    }

    @Test
    void nobodyPractisesAndNobodyIsInCareWhileTheServerIsAway() {
        try (FhirClient nowhere = FhirClient.at("http://127.0.0.1:1/fhir")) {
            FhirCareRecord alone = record(nowhere);
            Reader reader = new Reader(doctor, hospital);
            assertThatThrownBy(() -> alone.practises(reader))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isInstanceOf(Problem.Busy.class));
            assertThatThrownBy(() -> alone.inCare(reader, Set.of(new PatientKey(EAST, "C201"))))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isInstanceOf(Problem.Busy.class));
        }
    }
}
