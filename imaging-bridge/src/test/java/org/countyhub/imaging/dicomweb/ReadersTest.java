package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.TurnedClock;
import org.countyhub.imaging.access.Entitlement;
import org.countyhub.imaging.access.Ground;
import org.countyhub.imaging.access.KnownDoctors;
import org.countyhub.imaging.access.Reader;
import org.countyhub.imaging.access.Reading;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.peers.AddressRange;
import org.countyhub.imaging.peers.Readers;
import org.countyhub.imaging.store.PgReadingStore;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/** Who may look at what, where it is said who may. */
class ReadersTest {
    private static final Instant NOW = Instant.parse("2026-06-01T04:00:00Z");
    private static final String DOCTOR = "Practitioner/1";
    private static final String HAIDU = "Organization/haidu";
    /** Nobody else sends requests by that title. */
    private static final String[] NOBODY = {"X-AE-Title", "STRANGER"};

    private static final KnownDoctors RECORDS = new KnownDoctors();
    private static final TurnedClock CLOCK = new TurnedClock(NOW);
    private static WebServer server;

    /** At the own hospital, and of the same person elsewhere. */
    private static final String OWN = "1.2.3.1";

    private static final String PRIOR = "1.2.3.2";
    /** Of somebody whom the own hospital saw long ago, there and elsewhere. */
    private static final String LONG_AGO = "1.2.3.3";

    private static final String OTHER_OF_LONG_AGO = "1.2.3.4";
    /** Of somebody whom only the other hospital knows. */
    private static final String STRANGER = "1.2.3.5";

    private static final PatientKey LONG_AGO_ELSEWHERE = new PatientKey(Bridge.XIAMEI.patientSystem(), "X3");

    /** A number of a visit, which hospitals give to one patient each. */
    private static final PatientKey VISIT = new PatientKey("urn:oid:2.16.156.10011.1.11", "00000032");

    private static WebServer server(String gateways) {
        return new WebServer((bridge, directory) -> Optional.of(new Entitlement(
                new Readers(
                        List.of(AddressRange.of(gateways)),
                        Set.of(Readers.DOCTOR),
                        30,
                        Set.of("Organization/reading-centre")),
                List.of(Bridge.HAIDU, Bridge.XIAMEI),
                new Entitlement.Ports(
                        bridge.studies.shown(),
                        bridge.queries,
                        directory,
                        RECORDS,
                        new PgReadingStore(bridge.db),
                        ZoneId.of("Asia/Shanghai"),
                        CLOCK))));
    }

    @BeforeAll
    static void start() {
        server = server("127.0.0.0/8");
        store(Bridge.HAIDU, "P1", OWN, "20260520");
        store(Bridge.XIAMEI, "X1", PRIOR, "20240520");
        store(Bridge.HAIDU, "P3", LONG_AGO, "20260501");
        store(Bridge.XIAMEI, "X3", OTHER_OF_LONG_AGO, "20260530");
        store(Bridge.XIAMEI, "X5", STRANGER, "20260530");
        person("P1", "X1");
        person("P3", "X3");
    }

    private static void store(Source source, String patient, String study, String date) {
        server.bridge.store(
                source,
                WebServer.image(patient, study, study + ".1", study + ".1.1")
                        .set(Tag.StudyDate, Vr.DA, date)
                        .build());
    }

    private static void person(String haidu, String xiamei) {
        Set<PatientKey> person = Set.of(
                new PatientKey(Bridge.HAIDU.patientSystem(), haidu),
                new PatientKey(Bridge.XIAMEI.patientSystem(), xiamei),
                VISIT);
        person.stream().filter(key -> !key.equals(VISIT)).forEach(key -> server.persons.put(key, person));
    }

