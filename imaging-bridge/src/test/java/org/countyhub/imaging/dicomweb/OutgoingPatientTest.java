package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.imaging.study.lifecycle.Lifecycle.Decision;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whose files say they are, to whom. */
class OutgoingPatientTest {
    private static final String FILE = "application/dicom";
    private static final String CT = WebServer.path("CT1_UNC.dcm");
    private static final String CT_PATIENT =
            WebServer.dataset(WebServer.sample("CT1_UNC.dcm")).string(Tag.PatientID, "");
    private static final PatientKey OWNER = new PatientKey(Bridge.HAIDU.patientSystem(), CT_PATIENT);
    private static WebServer server;

    @BeforeAll
    static void start() {
        server = new WebServer();
        for (String sample : List.of("CT1_UNC.dcm", "MR1_JPLL.dcm", "MR_small_bigendian.dcm")) {
            assertThat(server.bridge.store(Bridge.HAIDU, Samples.file(sample))).isInstanceOf(StoreOutcome.Added.class);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String study(String instance) {
        return instance.replaceFirst("/series/.*", "");
    }

    private static String series(String instance) {
        return instance.replaceFirst("/instances/.*", "");
    }

    private static String wado(String instance) {
        String[] parts = instance.split("/", -1);
        return "/wado?requestType=WADO&contentType=application/dicom&studyUID=" + parts[2] + "&seriesUID=" + parts[4]
                + "&objectUID=" + parts[6];
    }

    /** The instance by each of the ways on which a file of it goes out, to whoever has that title. */
    private static List<byte[]> files(String instance, String title) {
        return List.of(
                content(server.get(study(instance), "X-AE-Title", title)),
                content(server.get(series(instance), "X-AE-Title", title)),
                content(server.get(instance, "X-AE-Title", title)),
                server.get(instance, "X-AE-Title", title, "Accept", FILE).body(),
                server.get(wado(instance), "X-AE-Title", title).body());
    }

    private static byte[] content(HttpResponse<byte[]> answer) {
        return WebServer.content(WebServer.parts(answer).getFirst());
    }

    @Test
    void anotherHospitalGetsItsOwnNumberByEveryWay() {
        server.persons.put(OWNER, Set.of(OWNER, new PatientKey(Bridge.XIAMEI.patientSystem(), "X-77")));
        for (byte[] file : files(CT, "XIAMEI")) {
            Dataset told = WebServer.dataset(file);
            assertThat(told.string(Tag.PatientID)).isEqualTo("X-77");
            assertThat(told.string(Tag.IssuerOfPatientID)).isEqualTo(Bridge.XIAMEI.patientSystem());
            assertThat(told.items(Tag.OtherPatientIDsSequence).getFirst().string(Tag.PatientID))
                    .isEqualTo(CT_PATIENT);
            assertThat(WebServer.pixels(file)).isEqualTo(WebServer.pixels(WebServer.sample("CT1_UNC.dcm")));
        }
        for (byte[] file : files(CT, "VIEWER")) {
            assertThat(WebServer.encoded(file)).isEqualTo(WebServer.encoded(WebServer.sample("CT1_UNC.dcm")));
        }
    }

    @Test
    void whoBelongsToNoHospitalIsToldWhoseNumberItIs() {
        for (byte[] file : files(CT, "STRANGER")) {
            assertThat(WebServer.dataset(file).string(Tag.PatientID)).isEqualTo(CT_PATIENT);
            assertThat(WebServer.dataset(file).string(Tag.IssuerOfPatientID)).isEqualTo(Bridge.HAIDU.patientSystem());
        }
    }

    @Test
    void theTagNamesThePatientAndTheAnswerDependsOnWhoAsks() {
        PatientKey there = new PatientKey(Bridge.XIAMEI.patientSystem(), "X-1");
        server.persons.put(OWNER, Set.of(OWNER, there));
        HttpResponse<byte[]> own = server.get(CT, "Accept", FILE);
        HttpResponse<byte[]> first = server.get(CT, "Accept", FILE, "X-AE-Title", "XIAMEI");
        String tag = WebServer.header(first, "ETag");
        assertThat(tag).startsWith("W/\"").isNotEqualTo(WebServer.header(own, "ETag"));
        for (String path : List.of(CT, study(CT), series(CT), wado(CT))) {
            assertThat(WebServer.header(server.get(path), "Vary")).isEqualTo("Accept, X-AE-Title");
            assertThat(WebServer.header(server.get(path), "Cache-Control")).contains("private");
        }
        assertThat(again(tag, "XIAMEI")).isEqualTo(304);
        assertThat(again(tag, "VIEWER")).isEqualTo(200);
        assertThat(again(WebServer.header(own, "ETag"), "XIAMEI")).isEqualTo(200);
        server.persons.put(OWNER, Set.of(OWNER));
        assertThat(again(tag, "XIAMEI")).as("of another person now").isEqualTo(200);
    }

    private static int again(String tag, String title) {
        return server.get(CT, "Accept", FILE, "X-AE-Title", title, "If-None-Match", tag)
                .statusCode();
    }

    @Test
    void compressedPixelsStayAsTheyAreBesideAnotherPatient() {
        byte[] file = server.get(
                        WebServer.path("MR1_JPLL.dcm"), "Accept", FILE + "; transfer-syntax=*", "X-AE-Title", "XIAMEI")
                .body();
        assertThat(WebServer.pixels(file)).isEqualTo(WebServer.pixels(WebServer.sample("MR1_JPLL.dcm")));
        assertThat(WebServer.dataset(file).string(Tag.IssuerOfPatientID)).isEqualTo(Bridge.HAIDU.patientSystem());
        byte[] decoded = server.get(
                        WebServer.path("MR1_JPLL.dcm"),
                        "Accept",
                        FILE + "; transfer-syntax=1.2.840.10008.1.2.1",
                        "X-AE-Title",
                        "XIAMEI")
                .body();
        assertThat(WebServer.pixels(decoded)).isEqualTo(WebServer.pixels(WebServer.sample("MR1_UNC.dcm")));
    }

    @Test
    void wholeStudiesAreDecodedToo() {
        HttpResponse<byte[]> answer = server.get(
                study(WebServer.path("MR1_JPLL.dcm")),
                "Accept",
                "multipart/related; type=\"application/dicom\"; transfer-syntax=1.2.840.10008.1.2.1");
        assertThat(answer.statusCode()).isEqualTo(200);
        byte[] decoded = WebServer.parts(answer).stream()
                .filter(part ->
                        String.valueOf(part.headers().get("content-location")).endsWith(WebServer.path("MR1_JPLL.dcm")))
                .map(WebServer::content)
                .findFirst()
                .orElseThrow();
        assertThat(WebServer.pixels(decoded)).isEqualTo(WebServer.pixels(WebServer.sample("MR1_UNC.dcm")));
    }

    @Test
    void nothingIsWrittenInBigEndian() {
        String path = WebServer.path("MR_small_bigendian.dcm");
        HttpResponse<byte[]> answer = server.get(path, "Accept", FILE, "X-AE-Title", "XIAMEI");
        assertThat(WebServer.header(answer, "Content-Type")).isEqualTo(FILE + "; transfer-syntax=1.2.840.10008.1.2.1");
        assertThat(WebServer.pixels(answer.body()))
                .isEqualTo(WebServer.pixels(WebServer.sample("MR_small_implicit.dcm")));
        String retired = FILE + "; transfer-syntax=1.2.840.10008.1.2.2";
        assertThat(server.get(path, "Accept", retired, "X-AE-Title", "XIAMEI").statusCode())
                .isEqualTo(406);
        assertThat(server.get(path, "Accept", retired).statusCode()).isEqualTo(200);
    }

    @Test
    void aPatientThatWasCorrectedIsSaidByEveryWayToItsOwnHospitalToo() {
        Dataset image = WebServer.image("WRONG", "1.2.3.70", "1.2.3.70.1", "1.2.3.70.2")
                .set(Tag.IssuerOfPatientID, Vr.LO, "WHO KNOWS")
                .set(new Element.Bytes(Tag.EncapsulatedDocument, Vr.OB, new byte[50_000]))
                .build();
        server.bridge.store(Bridge.HAIDU, image);
        long id = server.bridge.quarantine.open(0, 100).getLast().id();
        server.bridge.quarantine.accept(id, new PatientKey(Bridge.HAIDU.patientSystem(), "RIGHT"), "steward");
        String path = "/studies/1.2.3.70/series/1.2.3.70.1/instances/1.2.3.70.2";
        for (String title : List.of("VIEWER", "XIAMEI", "STRANGER")) {
            for (byte[] file : files(path, title)) {
                assertThat(WebServer.dataset(file).string(Tag.PatientID)).isEqualTo("RIGHT");
                assertThat(WebServer.dataset(file).string(Tag.IssuerOfPatientID))
                        .isNotEqualTo("WHO KNOWS");
            }
            byte[] value = server.get(path + "/bulkdata/00100020", "X-AE-Title", title, "Accept", Accepted.OCTETS)
                    .body();
            assertThat(new String(value, java.nio.charset.StandardCharsets.US_ASCII).strip())
                    .isEqualTo("RIGHT");
        }
        assertThat(server.get(path + "/bulkdata/00420011", "Accept", Accepted.OCTETS)
                        .body())
                .hasSize(50_000);
        assertThat(new String(server.get(path + "/metadata").body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("RIGHT");
        assertThat(WebServer.header(server.get(path, "Accept", FILE), "ETag")).startsWith("W/\"");
    }

    @Test
    void aStudyInErrorIsNotThereUntilItIsReinstated() {
        Dataset image =
                WebServer.image("P1", "1.2.3.80", "1.2.3.80.1", "1.2.3.80.2").build();
        server.bridge.store(Bridge.HAIDU, image);
        String path = "/studies/1.2.3.80/series/1.2.3.80.1/instances/1.2.3.80.2";
        server.bridge.decisions.decide("1.2.3.80", Decision.ENTERED_IN_ERROR, "steward", "wrong patient");
        for (String gone : List.of(
                path,
                series(path),
                study(path),
                path + "/metadata",
                series(path) + "/metadata",
                study(path) + "/metadata",
                path + "/frames/1",
                path + "/rendered",
                study(path) + "/thumbnail",
                path + "/bulkdata/00100020",
                wado(path))) {
            assertThat(server.get(gone).statusCode()).as(gone).isEqualTo(404);
        }
        String query = "/instances?StudyInstanceUID=1.2.3.80";
        assertThat(WebServer.json(server.get(query).body())).isEmpty();
        server.bridge.decisions.decide("1.2.3.80", Decision.REINSTATE, "steward", "right after all");
        assertThat(server.get(path).statusCode()).isEqualTo(200);
        assertThat(server.get(study(path) + "/metadata").statusCode()).isEqualTo(200);
        assertThat(WebServer.json(server.get(query).body())).hasSize(1);
    }
}
