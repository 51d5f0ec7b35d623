package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.countyhub.imaging.study.Study;
import org.jspecify.annotations.Nullable;

/**
 * The DocumentReferences of a study. While the study is to be looked at, they are what the index has; those of a study that is cancelled,
 * in error or deleted are found in the FHIR server, since the index may have forgotten them, and are entered in error.
 */
final class StudyDocuments {
    private static final String MAX = "1000";

    private final FhirClient client;
    private final StudyContents contents;
    private final PublishedAs as;

    StudyDocuments(FhirClient client, StudyContents contents, PublishedAs as) {
        this.client = client;
        this.contents = contents;
        this.as = as;
    }

    /**
     * Adds what is to be written of the study's documents.
     *
     * @param resource the study's, as it is going to be
     * @param there the study's, as it is; null where it is new
     */
    void put(Study study, ObjectNode resource, @Nullable JsonNode there, StudyTransaction transaction) {
        if (!PublishedStudy.isWithdrawn(resource)) {
            String subject = resource.path("subject").path("reference").asText();
            String imagingStudy = StudyTransaction.reference(Token.ofStudy(study.studyUid()));
            for (StudyContents.Document document : contents.documents(study)) {
                transaction.put(
                        DocumentReferenceResource.of(
                                document.instance(),
                                document.kind(),
                                document.metadata(),
                                subject,
                                imagingStudy,
                                as.dicomweb(),
                                as.zone()),
                        DocumentReferenceResource.identifier(document.instance()));
            }
        } else if (there != null) {
            withdraw(study, PublishedStudy.reference(there), transaction);
        }
    }

    private void withdraw(Study study, String imagingStudy, StudyTransaction transaction) {
        for (JsonNode there : client.search("DocumentReference", Map.of("related", imagingStudy, "_count", MAX))) {
            List<Token> identifier = Token.all(List.of(there.path("masterIdentifier")));
            if (identifier.isEmpty()
                    || !DocumentReferenceResource.isOf(study.studyUid(), there)
                    || there.path("status").asText().equals(ImagingStudyResource.ENTERED_IN_ERROR)) {
                continue;
            }
            ObjectNode withdrawn = PublishedStudy.copy(there).put("status", ImagingStudyResource.ENTERED_IN_ERROR);
            transaction.replace(withdrawn, PublishedStudy.version(there), identifier.getFirst());
        }
    }
}