    /** So much later that nothing is remembered of what was asked before. */
    @BeforeEach
    void anotherTime() {
        CLOCK.turn(Duration.ofHours(2));
        begun = CLOCK.instant();
        RECORDS.away = false;
        RECORDS.inCare.clear();
        RECORDS.doctors.addAll(List.of(
                new Reader(DOCTOR, HAIDU),
                new Reader(DOCTOR, "Organization/clinic"),
                new Reader("PractitionerRole/2", "Organization/reading-centre")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Instant begun = NOW;

    private static String[] as(String requester, String organization) {
        return new String[] {
            "X-Requester", requester, "X-Requester-Organization", organization, "X-AE-Title", "STRANGER"
        };
    }

    private static final String[] HAIDU_DOCTOR = as(DOCTOR, HAIDU);

    private List<String> found(String search, String... who) {
        HttpResponse<byte[]> answer = server.get(search, who);
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        List<String> studies = new ArrayList<>();
        for (JsonNode match : WebServer.json(answer.body())) {
            studies.add(match.path("0020000D").path("Value").path(0).asText());
        }
        return studies;
    }

    /** Who has looked at a study since this test began. */
    private List<Reading> readings(String study) {
        return new PgReadingStore(server.bridge.db)
                .of(study, 0, 100).stream()
                        .filter(reading -> !reading.at().isBefore(begun))
                        .toList();
    }

    private int status(String path, String... who) {
        return server.get(path, who).statusCode();
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String series(String study) {
        return "/studies/" + study + "/series";
    }

    @Test
    void aDoctorWhoLooksForNobodyInParticularFindsTheStudiesOfTheOwnHospital() {
        assertThat(found("/studies", HAIDU_DOCTOR)).containsExactly(OWN, LONG_AGO);
        assertThat(found("/studies?PatientName=zhang&fuzzymatching=true", HAIDU_DOCTOR))
                .containsExactly(OWN, LONG_AGO);
        assertThat(found("/series", HAIDU_DOCTOR)).containsExactly(OWN, LONG_AGO);
        assertThat(found("/instances", HAIDU_DOCTOR)).containsExactly(OWN, LONG_AGO);
    }

    @Test
    void priorsOfWhomTheHospitalHasExaminedLatelyAreOfferedBesideTheCurrentStudy() {
        assertThat(found("/studies?PatientID=P1", HAIDU_DOCTOR)).containsExactly(OWN, PRIOR);
        assertThat(found("/studies?PatientID=X1&IssuerOfPatientID=" + Bridge.XIAMEI.patientSystem(), HAIDU_DOCTOR))
                .containsExactly(OWN, PRIOR);
        assertThat(found("/series?PatientID=P1", HAIDU_DOCTOR)).containsExactly(OWN, PRIOR);
        assertThat(status(series(PRIOR), HAIDU_DOCTOR)).isEqualTo(200);
        assertThat(status(series(PRIOR) + "/" + PRIOR + ".1/metadata", HAIDU_DOCTOR))
                .isEqualTo(200);
    }

    @Test
    void anExaminationOfLongAgoIsNoCare() {
        assertThat(found("/studies?PatientID=P3", HAIDU_DOCTOR)).containsExactly(LONG_AGO);
        assertThat(status(series(OTHER_OF_LONG_AGO), HAIDU_DOCTOR)).isEqualTo(404);
        assertThat(status(series(LONG_AGO), HAIDU_DOCTOR)).isEqualTo(200);
    }

    @Test
    void theNumberOfAVisitOfSomebodyElseIsNoCare() {
        RECORDS.inCare.add(VISIT);
        assertThat(status(series(OTHER_OF_LONG_AGO), HAIDU_DOCTOR)).isEqualTo(404);
        assertThat(found("/studies?PatientID=P3", HAIDU_DOCTOR)).containsExactly(LONG_AGO);
    }

    @Test
    void aPatientInCareOpensNothingOfAnotherWhoIsAskedForAtOnce() {
        String both = "/studies?PatientID=X1%5CX5&IssuerOfPatientID=" + Bridge.XIAMEI.patientSystem();
        assertThat(found(both, as("PractitionerRole/2", "Organization/reading-centre")))
                .as("both are asked for")
                .containsExactly(STRANGER, OWN, PRIOR);
        assertThat(found(both, HAIDU_DOCTOR)).containsExactly(OWN, PRIOR);
    }

    @Test
    void studiesOfStrangersAreNotThere() {
        assertThat(found("/studies?PatientID=X5&IssuerOfPatientID=" + Bridge.XIAMEI.patientSystem(), HAIDU_DOCTOR))
                .isEmpty();
        assertThat(found("/studies?StudyInstanceUID=" + STRANGER + "," + PRIOR + "," + OWN, HAIDU_DOCTOR))
                .containsExactly(OWN, PRIOR);
        assertThat(found("/instances?StudyInstanceUID=" + STRANGER, HAIDU_DOCTOR))
                .isEmpty();
        HttpResponse<byte[]> hidden = server.get(series(STRANGER), HAIDU_DOCTOR);
        HttpResponse<byte[]> nowhere = server.get(series("1.2.3.999"), HAIDU_DOCTOR);
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(text(hidden))
                .as("what may not be seen is answered like what is not there")
                .isEqualTo(text(nowhere));
    }

    @Test
    void careThatIsOnRecordCountsWithinAMinuteAndEndsWithinOne() {
        assertThat(status(series(OTHER_OF_LONG_AGO), HAIDU_DOCTOR)).isEqualTo(404);
        RECORDS.inCare.add(LONG_AGO_ELSEWHERE);
        CLOCK.set(begun.plusSeconds(60));
        assertThat(status(series(OTHER_OF_LONG_AGO), HAIDU_DOCTOR)).isEqualTo(200);
        assertThat(found("/studies?PatientID=P3", HAIDU_DOCTOR)).containsExactly(OTHER_OF_LONG_AGO, LONG_AGO);
        RECORDS.inCare.clear();
        CLOCK.set(begun.plusSeconds(121));
        assertThat(status(series(OTHER_OF_LONG_AGO), HAIDU_DOCTOR)).isEqualTo(404);
        assertThat(found("/studies?PatientID=P3", HAIDU_DOCTOR)).containsExactly(LONG_AGO);
    }

    @Test
    void aHospitalWithoutImagesOfItsOwnSeesThoseOfWhoIsInItsCare() {
        String[] clinic = as(DOCTOR, "Organization/clinic");
        assertThat(found("/studies", clinic)).isEmpty();
        assertThat(status(series(OTHER_OF_LONG_AGO), clinic)).isEqualTo(404);
        RECORDS.inCare.add(LONG_AGO_ELSEWHERE);
        CLOCK.set(begun.plusSeconds(60));
        assertThat(status(series(OTHER_OF_LONG_AGO), clinic)).isEqualTo(200);
        assertThat(found("/studies?StudyInstanceUID=" + OTHER_OF_LONG_AGO, clinic))
                .containsExactly(OTHER_OF_LONG_AGO);
    }

    @Test
    void whoReadsForTheCountySeesEveryStudy() {
        String[] centre = as("PractitionerRole/2", "Organization/reading-centre");
        assertThat(found("/studies", centre))
                .containsExactlyInAnyOrder(OWN, PRIOR, LONG_AGO, OTHER_OF_LONG_AGO, STRANGER);
        assertThat(status(series(STRANGER), centre)).isEqualTo(200);
    }

    @Test
    void whoIsNoDoctorOfThatHospitalSeesNothing() {
        for (String[] nobody : List.of(as("Practitioner/9", HAIDU), as(DOCTOR, "Organization/reading-centre"))) {
            assertThat(status("/studies", nobody)).isEqualTo(403);
            HttpResponse<byte[]> refused = server.get(series(OWN), nobody);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(text(refused)).contains("\"place\":\"X-Requester\"", "no active role");
        }
    }

    @Test
    void whoIsNotNamedSeesNothing() {
        assertThat(status("/studies", NOBODY)).isEqualTo(403);
        assertThat(text(server.get("/studies", NOBODY))).contains("nobody has said who asks", "X-Requester");
    }

    @Test
    void halfANameIsRefusedWithThePlace() {
        for (String[] half : List.of(
                new String[] {"X-Requester", DOCTOR},
                new String[] {"X-Requester-Organization", HAIDU},
                as("somebody", HAIDU),
                as("Device/1", HAIDU),
                as(DOCTOR, "haidu"),
                new String[] {"X-Requester", DOCTOR, "X-Requester", DOCTOR, "X-Requester-Organization", HAIDU})) {
            HttpResponse<byte[]> refused = server.get("/studies", half);
            assertThat(refused.statusCode()).as(String.join(" ", half)).isEqualTo(400);
            assertThat(text(refused)).contains("\"place\":\"X-Requester");
        }
    }

    @Test
    void nobodyIsBelievedButTheGateway() {
        try (WebServer other = server("192.0.2.1")) {
            assertThat(other.get("/studies", HAIDU_DOCTOR).statusCode()).isEqualTo(403);
            assertThat(other.get(series(OWN), HAIDU_DOCTOR).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void systemsMayWhatTheyMayByAssociations() {
        assertThat(found("/studies", "X-AE-Title", "READER")).contains(STRANGER);
        assertThat(status(series(STRANGER) + "/" + STRANGER + ".1/metadata", "X-AE-Title", "READER"))
                .isEqualTo(200);
        assertThat(status("/studies", "X-AE-Title", "MODALITY")).isEqualTo(403);
        assertThat(status(series(STRANGER) + "/" + STRANGER + ".1/metadata", "X-AE-Title", "MODALITY"))
                .isEqualTo(403);
        byte[] withoutPatient = WebServer.file(
                WebServer.image("", "1.2.3.8", "1.2.3.8.1", "1.2.3.8.1.1").build());
        assertThat(server.post("/studies", "application/dicom", withoutPatient, "X-AE-Title", "MODALITY")
                        .statusCode())
                .as("it is taken")
                .isEqualTo(202);
    }

    @Test
    void nobodyIsLetInBecauseNobodyCouldBeAsked() {
        RECORDS.away = true;
        HttpResponse<byte[]> answer = server.get(series(OWN), HAIDU_DOCTOR);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(WebServer.header(answer, "Retry-After")).isEqualTo("5");
        RECORDS.away = false;
        assertThat(status(series(OWN), HAIDU_DOCTOR)).isEqualTo(200);
    }

    @Test
    void everyTransactionThatGivesSomethingAsksWhoWantsIt() {
        String instance = series(STRANGER) + "/" + STRANGER + ".1/instances/" + STRANGER + ".1.1";
        Set<String> tried = new HashSet<>();
        for (RequestMappingInfo mapping : server.mappings()) {
            for (String pattern : mapping.getPatternValues()) {
                if (!pattern.contains("{study}")
                        || !mapping.getMethodsCondition().toString().contains("GET")) {
                    continue;
                }
                String path = pattern.substring("/dicomweb".length())
                        .replace("{study}", STRANGER)
                        .replace("{series}", STRANGER + ".1")
                        .replace("{instance}", STRANGER + ".1.1")
                        .replace("{list}", "1")
                        .replace("{frame}", "1")
                        .replace("{*place}", "00280010");
                assertThat(path).as("every part is filled in").doesNotContain("{");
                assertThat(status(path, HAIDU_DOCTOR)).as(path).isEqualTo(404);
                assertThat(server.method("HEAD", path, HAIDU_DOCTOR).statusCode())
                        .as(path)
                        .isEqualTo(404);
                assertThat(status(path, NOBODY)).as(path).isEqualTo(403);
                tried.add(path);
            }
        }
        assertThat(tried).hasSizeGreaterThan(15).contains(instance, instance + "/frames/1");
        String wado = "/wado?requestType=WADO&studyUID=" + STRANGER + "&seriesUID=" + STRANGER + ".1&objectUID="
                + STRANGER + ".1.1";
        assertThat(status(wado, HAIDU_DOCTOR)).isEqualTo(404);
        assertThat(status(wado, NOBODY)).isEqualTo(403);
        assertThat(status(wado.replace("studyUID=" + STRANGER, "studyUID=" + OWN), HAIDU_DOCTOR))
                .as("an instance of another study than the one that was asked about")
                .isEqualTo(404);
        assertThat(readings(STRANGER)).isEmpty();
    }

    @Test
    void whoLooksAtWhatAndWhyIsOnRecordOnceAnHour() {
        String[] centre = as("PractitionerRole/2", "Organization/reading-centre");
        for (int i = 0; i < 3; i++) {
            status(series(PRIOR), HAIDU_DOCTOR);
            status(series(PRIOR), centre);
            status(series(OWN), HAIDU_DOCTOR);
        }
        CLOCK.set(begun.plus(Duration.ofMinutes(61)));
        status(series(PRIOR), HAIDU_DOCTOR);
        Reader doctor = new Reader(DOCTOR, HAIDU);
        assertThat(readings(PRIOR))
                .extracting(Reading::reader, Reading::ground, Reading::at, Reading::address)
                .containsExactly(
                        tuple(doctor, Ground.CARE, begun, "127.0.0.1"),
                        tuple(
                                new Reader("PractitionerRole/2", "Organization/reading-centre"),
                                Ground.COUNTY,
                                begun,
                                "127.0.0.1"),
                        tuple(doctor, Ground.CARE, begun.plus(Duration.ofMinutes(61)), "127.0.0.1"));
        assertThat(readings(OWN)).extracting(Reading::ground).containsExactly(Ground.OWN);
    }

    @Test
    void whatThereIsToAskForIsToldToAnybody() {
        assertThat(status("/", NOBODY)).isEqualTo(200);
    }
}
