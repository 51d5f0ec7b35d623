package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Uid;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.worklist.WorklistSource.Wanted;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FhirWorklistTest {
    private static final Source HAIDU = new Source(
            "haidu",
            null,
            "https://his.haidu.example.org/patient",
            "https://ris.haidu.example.org/accession",
            Map.of(),
            null);
    private static final Wanted ANY = new Wanted("CT1", "CT", "20261130", "20261130", null, null);

    private static final String ORDER = """
            {"resourceType": "ServiceRequest", "id": "o1", "status": "active", "priority": "stat",
             "identifier": [{"system": "https://ris.haidu.example.org/accession", "value": "A20261130001"}],
             "category": [{"coding": [{"system": "http://dicom.nema.org/resources/ontology/DCM", "code": "CT"}]}],
             "code": {"coding": [{"system": "http://snomed.info/sct", "code": "169069000", "display": "CT of chest"}],
                      "text": "胸部CT平扫"},
             "subject": {"reference": "Patient/p1"}, "requester": {"display": "王医生"},
             "occurrenceDateTime": "2026-11-30T00:30:00Z"}
            """;
    private static final String PATIENT = """
            {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1980-02-29",
             "identifier": [{"system": "https://his.haidu.example.org/patient", "value": "H0001"}],
             "name": [{"text": "张三"}, {"family": "ZHANG", "given": ["SAN"]}]}
            """;

    private final Map<String, String> answers = new HashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<PatientKey, Set<PatientKey>> persons = new HashMap<>();
    private HttpServer server;
    private FhirClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/fhir", exchange -> {
            String type = exchange.getRequestURI().getPath().split("/", -1)[2];
            asked.add(type + "?"
                    + URLDecoder.decode(
                            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                            StandardCharsets.UTF_8));
            String entries = answers.getOrDefault(type, "");
            byte[] body = "{\"resourceType\": \"Bundle\", \"type\": \"searchset\", \"entry\": [%s]}"
                    .formatted(entries)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        client = FhirClient.at("http://127.0.0.1:" + server.getAddress().getPort() + "/fhir");
        answers.put("ServiceRequest", entry(ORDER));
        answers.put("Patient", entry(PATIENT));
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private static String entry(String resource) {
        return "{\"resource\": " + resource + ", \"search\": {\"mode\": \"match\"}}";
    }

    private List<Dataset> scheduled(Wanted wanted) {
        PatientDirectory directory = new PatientDirectory() {
            @Override
            public Set<PatientKey> patients(Source asking, @Nullable String issuer, String id) {
                return Set.of();
            }

            @Override
            public Set<PatientKey> samePerson(PatientKey patient) {
                return persons.getOrDefault(patient, Set.of(patient));
            }
        };
        return new FhirWorklist(client, directory, ZoneId.of("Asia/Shanghai")).scheduled(HAIDU, wanted);
    }

    @Test
    void anOrderIsAnItemWithOneStep() {
        Dataset item = scheduled(ANY).getFirst();
        assertThat(item.string(Tag.AccessionNumber)).isEqualTo("A20261130001");
        assertThat(item.string(Tag.PatientID)).isEqualTo("H0001");
        assertThat(item.string(Tag.PatientName)).isEqualTo("ZHANG^SAN=张三");
        assertThat(item.string(Tag.PatientSex)).isEqualTo("F");
        assertThat(item.string(Tag.PatientBirthDate)).isEqualTo("19800229");
        assertThat(item.string(Tag.RequestedProcedureDescription)).isEqualTo("胸部CT平扫");
        assertThat(item.string(Tag.RequestedProcedurePriority)).isEqualTo("STAT");
        assertThat(Uid.isValid(item.string(Tag.StudyInstanceUID, ""))).isTrue();
        Dataset step = item.items(Tag.ScheduledProcedureStepSequence).getFirst();
        assertThat(step.string(Tag.Modality)).isEqualTo("CT");
        assertThat(step.string(Tag.ScheduledStationAETitle)).isEqualTo("CT1");
        assertThat(step.string(Tag.ScheduledProcedureStepStartDate)).isEqualTo("20261130");
        assertThat(step.string(Tag.ScheduledProcedureStepStartTime)).isEqualTo("083000");
        assertThat(scheduled(ANY).getFirst().string(Tag.StudyInstanceUID)).isEqualTo(item.string(Tag.StudyInstanceUID));
    }

    @Test
    void activeOrdersOfThatHospitalAreAskedForAndNoPatientStandsInAnAddress() {
        scheduled(ANY);
        assertThat(asked.getFirst())
                .startsWith("ServiceRequest?")
                .contains("status=active")
                .contains("identifier=https://ris.haidu.example.org/accession|")
                .contains("occurrence=2026-11-30");
    }

    @Test
    void aPatientOfAnotherHospitalIsNamedByTheHospitalsOwnNumberOrNotAtAll() {
        answers.put(
                "Patient",
                entry(PATIENT.replace(
                        "https://his.haidu.example.org/patient", "https://his.other.example.org/patient")));
        assertThat(scheduled(ANY)).isEmpty();
        PatientKey there = new PatientKey("https://his.other.example.org/patient", "H0001");
        PatientKey here = new PatientKey("https://his.haidu.example.org/patient", "H9");
        persons.put(there, Set.of(there, here));
        assertThat(scheduled(ANY).getFirst().string(Tag.PatientID)).isEqualTo("H9");
        persons.put(there, Set.of(there, here, new PatientKey("https://his.haidu.example.org/patient", "H10")));
        assertThat(scheduled(ANY)).isEmpty();
    }

    @Test
    void whatIsNoImagingOrHasNoDayOrNoNumberIsLeftOut() {
        for (String order : List.of(
                ORDER.replace("\"CT\"}", "\"SR\"}"),
                ORDER.replace("2026-11-30T00:30:00Z", "2026-11"),
                ORDER.replace("A20261130001", "A-NUMBER-LONGER-THAN-16"),
                ORDER.replace("ris.haidu", "ris.other"),
                ORDER.replace("Patient/p1", "Patient/p2"))) {
            answers.put("ServiceRequest", entry(order));
            assertThat(scheduled(ANY)).as(order).isEmpty();
        }
    }
}
