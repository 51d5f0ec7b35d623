package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.query.Key;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** QIDO-RS, PS3.18 section 10.6. */
class SearchEndpointTest {
    private static WebServer server;

    @BeforeAll
    static void start() {
        server = new WebServer();
        add("P1", "1.2.3.1", "1.2.3.1.1", "1.2.3.1.1.1", "20260101", "0800", "CT", "Zhang^San=张^三");
        add("P1", "1.2.3.1", "1.2.3.1.1", "1.2.3.1.1.2", "20260101", "0800", "CT", "Zhang^San=张^三");
        add("P1", "1.2.3.1", "1.2.3.1.2", "1.2.3.1.2.1", "20260101", "0800", "SR", "Zhang^San=张^三");
        add("P2", "1.2.3.2", "1.2.3.2.1", "1.2.3.2.1.1", "20260102", "143000", "MR", "Wang^Xiaodong=王^小东");
        add("P3", "1.2.3.3", "1.2.3.3.1", "1.2.3.3.1.1", "20260215", "235959.5", "CT", "Li^Si");
    }

    private static void add(
            String patient,
            String study,
            String series,
            String instance,
            String date,
            String time,
            String modality,
            String name) {
        server.bridge.store(
                Bridge.HAIDU,
                WebServer.image(patient, study, series, instance)
                        .set(Tag.StudyDate, Vr.DA, date)
                        .set(Tag.StudyTime, Vr.TM, time)
                        .set(Tag.AccessionNumber, Vr.SH, "A" + patient)
                        .set(Tag.StudyDescription, Vr.LO, "Thorax " + patient)
                        .set(Tag.Modality, Vr.CS, modality)
                        .set(Tag.PatientName, Vr.PN, name)
                        .set(Tag.PatientSex, Vr.CS, "F")
                        .set(Tag.InstanceNumber, Vr.IS, instance.substring(instance.lastIndexOf('.') + 1))
                        .set(
                                Tag.RequestAttributesSequence,
                                List.of(Dataset.builder()
                                        .set(Tag.ScheduledProcedureStepID, Vr.SH, "S" + patient)
                                        .build()))
                        .build());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode search(String path) {
        HttpResponse<byte[]> answer = server.get(path);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return WebServer.json(answer.body());
    }

    private static List<String> values(JsonNode matches, String tag) {
        List<String> values = new ArrayList<>();
        matches.forEach(
                match -> values.add(match.path(tag).path("Value").path(0).asText()));
        return values;
    }

    private static List<String> studies(String query) {
        return values(search("/studies?" + query), "0020000D");
    }

    @Test
    void studiesComeNewestFirstWithTheAttributesOfTheTable() {
        JsonNode all = search("/studies");
        assertThat(values(all, "0020000D")).containsExactly("1.2.3.3", "1.2.3.2", "1.2.3.1");
        JsonNode first = all.path(2);
        assertThat(first.path("00080061").path("Value"))
                .extracting(JsonNode::asText)
                .containsExactly("CT", "SR");
        assertThat(first.path("00201206").path("Value").path(0).asInt()).isEqualTo(2);
        assertThat(first.path("00201208").path("Value").path(0).asInt()).isEqualTo(3);
        assertThat(first.path("00081190").path("Value").path(0).asText())
                .isEqualTo(WebServer.BASE + "/studies/1.2.3.1");
        assertThat(first.path("00080056").path("Value").path(0).asText()).isEqualTo("ONLINE");
        assertThat(first.path("00100010")
                        .path("Value")
                        .path(0)
                        .path("Ideographic")
                        .asText())
                .isEqualTo("张^三");
        assertThat(first.has("00101010")).isFalse();
    }

    /** So that whoever asks on by number and issuer means the same person. */
    @Test
    void toOthersThanTheHospitalOfThePatientTheIssuerIsSaid() {
        assertThat(search("/studies?StudyInstanceUID=1.2.3.1").path(0).has("00100021"))
                .isFalse();

        JsonNode told = WebServer.json(server.get("/studies?StudyInstanceUID=1.2.3.1", "X-AE-Title", "XIAMEI")
                        .body())
                .path(0);

        String issuer = told.path("00100021").path("Value").path(0).asText();
        assertThat(told.path("00100020").path("Value").path(0).asText()).isEqualTo("P1");
        assertThat(issuer).isEqualTo(Bridge.HAIDU.patientSystem());
        assertThat(told.path("00100024").at("/Value/0/00400032/Value/0").asText())
                .isEqualTo(issuer);
        String asked = "/studies?PatientID=P1&IssuerOfPatientID=" + URLEncoder.encode(issuer, StandardCharsets.UTF_8);
        assertThat(values(
                        WebServer.json(server.get(asked, "X-AE-Title", "XIAMEI").body()), "0020000D"))
                .containsExactly("1.2.3.1");
    }

    @Test
    void whatFindsNothingIsAnEmptyArray() {
        assertThat(search("/studies?AccessionNumber=none")).isEmpty();
        assertThat(search("/studies/9.9.9/series")).isEmpty();
    }

    @Test
    void keysMatchTogether() {
        assertThat(studies("00080050=AP2")).containsExactly("1.2.3.2");
        assertThat(studies("ModalitiesInStudy=CT&PatientSex=F")).containsExactly("1.2.3.3", "1.2.3.1");
        assertThat(studies("ModalitiesInStudy=CT&AccessionNumber=AP2")).isEmpty();
        assertThat(studies("RequestAttributesSequence.ScheduledProcedureStepID=SP3"))
                .containsExactly("1.2.3.3");
        assertThat(studies("StudyInstanceUID=1.2.3.1,1.2.3.3")).containsExactly("1.2.3.3", "1.2.3.1");
        assertThat(studies("StudyInstanceUID=1.2.3.1%5C1.2.3.3")).containsExactly("1.2.3.3", "1.2.3.1");
    }

    @Test
    void namesMatchByPatternAndBySound() {
        assertThat(studies("PatientName=zhang%5Esan")).containsExactly("1.2.3.1");
        assertThat(studies("PatientName=WANG*")).containsExactly("1.2.3.2");
        assertThat(studies("PatientName=%E7%8E%8B*")).containsExactly("1.2.3.2");
        assertThat(studies("PatientName=xiaod&fuzzymatching=true")).containsExactly("1.2.3.2");
        assertThat(studies("PatientName=xiaod")).isEmpty();
    }

    @Test
    void datesAndTimesHaveRangesThatAreOne() {
        assertThat(studies("StudyDate=20260101-20260131")).containsExactly("1.2.3.2", "1.2.3.1");
        assertThat(studies("StudyDate=20260102-")).containsExactly("1.2.3.3", "1.2.3.2");
        assertThat(studies("StudyTime=08")).containsExactly("1.2.3.1");
        assertThat(studies("StudyTime=14-")).containsExactly("1.2.3.3", "1.2.3.2");
        assertThat(studies("StudyDate=20260101-20260102&StudyTime=0900-1400")).isEmpty();
        assertThat(studies("StudyDate=20260101-20260102&StudyTime=0900-1500")).containsExactly("1.2.3.2");
    }

    @Test
    void aPatientIdMeansWhomItMeansToWhoeverAsks() {
        assertThat(studies("PatientID=P1")).containsExactly("1.2.3.1");
        assertThat(studies("PatientID=CARD")).containsExactly("1.2.3.1");
        assertThat(studies("PatientID=P1&IssuerOfPatientID=HDHIS")).containsExactly("1.2.3.1");
        assertThat(studies("PatientID=P1&IssuerOfPatientID=COUNTY")).isEmpty();
        assertThat(WebServer.json(server.get("/studies?PatientID=P1", "X-AE-Title", "XIAMEI")
                        .body()))
                .isEmpty();
        assertThat(WebServer.json(server.get("/studies?PatientID=P1", "X-AE-Title", "STRANGER")
                        .body()))
                .isEmpty();
    }

    @Test
    void seriesTellOfTheirStudyUnlessThePathDoes() {
        JsonNode inStudy = search("/studies/1.2.3.1/series");
        assertThat(values(inStudy, "00080060")).containsExactlyInAnyOrder("CT", "SR");
        assertThat(inStudy.path(0).has("00100020")).isFalse();
        assertThat(inStudy.path(0).path("00081190").path("Value").path(0).asText())
                .startsWith(WebServer.BASE + "/studies/1.2.3.1/series/1.2.3.1.");
        JsonNode all = search("/series?Modality=SR");
        assertThat(values(all, "0020000E")).containsExactly("1.2.3.1.2");
        assertThat(all.path(0).path("00100020").path("Value").path(0).asText()).isEqualTo("P1");
        assertThat(all.path(0).path("00201209").path("Value").path(0).asInt()).isEqualTo(1);
    }

    @Test
    void whatIsAskedOfTheStudyFindsAllOfItsSeries() {
        assertThat(values(search("/series?ModalitiesInStudy=SR"), "0020000E"))
                .containsExactlyInAnyOrder("1.2.3.1.1", "1.2.3.1.2");
        assertThat(values(search("/studies/1.2.3.1/instances?ModalitiesInStudy=SR"), "00080018"))
                .hasSize(3);
        assertThat(studies("Modality=SR")).containsExactly("1.2.3.1");
        assertThat(studies("SOPInstanceUID=1.2.3.2.1.1")).containsExactly("1.2.3.2");
    }

    @Test
    void instancesTellOfSeriesAndStudyUnlessThePathDoes() {
        JsonNode inSeries = search("/studies/1.2.3.1/series/1.2.3.1.1/instances");
        assertThat(values(inSeries, "00080018")).containsExactly("1.2.3.1.1.1", "1.2.3.1.1.2");
        assertThat(inSeries.path(0).has("00080060")).isFalse();
        assertThat(search("/studies/1.2.3.1/instances").path(0).has("00080060")).isTrue();
        JsonNode one = search("/instances?SOPInstanceUID=1.2.3.2.1.1");
        assertThat(one).hasSize(1);
        assertThat(one.path(0).path("00100020").path("Value").path(0).asText()).isEqualTo("P2");
        assertThat(one.path(0).path("00081190").path("Value").path(0).asText())
                .isEqualTo(WebServer.BASE + "/studies/1.2.3.2/series/1.2.3.2.1/instances/1.2.3.2.1.1");
    }

    @Test
    void fieldsAreAddedWhereAskedFor() {
        assertThat(search("/studies/1.2.3.1/series").path(0).has("00081030")).isFalse();
        assertThat(search("/studies/1.2.3.1/series?includefield=StudyDescription,PatientID")
                        .path(0)
                        .has("00081030"))
                .isTrue();
        assertThat(search("/studies/1.2.3.1/series?includefield=all").path(0).has("00100010"))
                .isTrue();
    }

    @Test
    void thereIsAWarningWhereThereIsMore() {
        HttpResponse<byte[]> answer = server.get("/studies?limit=2");
        assertThat(WebServer.json(answer.body())).hasSize(2);
        assertThat(WebServer.header(answer, "Warning")).startsWith("299 ").contains("offset=2");
        HttpResponse<byte[]> rest = server.get("/studies?limit=2&offset=2");
        assertThat(values(WebServer.json(rest.body()), "0020000D")).containsExactly("1.2.3.1");
        assertThat(rest.headers().firstValue("Warning")).isEmpty();
    }

    @Test
    void whatIsNotUnderstoodIsRefusedByItsName() {
        for (String name : List.of("Patient", "StudyDate", "PatientWeight", "limit", "00100010.00100020")) {
            HttpResponse<byte[]> answer = server.get("/studies?" + name + "=x");
            assertThat(answer.statusCode()).as(name).isEqualTo(400);
            assertThat(WebServer.json(answer.body())
                            .path("faults")
                            .path(0)
                            .path("place")
                            .asText())
                    .isEqualTo(name);
        }
    }

    @Test
    void matchesAreGivenAsJsonOnly() {
        assertThat(server.get("/studies", "Accept", "multipart/related; type=\"application/dicom+xml\"")
                        .statusCode())
                .isEqualTo(406);
        assertThat(server.get("/studies", "Accept", "application/dicom+json").statusCode())
                .isEqualTo(200);
        assertThat(server.get("/studies", "Accept", "*/*").statusCode()).isEqualTo(200);
    }

    @Test
    void noQuestionIsAFailureOfTheServer() {
        Random random = new Random(18);
        String alphabet = "0123456789-.*?\\,^= AZaz%_'\"张\u0000";
        for (int round = 0; round < 600; round++) {
            Key key = List.of(Key.values()).get(random.nextInt(Key.values().length));
            String name = (key.sequence() == 0 ? "" : "00400275.") + "%08X".formatted(key.tag());
            StringBuilder value = new StringBuilder();
            for (int k = random.nextInt(8); k > 0; k--) {
                value.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String path = List.of("/studies", "/series", "/instances").get(random.nextInt(3));
            int status = server.get(
                            path + "?" + name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8))
                    .statusCode();
            assertThat(status).as(path + " " + key + " " + value).isIn(200, 400);
        }
    }
}
