package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.imaging.remote.ImagingStudyResource.Surroundings;
import org.countyhub.imaging.study.Study;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Publishes one study: its Patient, its ImagingStudy, the documents in it, and the links to its order and its reports.
 *
 * <p>The Patient comes first and by itself, by conditional create: orders and reports are looked for within the person, and the
 * FHIR server knows the person of a Patient as soon as it has the Patient. Then the Endpoint, the ImagingStudy and the
 * DocumentReferences are one transaction, which holds only for the version of the ImagingStudy that was looked at. Reports are linked
 * last, after the ImagingStudy can be found by whoever follows reports ({@link LateArrivals}): a report is seen by the one or the
 * other, or by both. Every step may be repeated.
 */
final class StudyPublication {
    private static final int ATTEMPTS = 4;
    private static final int RETRY_SECONDS = 5;
    private static final Set<Integer> OVERTAKEN = Set.of(409, 412);

    private final FhirClient client;
    private final StudyContents contents;
    private final PublishedAs as;
    private final Persons persons;
    private final Orders orders;
    private final Reports reports;
    private final Insurance insurance;
    private final StudyDocuments documents;

    StudyPublication(FhirClient client, StudyContents contents, PublishedAs as) {
        this.client = client;
        this.contents = contents;
        this.as = as;
        this.persons = new Persons(client);
        this.orders = new Orders(client);
        this.reports = new Reports(client);
        this.insurance = new Insurance(client);
        this.documents = new StudyDocuments(client, contents, as);
    }

    void publish(Study study) {
        String patient = patient(study);
        CountyPerson person = persons.of(patient);
        @Nullable Token accession = ImagingStudyResource.accession(study);
        Surroundings around = new Surroundings(
                patient,
                StudyTransaction.reference(EndpointResource.IDENTIFIER),
                accession == null ? null : orders.of(accession, person).orElse(null),
                insurance.index(study, person).orElse(null));
        ObjectNode own = ImagingStudyResource.of(study, contents.listed(study), around, as.zone());
        PublishedStudy published = send(study, own, person, accession == null ? Set.of() : Set.of(accession));
        reports.link(published, person);
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

    /**
     * Writes the study beside or into what is there of it. Where somebody else has written it since it was looked at, it is looked at
     * again; a refusal of what nobody has changed is one.
     */
    private PublishedStudy send(Study study, ObjectNode own, CountyPerson person, Set<Token> accessions) {
        @Nullable Answer refused = null;
        String seen = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            @Nullable JsonNode there = there(study, person);
            String version = there == null ? "" : PublishedStudy.version(there);
            if (refused != null && version.equals(seen)) {
                refused.ok();
            }
            seen = version;
            ObjectNode resource = there == null ? own : ImagingStudyMerge.of(there, own, accessions, client);
            StudyTransaction transaction = new StudyTransaction();
            transaction.put(EndpointResource.at(as.dicomweb()), EndpointResource.IDENTIFIER);
            Token uid = Token.ofStudy(study.studyUid());
            int place = there == null ? transaction.create(resource, uid) : transaction.replace(resource, version, uid);
            documents.put(study, resource, there, transaction);
            Answer answer = client.post("", transaction.bundle());
            if (!answer.isOk()) {
                if (!OVERTAKEN.contains(answer.status())) {
                    answer.ok();
                }
                refused = answer;
                continue;
            }
            JsonNode response = answer.body().path("entry").path(place).path("response");
            // A study that came between the look and the write was left as it is.
            if (there != null || response.path("status").asText().startsWith("201")) {
                String reference = located(response.path("location").asText(), "ImagingStudy");
                @Nullable PublishedStudy published = PublishedStudy.of(resource, reference, client);
                if (published == null) {
                    throw new IllegalStateException("an ImagingStudy without a UID or a Patient was published");
                }
                return published;
            }
        }
        throw Problem.busy("the study's ImagingStudy is being changed all the time", RETRY_SECONDS);
    }

    /** The ImagingStudy of this UID that is there, whoever sent it; one of somebody else is not overwritten. */
    private @Nullable JsonNode there(Study study, CountyPerson person) {
        List<JsonNode> found = client.search(
                "ImagingStudy",
                Map.of("identifier", Token.ofStudy(study.studyUid()).search()));
        for (JsonNode one : found) {
            if (!isOf(person, one.path("subject"), study)) {
                throw Problem.conflict("the FHIR server has this study under another person, as "
                        + PublishedStudy.reference(one) + ", which is left as it is");
            }
        }
        if (found.size() > 1) {
            throw Problem.conflict("the FHIR server has more than one ImagingStudy of this study, "
                    + PublishedStudy.reference(found.getFirst()) + " and "
                    + PublishedStudy.reference(found.get(1)));
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    private boolean isOf(CountyPerson person, JsonNode subject, Study study) {
        if (subject.has("reference")) {
            return person.has(client.local(subject.path("reference").asText()));
        }
        Token own = new Token(study.patient().system(), study.patient().id());
        return Token.all(List.of(subject.path("identifier"))).stream()
                .anyMatch(token -> token.equals(own) || person.identifiers().contains(token));
    }
}
