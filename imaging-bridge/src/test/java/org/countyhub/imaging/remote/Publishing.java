package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.countyhub.imaging.study.Source;

/** A publisher with an index in memory, before a FHIR server. */
final class Publishing implements AutoCloseable {
    static final PublishedAs AS = new PublishedAs("http://images.example.org/dicomweb", ZoneId.of("Asia/Shanghai"));

    final RememberedStudies index = new RememberedStudies();
    final FhirPublisher publisher;
    private final FhirServer server;
    private final FhirClient client;

    Publishing(FhirServer server) {
        this(server, server.base());
    }

    /** One that reaches the server by another address. */
    Publishing(FhirServer server, String base) {
        this.server = server;
        client = FhirClient.at(base);
        publisher = new FhirPublisher(index, client, AS, Clock.systemUTC(), Duration.ofMinutes(1));
    }

    /** Publishes a study in its newest version. */
    void publish(SomeStudy study) {
        index.put(study);
        publisher.round();
    }

    boolean isPublished(SomeStudy study) {
        return index.publishedVersion(study) == study.study().version();
    }

    /** The one ImagingStudy of a study. */
    JsonNode imagingStudy(SomeStudy study) {
        List<JsonNode> found = server.search("ImagingStudy", "urn:dicom:uid", "urn:oid:" + study.uid);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /** The one DocumentReference of an instance. */
    JsonNode document(String sopInstanceUid) {
        List<JsonNode> found = server.search("DocumentReference", "urn:ietf:rfc:3986", "urn:oid:" + sopInstanceUid);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /** A patient as the hospital's own system tells of one. */
    String register(Source source, String id, String residentId) {
        return reference(server.create("{'resourceType':'Patient','identifier':[{'system':'" + source.patientSystem()
                + "','value':'" + id + "'},{'system':'urn:oid:2.16.156.10011.1.3','value':'" + residentId
                + "'}],'name':[{'text':'张三'}],'gender':'female','birthDate':'1949-12-31'}"));
    }

    String order(String patient, Source source, String accession) {
        return reference(server.create(
                "{'resourceType':'ServiceRequest','status':'active','intent':'order','identifier':[{'system':'"
                        + source.accessionSystem() + "','value':'" + accession + "'}],'subject':{'reference':'"
                        + patient + "'}}"));
    }

    static String reference(JsonNode resource) {
        return PublishedStudy.reference(resource);
    }

    static String version(JsonNode resource) {
        return PublishedStudy.version(resource);
    }

    @Override
    public void close() {
        client.close();
    }
}
