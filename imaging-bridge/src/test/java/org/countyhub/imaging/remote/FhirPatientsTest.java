package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FhirServer.Running.class)
@Timeout(120)
class FhirPatientsTest {
    private static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";
    private static final Source EAST =
            new Source("pe", null, "urn:oid:1.7.1", "urn:oid:1.7.9", Map.of("WEST", "urn:oid:1.7.2"), null);
    private static final Source WEST = new Source("pw", null, "urn:oid:1.7.2", "urn:oid:1.7.8", Map.of(), null);

    private final FhirServer server;
    private final FhirClient client;
    private final FhirPatients patients;

    FhirPatientsTest(FhirServer server) {
        this.server = server;
        this.client = FhirClient.at(server.base());
        this.patients = new FhirPatients(client);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private PatientKey register(Source source, String id, String residentId) {
        server.create("{'resourceType':'Patient','identifier':[{'system':'" + source.patientSystem() + "','value':'"
                + id + "'},{'system':'" + RESIDENT_ID + "','value':'" + residentId + "'}]}");
        return new PatientKey(source.patientSystem(), id);
    }

    @Test
    void aNumberOfTheAskingHospitalMeansAllPatientsOfThePerson() {
        PatientKey east = register(EAST, "E1", Hospitals.residentId(101));
        PatientKey west = register(WEST, "W1", Hospitals.residentId(101));
        Set<PatientKey> expected = Set.of(east, west, new PatientKey(RESIDENT_ID, Hospitals.residentId(101)));
        assertThat(patients.patients(EAST, null, "E1")).isEqualTo(expected);
        assertThat(patients.patients(EAST, "", "E1")).isEqualTo(expected);
        assertThat(patients.patients(EAST, "WEST", "W1")).isEqualTo(expected);
        assertThat(patients.patients(EAST, "urn:oid:1.7.2", "W1")).isEqualTo(expected);
        assertThat(patients.samePerson(west)).isEqualTo(expected);
    }

    @Test
    void aCardMeansItsPersonWithAndWithoutItsSystem() {
        String card = Hospitals.residentId(102);
        PatientKey west = register(WEST, "W2", card);
        assertThat(patients.patients(EAST, null, card)).contains(west);
        assertThat(patients.patients(EAST, RESIDENT_ID, card)).contains(west);
    }

    @Test
    void aNumberOfAnotherHospitalMeansNobodyThere() {
        register(WEST, "W3-ONLY", Hospitals.residentId(103));
        assertThat(patients.patients(EAST, null, "W3-ONLY"))
                .containsExactly(new PatientKey("urn:oid:1.7.1", "W3-ONLY"));
    }

    @Test
    void ItsOwnNumberGoesBeforeTheCardOfSomebodyElse() {
        String card = Hospitals.residentId(104);
        PatientKey west = register(WEST, "W4", card);
        PatientKey east = register(EAST, card, Hospitals.residentId(105));
        assertThat(patients.patients(EAST, null, card)).contains(east).doesNotContain(west);
    }

    @Test
    void anIssuerThatNobodyKnowsMeansNobody() {
        register(EAST, "E5", Hospitals.residentId(106));
        assertThat(patients.patients(EAST, "SOMEWHERE", "E5")).isEmpty();
        assertThat(patients.patients(EAST, "https://countyhub.org/sid/insurance-token", "E5"))
                .isEmpty();
    }

    @Test
    void aNumberThatSeemsToNameASystemDoesNot() {
        String card = Hospitals.residentId(107);
        PatientKey west = register(WEST, "W6", card);
        assertThat(patients.patients(EAST, null, RESIDENT_ID + "|" + card))
                .doesNotContain(west)
                .hasSize(1);
    }

    @Test
    void whoIsNotKnownIsTheVeryNumber() {
        assertThat(patients.patients(EAST, null, "NOBODY")).containsExactly(new PatientKey("urn:oid:1.7.1", "NOBODY"));
        assertThat(patients.samePerson(new PatientKey("urn:oid:1.7.2", "NOBODY")))
                .containsExactly(new PatientKey("urn:oid:1.7.2", "NOBODY"));
    }

    @Test
    void whileTheServerIsAwayANumberIsTheVeryNumberAndNobodyWaits() {
        try (FhirClient nowhere = FhirClient.at("http://127.0.0.1:1/fhir")) {
            FhirPatients alone = new FhirPatients(nowhere);
            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                assertThat(alone.patients(EAST, null, "E" + i))
                        .containsExactly(new PatientKey("urn:oid:1.7.1", "E" + i));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }
}
