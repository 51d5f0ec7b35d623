package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FhirServer.Running.class)
@Timeout(120)
class LateArrivalsTest {
    private final FhirServer server;
    private final FhirClient client;
    private final LateArrivals late;
    private final RememberedStudies index = new RememberedStudies();

    LateArrivalsTest(FhirServer server) {
        this.server = server;
        this.client = FhirClient.at(server.base());
        this.late = new LateArrivals(client, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        client.close();
    }

    private String publish(SomeStudy study) {
        index.put(study);
        PublishedAs as = new PublishedAs(
                "http://images.example.org/dicomweb", "http://images.example.org/film", ZoneId.of("Asia/Shanghai"));
        new FhirPublisher(index, client, as, Clock.systemUTC(), Duration.ZERO).round();
        assertThat(index.publishedVersion(study)).isEqualTo(1);
        return "ImagingStudy/" + imagingStudy(study).path("id").asText();
    }

    private JsonNode imagingStudy(SomeStudy study) {
        return server.search("ImagingStudy", "urn:dicom:uid", "urn:oid:" + study.uid)
                .getFirst();
    }

    private String patient(SomeStudy study) {
        return imagingStudy(study).path("subject").path("reference").asText();
    }

    /** Reads both feeds to their ends. */
    private void follow() {
        for (int round = 0; round < 20; round++) {
            if (late.round().isPositive()) {
                return;
            }
        }
        throw new AssertionError("the feeds do not end");
    }

    private String register(Source source, String id) {
        return "Patient/"
                + server.create("{'resourceType':'Patient','identifier':[{'system':'" + source.patientSystem()
                                + "','value':'" + id + "'}]}")
                        .path("id")
                        .asText();
    }

    private JsonNode report(String patient, String rest) {
        return server.create("{'resourceType':'DiagnosticReport','status':'final','code':{'text':'CT'},"
                + "'subject':{'reference':'" + patient + "'}," + rest + "}");
    }

    private JsonNode links(JsonNode report) {
        return server.read("DiagnosticReport/" + report.path("id").asText()).path("imagingStudy");
    }

    private static String accession(SomeStudy study) {
        return "'identifier':[{'system':'" + study.source.accessionSystem() + "','value':'" + study.accession + "'}]";
    }

    @Test
    void aReportThatComesLaterIsLinked() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "L1");
        String imagingStudy = publish(study);
        JsonNode byNumber = report(patient(study), accession(study));
        JsonNode byUid = report(
                patient(study),
                "'imagingStudy':[{'identifier':{'system':'urn:dicom:uid','value':'urn:oid:" + study.uid + "'}}]");
        follow();
        assertThat(links(byNumber).path(0).path("reference").asText()).isEqualTo(imagingStudy);
        assertThat(links(byUid).path(0).path("reference").asText()).isEqualTo(imagingStudy);
        follow();
        assertThat(links(byNumber)).hasSize(1);
    }

    @Test
    void aReportOfSomebodyElseIsNot() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "L2");
        publish(study);
        JsonNode report = report(register(Hospitals.EAST, "SOMEBODY"), accession(study));
        follow();
        assertThat(links(report)).isEmpty();
    }

    @Test
    void allStudiesUnderANumberAreLinkedToItsReport() {
        SomeStudy first = new SomeStudy(Hospitals.EAST, "L3");
        SomeStudy second = new SomeStudy(Hospitals.EAST, "L3").with(Tag.AccessionNumber, Vr.SH, first.accession);
        publish(first);
        publish(second);
        JsonNode report = report(patient(first), accession(first));
        follow();
        assertThat(links(report)).hasSize(2);
    }

    @Test
    void aReportThatIsWrittenAnewWithoutTheLinkGetsItAgain() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "L4");
        String imagingStudy = publish(study);
        JsonNode report = report(patient(study), accession(study));
        follow();
        assertThat(links(report)).hasSize(1);
        server.put(((ObjectNode) report).put("conclusion", "未见异常"));
        assertThat(links(report)).isEmpty();
        follow();
        assertThat(links(report).path(0).path("reference").asText()).isEqualTo(imagingStudy);
        assertThat(server.read("DiagnosticReport/" + report.path("id").asText())
                        .path("conclusion")
                        .asText())
                .isEqualTo("未见异常");
    }

    @Test
    void anOrderThatComesLaterIsNamedAndAReportBasedOnItLinked() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "L5");
        String imagingStudy = publish(study);
        String order = "ServiceRequest/"
                + server.create("{'resourceType':'ServiceRequest','status':'active','intent':'order',"
                                + accession(study) + ",'subject':{'reference':'" + patient(study) + "'}}")
                        .path("id")
                        .asText();
        JsonNode report = report(patient(study), "'basedOn':[{'reference':'" + order + "'}]");
        follow();
        assertThat(imagingStudy(study).path("basedOn").path(0).path("reference").asText())
                .isEqualTo(order);
        assertThat(links(report).path(0).path("reference").asText()).isEqualTo(imagingStudy);
    }

    @Test
    void anOrderOfSomebodyElseIsNotNamed() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "L6");
        publish(study);
        server.create("{'resourceType':'ServiceRequest','status':'active','intent':'order'," + accession(study)
                + ",'subject':{'reference':'" + register(Hospitals.EAST, "SOMEBODY-6") + "'}}");
        follow();
        assertThat(imagingStudy(study).has("basedOn")).isFalse();
    }

    @Test
    void howFarAFeedWasReadIsKeptInTheServer() {
        FeedPosition position = new FeedPosition(client, "test", Clock.systemUTC());
        Instant before = position.get();
        assertThat(before).isBefore(Instant.now().minus(Duration.ofMinutes(59)));
        Instant read = Instant.parse("2026-03-02T01:02:03.004Z");
        FeedPosition fresh =
                new FeedPosition(client, "test", Clock.fixed(read.minus(Duration.ofMinutes(30)), ZoneId.of("UTC")));
        fresh.get();
        fresh.advance(read);
        assertThat(server.search("Basic", Systems.BRIDGE, "feed-test")).hasSize(1);
        assertThat(new FeedPosition(client, "test", Clock.systemUTC()).get()).isEqualTo(read);
        fresh.advance(read.plusSeconds(60));
        fresh.advance(read.plusSeconds(30));
        assertThat(new FeedPosition(client, "test", Clock.systemUTC()).get()).isEqualTo(read);
        fresh.write();
        assertThat(new FeedPosition(client, "test", Clock.systemUTC()).get()).isEqualTo(read.plusSeconds(60));
        assertThat(server.search("Basic", Systems.BRIDGE, "feed-test")).hasSize(1);
    }

    @Test
    void moreThanARoundReadsIsReadToItsEndInSeveral() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "L7");
        String imagingStudy = publish(study);
        String patient = patient(study);
        for (int bundle = 0; bundle < 8; bundle++) {
            StringBuilder entries = new StringBuilder();
            for (int i = 0; i < 290; i++) {
                entries.append(i == 0 ? "" : ",").append(anyReport(patient, "NONE-" + bundle + "-" + i));
            }
            transaction(entries.toString());
        }
        transaction(anyReport(patient, study.accession));
        assertThat(late.round()).isZero();
        follow();
        List<JsonNode> report = server.search("DiagnosticReport", "urn:oid:1.2.3.1.2", study.accession);
        assertThat(report).hasSize(1);
        assertThat(report.getFirst()
                        .path("imagingStudy")
                        .path(0)
                        .path("reference")
                        .asText())
                .isEqualTo(imagingStudy);
    }

    private static String anyReport(String patient, String accession) {
        return "{'resource':{'resourceType':'DiagnosticReport','status':'final','code':{'text':'x'},'subject':{'reference':'"
                + patient + "'},'identifier':[{'system':'urn:oid:1.2.3.1.2','value':'" + accession
                + "'}]},'request':{'method':'POST','url':'DiagnosticReport'}}";
    }

    private void transaction(String entries) {
        client.post("", FhirServer.parse("{'resourceType':'Bundle','type':'transaction','entry':[" + entries + "]}"))
                .ok();
    }
}
