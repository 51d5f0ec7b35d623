package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FhirServer.Running.class)
@Timeout(120)
class FhirPublisherTest {
    private static final PublishedAs AS = new PublishedAs(
            "http://images.example.org/dicomweb", "http://images.example.org/film", ZoneId.of("Asia/Shanghai"));

    private final FhirServer server;
    private final RememberedStudies index = new RememberedStudies();
    private final FhirClient client;
    private final FhirPublisher publisher;

    FhirPublisherTest(FhirServer server) {
        this.server = server;
        this.client = FhirClient.at(server.base());
        this.publisher = new FhirPublisher(index, client, AS, Clock.systemUTC(), Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void publish(SomeStudy... studies) {
        List.of(studies).forEach(index::put);
        publisher.round();
    }

    private JsonNode published(SomeStudy study) {
        List<JsonNode> found = server.search("ImagingStudy", "urn:dicom:uid", "urn:oid:" + study.uid);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private List<JsonNode> patients(SomeStudy study) {
        return server.search("Patient", study.patient.system(), study.patient.id());
    }

    /** A patient of the study's hospital, as the hospital's own system tells of it. */
    private String register(Source source, String id, String residentId) {
        return "Patient/"
                + server.create("{'resourceType':'Patient','identifier':[{'system':'" + source.patientSystem()
                                + "','value':'" + id + "'},{'system':'urn:oid:2.16.156.10011.1.3','value':'"
                                + residentId
                                + "'}],'name':[{'text':'张三'}],'gender':'female','birthDate':'1949-12-31'}")
                        .path("id")
                        .asText();
    }

    private String order(String patient, Source source, String accession) {
        return "ServiceRequest/"
                + server.create(
                                "{'resourceType':'ServiceRequest','status':'active','intent':'order','identifier':[{'system':'"
                                        + source.accessionSystem() + "','value':'" + accession
                                        + "'}],'subject':{'reference':'"
                                        + patient + "'}}")
                        .path("id")
                        .asText();
    }

    private String report(String patient, String rest) {
        return "DiagnosticReport/"
                + server.create("{'resourceType':'DiagnosticReport','status':'final','code':{'text':'胸部CT'},"
                                + "'subject':{'reference':'" + patient + "'}," + rest + "}")
                        .path("id")
                        .asText();
    }

    private JsonNode links(String report) {
        return server.read(report).path("imagingStudy");
    }

    private static String reference(JsonNode resource) {
        return resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
    }

    @Test
    void aStudyIsPublishedWithItsPatientAndTheAddressOfItsImages() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "FIRST");
        publish(study);
        JsonNode resource = published(study);
        assertThat(resource.path("numberOfInstances").asInt()).isEqualTo(2);
        assertThat(resource.path("started").asText()).isEqualTo("2026-03-02T08:30:15.25+08:00");
        assertThat(resource.has("basedOn")).isFalse();
        assertThat(patients(study)).hasSize(1);
        assertThat(resource.path("subject").path("reference").asText())
                .isEqualTo(reference(patients(study).getFirst()));
        JsonNode endpoint =
                server.read(resource.path("endpoint").path(0).path("reference").asText());
        assertThat(endpoint.path("address").asText()).isEqualTo(AS.dicomweb());
        assertThat(endpoint.path("connectionType").path("code").asText()).isEqualTo("dicom-wado-rs");
        assertThat(index.publishedVersion(study)).isEqualTo(1);
    }

    @Test
    void sentTwiceItIsThereOnceAndUnchanged() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "TWICE").addDocument(SomeStudy.PDF, "DOC", "{}");
        publish(study);
        index.forgetPublished();
        publisher.round();
        assertThat(index.publishedVersion(study)).isEqualTo(1);
        assertThat(patients(study)).hasSize(1);
        assertThat(published(study).path("meta").path("versionId").asText()).isEqualTo("1");
        List<JsonNode> documents =
                server.search("DocumentReference", "urn:ietf:rfc:3986", "urn:oid:" + study.sopInstance(2, 1));
        assertThat(documents).hasSize(1);
        assertThat(documents.getFirst().path("meta").path("versionId").asText()).isEqualTo("1");
        assertThat(server.search("Endpoint", Systems.BRIDGE, "dicom-wado-rs")).hasSize(1);
    }

    @Test
    void whoIsKilledBeforeNotingItPublishesTheSameAgain() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "KILLED");
        index.put(study);
        index.killedBeforeNoting(true);
        assertThatIllegalStateException().isThrownBy(publisher::round);
        assertThat(published(study).path("status").asText()).isEqualTo("available");
        assertThat(index.publishedVersion(study)).isZero();
        index.killedBeforeNoting(false);
        new FhirPublisher(index, client, AS, Clock.systemUTC(), Duration.ZERO).round();
        assertThat(index.publishedVersion(study)).isEqualTo(1);
        assertThat(published(study).path("meta").path("versionId").asText()).isEqualTo("1");
        assertThat(patients(study)).hasSize(1);
    }

    @Test
    void aLateImageUpdatesTheSameResource() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "LATE");
        publish(study);
        String first = reference(published(study));
        study.late();
        publisher.round();
        JsonNode resource = published(study);
        assertThat(reference(resource)).isEqualTo(first);
        assertThat(resource.path("meta").path("versionId").asText()).isEqualTo("2");
        assertThat(resource.path("numberOfInstances").asInt()).isEqualTo(3);
        assertThat(index.publishedVersion(study)).isEqualTo(2);
    }

    @Test
    void equalNumbersOfTwoHospitalsAreTwoPatients() {
        SomeStudy east = new SomeStudy(Hospitals.EAST, "0001");
        SomeStudy west = new SomeStudy(Hospitals.WEST, "0001")
                .with(Tag.PatientName, Vr.PN, "Zhao^Liu=赵^六")
                .with(Tag.PatientSex, Vr.CS, "M");
        publish(east, west);
        assertThat(published(east).path("subject").path("reference").asText())
                .isNotEqualTo(published(west).path("subject").path("reference").asText());
        assertThat(patients(east)).hasSize(1);
        assertThat(patients(west)).hasSize(1);
        assertThat(patients(west).getFirst().path("gender").asText()).isEqualTo("male");
    }

    @Test
    void aPatientThatIsThereIsNotChanged() {
        String patient = register(Hospitals.EAST, "KNOWN", Hospitals.residentId(1));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "KNOWN").with(Tag.PatientName, Vr.PN, "ZHANG SAN CT");
        publish(study);
        assertThat(published(study).path("subject").path("reference").asText()).isEqualTo(patient);
        JsonNode kept = server.read(patient);
        assertThat(kept.path("meta").path("versionId").asText()).isEqualTo("1");
        assertThat(kept.path("name").path(0).path("text").asText()).isEqualTo("张三");
    }

    @Test
    void theOneOrderWithItsAccessionNumberIsNamed() {
        String patient = register(Hospitals.EAST, "ORDERED", Hospitals.residentId(2));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "ORDERED");
        String order = order(patient, Hospitals.EAST, study.accession);
        publish(study);
        assertThat(published(study).path("basedOn").path(0).path("reference").asText())
                .isEqualTo(order);
    }

    @Test
    void anOrderOfTheSamePersonAtAnotherHospitalCounts() {
        register(Hospitals.EAST, "PERSON", Hospitals.residentId(3));
        String elsewhere = register(Hospitals.WEST, "W3", Hospitals.residentId(3));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "PERSON");
        String order = order(elsewhere, Hospitals.EAST, study.accession);
        publish(study);
        assertThat(published(study).path("basedOn").path(0).path("reference").asText())
                .isEqualTo(order);
    }

    @Test
    void anOrderOfSomebodyElseDoesNotCount() {
        String other = register(Hospitals.EAST, "OTHER4", Hospitals.residentId(4));
        register(Hospitals.EAST, "MINE4", Hospitals.residentId(5));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "MINE4");
        order(other, Hospitals.EAST, study.accession);
        publish(study);
        assertThat(published(study).has("basedOn")).isFalse();
    }

    @Test
    void twoOrdersUnderOneNumberNameNone() {
        String patient = register(Hospitals.EAST, "TWO", Hospitals.residentId(6));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "TWO");
        order(patient, Hospitals.EAST, study.accession);
        order(patient, Hospitals.EAST, study.accession);
        publish(study);
        assertThat(published(study).has("basedOn")).isFalse();
    }

    @Test
    void anEqualNumberOfAnotherHospitalIsNoOrder() {
        String patient = register(Hospitals.EAST, "SYSTEM", Hospitals.residentId(7));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "SYSTEM");
        order(patient, Hospitals.WEST, study.accession);
        publish(study);
        assertThat(published(study).has("basedOn")).isFalse();
    }

    @Test
    void reportsThatAreThereAreLinked() {
        String patient = register(Hospitals.EAST, "REPORTED", Hospitals.residentId(8));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "REPORTED");
        String order = order(patient, Hospitals.EAST, study.accession);
        String byNumber =
                report(patient, "'identifier':[{'system':'urn:oid:1.2.3.1.2','value':'" + study.accession + "'}]");
        String byOrder = report(patient, "'basedOn':[{'reference':'" + order + "'}]");
        String byUid = report(
                patient,
                "'imagingStudy':[{'identifier':{'system':'urn:dicom:uid','value':'urn:oid:" + study.uid + "'}}]");
        String unrelated = report(patient, "'identifier':[{'system':'urn:oid:1.2.3.1.2','value':'A-0'}]");
        publish(study);
        String expected = reference(published(study));
        assertThat(links(byNumber).path(0).path("reference").asText()).isEqualTo(expected);
        assertThat(links(byOrder).path(0).path("reference").asText()).isEqualTo(expected);
        assertThat(links(byUid)).hasSize(1);
        assertThat(links(byUid).path(0).path("reference").asText()).isEqualTo(expected);
        assertThat(links(byUid).path(0).path("identifier").path("system").asText())
                .isEqualTo("urn:dicom:uid");
        assertThat(links(unrelated)).isEmpty();
        index.forgetPublished();
        publisher.round();
        assertThat(links(byNumber)).hasSize(1);
        assertThat(server.read(byNumber).path("meta").path("versionId").asText())
                .isEqualTo("2");
    }

    @Test
    void aReportOfSomebodyElseIsNotLinkedWhateverItsNumber() {
        String other = register(Hospitals.EAST, "OTHER9", Hospitals.residentId(9));
        register(Hospitals.EAST, "MINE9", Hospitals.residentId(10));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "MINE9");
        String report = report(
                other,
                "'identifier':[{'system':'urn:oid:1.2.3.1.2','value':'" + study.accession
                        + "'},{'system':'urn:dicom:uid','value':'urn:oid:" + study.uid + "'}]");
        publish(study);
        assertThat(index.publishedVersion(study)).isEqualTo(1);
        assertThat(links(report)).isEmpty();
    }

    @Test
    void reportsAndPdfsAreDocumentsOfTheStudy() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "DOCUMENTS")
                .addDocument(
                        SomeStudy.DOSE_REPORT,
                        "SR",
                        "{'0040A043':{'vr':'SQ','Value':[{'00080100':{'vr':'SH','Value':['113701']},"
                                + "'00080102':{'vr':'SH','Value':['DCM']},"
                                + "'00080104':{'vr':'LO','Value':['X-Ray Radiation Dose Report']}}]}}")
                .addDocument(SomeStudy.PDF, "DOC", "{'00420010':{'vr':'ST','Value':['报告单']}}");
        publish(study);
        String imagingStudy = reference(published(study));
        JsonNode dose = server.search("DocumentReference", "urn:ietf:rfc:3986", "urn:oid:" + study.sopInstance(2, 1))
                .getFirst();
        JsonNode pdf = server.search("DocumentReference", "urn:ietf:rfc:3986", "urn:oid:" + study.sopInstance(3, 1))
                .getFirst();
        for (JsonNode document : List.of(dose, pdf)) {
            assertThat(document.path("context")
                            .path("related")
                            .path(0)
                            .path("reference")
                            .asText())
                    .isEqualTo(imagingStudy);
            assertThat(document.path("subject").path("reference").asText())
                    .isEqualTo(reference(patients(study).getFirst()));
        }
        assertThat(pdf.path("description").asText()).isEqualTo("报告单");
        assertThat(pdf.path("content").path(0).path("attachment").path("url").asText())
                .isEqualTo(AS.dicomweb() + "/studies/" + study.uid + "/series/" + study.uid + ".3/instances/"
                        + study.sopInstance(3, 1) + "/rendered");
    }

    @Test
    void aStudyThatTheServerHasUnderSomebodyElseIsNotOverwritten() {
        String other = register(Hospitals.WEST, "THIEF", Hospitals.residentId(11));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "VICTIM");
        server.create("{'resourceType':'ImagingStudy','status':'available','identifier':[{'system':'urn:dicom:uid',"
                + "'value':'urn:oid:" + study.uid + "'}],'subject':{'reference':'" + other + "'}}");
        publish(study);
        assertThat(published(study).path("subject").path("reference").asText()).isEqualTo(other);
        assertThat(index.publishedVersion(study)).isZero();
    }

    @Test
    void aStudyThatIsRefusedDoesNotKeepOthersBack() {
        Source nowhere = new Source("x", "Organization/nowhere", "urn:oid:1.9.1", "urn:oid:1.9.2", Map.of(), null);
        SomeStudy refused = new SomeStudy(nowhere, "REFUSED");
        SomeStudy other = new SomeStudy(Hospitals.EAST, "GOES-ON");
        publish(refused, other);
        assertThat(index.publishedVersion(refused)).isZero();
        assertThat(index.publishedVersion(other)).isEqualTo(1);
        ObjectNode organization =
                ((ObjectNode) FhirServer.parse("{'resourceType':'Organization'}")).put("id", "nowhere");
        server.put(organization);
        new FhirPublisher(index, client, AS, Clock.systemUTC(), Duration.ZERO).round();
        assertThat(index.publishedVersion(refused)).isEqualTo(1);
    }

    @Test
    void theEntryOfTheInsuranceIsThereWhenAllItsPartsAre() {
        server.put(FhirServer.parse("{'resourceType':'Organization','id':'insured-hospital','identifier':[{'system':"
                + "'urn:oid:2.16.156.10011.1.5','value':'123502004266007916'}]}"));
        Source source =
                new Source("s", "Organization/insured-hospital", "urn:oid:1.8.1", "urn:oid:1.8.2", Map.of(), null);
        server.create("{'resourceType':'Patient','identifier':[{'system':'urn:oid:1.8.1','value':'INSURED'},{'system':"
                + "'https://countyhub.org/sid/insurance-person-code','value':'10000000000000000708463177'}]}");
        SomeStudy insured = new SomeStudy(source, "INSURED");
        SomeStudy without = new SomeStudy(source, "UNINSURED");
        publish(insured, without);
        assertThat(published(insured).path("identifier").path(2).path("value").asText())
                .isEqualTo("10000000000000000708463177-202603020830-000000000-0000000000000-123502004266007916");
        assertThat(published(without).path("identifier")).hasSize(2);
    }

    @Test
    void oddHeadersAreTaken() {
        SomeStudy study = new SomeStudy(Hospitals.EAST, "ODD|1,2$3\\4 &=?")
                .with(Tag.PatientName, Vr.PN, "<b>'\"^&= \u0007=")
                .with(Tag.PatientBirthDate, Vr.DA, "unknown")
                .with(Tag.StudyDate, Vr.DA, "20260230")
                .with(Tag.AccessionNumber, Vr.SH, "A|1,2$3 &")
                .with(Tag.StudyDescription, Vr.LO, "\u0000 \u001b[31m<script>");
        publish(study);
        index.forgetPublished();
        publisher.round();
        assertThat(index.publishedVersion(study)).isEqualTo(1);
        assertThat(published(study).has("started")).isFalse();
    }
}
