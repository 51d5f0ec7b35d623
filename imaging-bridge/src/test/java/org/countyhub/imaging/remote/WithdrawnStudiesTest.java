package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import org.countyhub.imaging.study.Study.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Studies that somebody has cancelled, entered in error or deleted, as the FHIR server is told of them. */
@ExtendWith(FhirServer.Running.class)
@Timeout(120)
class WithdrawnStudiesTest {
    private final FhirServer server;
    private final Publishing hub;

    WithdrawnStudiesTest(FhirServer server) {
        this.server = server;
        this.hub = new Publishing(server);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private static SomeStudy withDocuments(String patientId) {
        return new SomeStudy(Hospitals.EAST, patientId)
                .addDocument(SomeStudy.DOSE_REPORT, "SR", "{}")
                .addDocument(SomeStudy.PDF, "DOC", "{'00420010':{'vr':'ST','Value':['报告单']}}");
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED, cancelled", "ENTERED_IN_ERROR, entered-in-error"})
    void whatIsDecidedOfAPublishedStudyIsItsStatus(Status decided, String status) {
        SomeStudy study = withDocuments("DECIDED-" + decided);
        hub.publish(study);
        assertThat(hub.imagingStudy(study).path("status").asText()).isEqualTo("available");

        hub.publish(study.decided(decided));

        JsonNode resource = hub.imagingStudy(study);
        assertThat(hub.isPublished(study)).isTrue();
        assertThat(resource.path("status").asText()).isEqualTo(status);
        assertThat(resource.path("numberOfInstances").asInt()).isEqualTo(4);
        for (String instance : new String[] {study.sopInstance(2, 1), study.sopInstance(3, 1)}) {
            JsonNode document = hub.document(instance);
            assertThat(document.path("status").asText()).isEqualTo("entered-in-error");
            assertThat(document.at("/context/related/0/reference").asText()).isEqualTo(Publishing.reference(resource));
        }
    }

    @Test
    void whatIsTakenBackIsAvailableAgain() {
        SomeStudy study = withDocuments("REINSTATED");
        hub.publish(study);
        hub.publish(study.decided(Status.ENTERED_IN_ERROR));

        hub.publish(study.decided(Status.AVAILABLE));

        assertThat(hub.imagingStudy(study).path("status").asText()).isEqualTo("available");
        assertThat(hub.document(study.sopInstance(3, 1)).path("status").asText())
                .isEqualTo("current");
    }

    @Test
    void documentsOfADeletedStudyAreInErrorThoughTheIndexHasForgottenThem() {
        SomeStudy study = withDocuments("DELETED");
        String sr = study.sopInstance(2, 1);
        hub.publish(study);

        study.deleted();
        hub.publish(study);

        JsonNode resource = hub.imagingStudy(study);
        assertThat(resource.path("status").asText()).isEqualTo("entered-in-error");
        assertThat(resource.path("numberOfInstances").asInt()).isZero();
        assertThat(resource.has("series")).isFalse();
        assertThat(hub.document(sr).path("status").asText()).isEqualTo("entered-in-error");
    }

    @Test
    void saidTwiceItIsThereOnce() {
        SomeStudy study = withDocuments("TWICE-IN-ERROR");
        hub.publish(study);
        hub.publish(study.decided(Status.ENTERED_IN_ERROR));
        hub.index.forgetPublished();

        hub.publish(study);

        assertThat(hub.isPublished(study)).isTrue();
        assertThat(Publishing.version(hub.imagingStudy(study))).isEqualTo("2");
        assertThat(Publishing.version(hub.document(study.sopInstance(2, 1)))).isEqualTo("2");
    }

    @Test
    void documentsOfOthersThatAreAboutTheStudyAreLeft() {
        SomeStudy study = withDocuments("FOREIGN-DOCUMENT");
        hub.publish(study);
        JsonNode resource = hub.imagingStudy(study);
        String foreign = Publishing.reference(server.create("{'resourceType':'DocumentReference','status':'current',"
                + "'masterIdentifier':{'system':'urn:x','value':'" + study.uid + "'},'subject':"
                + resource.path("subject") + ",'content':[{'attachment':{'url':'http://ris.example.org/1.pdf'}}],"
                + "'context':{'related':[{'reference':'" + Publishing.reference(resource) + "'}]}}"));

        hub.publish(study.decided(Status.ENTERED_IN_ERROR));

        assertThat(server.read(foreign).path("status").asText()).isEqualTo("current");
    }

    private String report(String patient, SomeStudy study) {
        return Publishing.reference(server.create(
                "{'resourceType':'DiagnosticReport','status':'final','code':{'text':'胸部CT'},'subject':{'reference':'"
                        + patient + "'},'identifier':[{'system':'urn:dicom:uid','value':'urn:oid:" + study.uid
                        + "'}]}"));
    }

    @Test
    void noReportIsLinkedToIt() {
        String patient = hub.register(Hospitals.EAST, "UNLINKED", Hospitals.residentId(60));
        SomeStudy study = new SomeStudy(Hospitals.EAST, "UNLINKED").decided(Status.CANCELLED);
        String report = report(patient, study);

        hub.publish(study);

        assertThat(hub.imagingStudy(study).path("status").asText()).isEqualTo("cancelled");
        assertThat(server.read(report).path("imagingStudy")).isEmpty();
    }

    @Test
    void whatComesLaterIsNotLinkedToItEither() {
        String patient = hub.register(Hospitals.EAST, "LATER", Hospitals.residentId(61));
        SomeStudy withdrawn = new SomeStudy(Hospitals.EAST, "LATER").decided(Status.ENTERED_IN_ERROR);
        SomeStudy other = new SomeStudy(Hospitals.EAST, "LATER");
        hub.publish(withdrawn);
        hub.publish(other);
        String report = report(patient, withdrawn);
        hub.order(patient, Hospitals.EAST, withdrawn.accession);
        String order = hub.order(patient, Hospitals.EAST, other.accession);

        try (FhirClient client = FhirClient.at(server.base())) {
            LateArrivals late = new LateArrivals(client, Clock.systemUTC());
            for (int round = 0; round < 20 && late.round().isZero(); round++) {
                assertThat(round).as("the feeds end").isLessThan(19);
            }
        }

        assertThat(server.read(report).path("imagingStudy")).isEmpty();
        assertThat(hub.imagingStudy(withdrawn).has("basedOn")).isFalse();
        assertThat(hub.imagingStudy(other).at("/basedOn/0/reference").asText()).isEqualTo(order);
    }
}
