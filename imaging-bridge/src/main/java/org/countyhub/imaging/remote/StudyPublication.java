package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countyhub.imaging.remote.ImagingStudyResource.Surroundings;
import org.countyhub.imaging.study.Study;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Publishes one study: its Patient, its ImagingStudy, the documents in it, and the links to its order and its reports.
 *
 * <p>The Patient comes first and by itself, by conditional create: orders and reports are looked for within the person, and the
 * FHIR server knows the person of a Patient as soon as it has the Patient. Then the Endpoint, the ImagingStudy and the
 * DocumentReferences are one transaction. Reports are linked last, after the ImagingStudy can be found by whoever follows
 * reports ({@link LateArrivals}): a report is seen by the one or the other, or by both. Every step may be repeated.
 */
final class StudyPublication {
    private final FhirClient client;
    private final StudyContents contents;
    private final PublishedAs as;
    private final Persons persons;
    private final Orders orders;
    private final Reports reports;
    private final Insurance insurance;

    StudyPublication(FhirClient client, StudyContents contents, PublishedAs as) {
        this.client = client;
        this.contents = contents;
        this.as = as;
        this.persons = new Persons(client);
        this.orders = new Orders(client);
        this.reports = new Reports(client);
        this.insurance = new Insurance(client);
    }

    void publish(Study study) {
        String patient = patient(study);
        CountyPerson person = persons.of(patient);
        Token uid = Token.ofStudy(study.studyUid());
        refuseOther(uid, person);
        @Nullable Token accession = ImagingStudyResource.accession(study);
        Optional<String> order = accession == null ? Optional.empty() : orders.of(accession, person);
        Surroundings around = new Surroundings(
                patient,
                StudyTransaction.reference(EndpointResource.IDENTIFIER),
                order.orElse(null),
                insurance.index(study, person).orElse(null));
        ObjectNode resource = ImagingStudyResource.of(study, contents.listed(study), around, as.zone());
        String reference = send(study, resource, patient);
        PublishedStudy published = PublishedStudy.of(resource, reference, client);
        if (published != null) {
            reports.link(published, person);
        }
    }

    /** {@code Patient/[id]} of the study's patient, created if it is not there; one that is there is not changed. */
    private String patient(Study study) {
        Token identifier = new Token(study.patient().system(), study.patient().id());
        Answer answer = client.create("Patient", PatientResource.of(study), identifier);
        answer.ok();
        return located(answer.location(), "Patient");
    }

    private String located(@Nullable String location, String type) {
        String reference = client.local(relative(location));
        if (reference == null || !reference.startsWith(type + "/")) {
            throw Problem.conflict("the FHIR server did not say where the " + type + " is");
        }
        return reference;
    }

    /** The server may know itself by another address than this client does. */
    private static @Nullable String relative(@Nullable String location) {
        if (location == null) {
            return null;
        }
        String[] parts = location.split("/", -1);
        int end = parts.length;
        return end >= 4 && parts[end - 2].equals("_history") ? parts[end - 4] + "/" + parts[end - 3] : location;
    }

    /** A study under this UID that is of somebody else, whoever sent it, is not overwritten. */
    private void refuseOther(Token uid, CountyPerson person) {
        for (JsonNode other : client.search("ImagingStudy", Map.of("identifier", uid.search()))) {
            if (!person.has(client.local(other.path("subject").path("reference").asText()))) {
                throw Problem.conflict("the FHIR server has this study under another person");
            }
        }
    }

    private String send(Study study, ObjectNode imagingStudy, String patient) {
        Token uid = Token.ofStudy(study.studyUid());
        StudyTransaction transaction = new StudyTransaction();
        transaction.put(EndpointResource.at(as.dicomweb()), EndpointResource.IDENTIFIER);
        int place = transaction.put(imagingStudy, uid);
        List<StudyContents.Document> documents = contents.documents(study);
        documents.forEach(document -> transaction.put(
                DocumentReferenceResource.of(
                        document.instance(),
                        document.kind(),
                        document.metadata(),
                        patient,
                        StudyTransaction.reference(uid),
                        as.dicomweb(),
                        as.zone()),
                DocumentReferenceResource.identifier(document.instance())));
        JsonNode answer = client.post("", transaction.bundle()).ok();
        JsonNode location = answer.path("entry").path(place).path("response").path("location");
        return located(location.asText(), "ImagingStudy");
    }
}
