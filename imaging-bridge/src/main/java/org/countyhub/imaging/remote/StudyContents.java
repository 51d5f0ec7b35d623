package org.countyhub.imaging.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.countyhub.imaging.study.Metadata;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.Study;
import org.countyhub.imaging.study.StudyStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the index knows of the instances of a study, as far as it is published. */
final class StudyContents {
    /** The most documents of a study that get a DocumentReference each. */
    static final int MAX_DOCUMENTS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(StudyContents.class);

    private final StudyStore store;

    StudyContents(StudyStore store) {
        this.store = store;
    }

    /** A document, what kind it is, and its attributes. */
    record Document(Stored instance, DocumentClass kind, InstanceMetadata metadata) {}

    /** Instances by series; none where the study has more than are listed. */
    Map<String, List<Stored>> listed(Study study) {
        if (study.instances() > ImagingStudyResource.MAX_LISTED_INSTANCES) {
            return Map.of();
        }
        List<Stored> instances = new ArrayList<>();
        store.instances(study.studyUid(), Optional.empty(), instances::add);
        return instances.stream().collect(Collectors.groupingBy(Stored::seriesUid));
    }

    /** Structured reports and encapsulated PDFs of a study, in the order of the study. */
    List<Document> documents(Study study) {
        List<Document> documents = new ArrayList<>();
        long all = 0;
        for (Study.Series series : study.series()) {
            long here = series.sopClasses().stream()
                    .filter(count -> DocumentClass.of(count.sopClassUid()).isPresent())
                    .mapToLong(Study.SopClassCount::instances)
                    .sum();
            all += here;
            if (here > 0 && documents.size() < MAX_DOCUMENTS) {
                addDocuments(study.studyUid(), series.seriesUid(), documents);
            }
        }
        if (all > documents.size()) {
            LOG.warn(
                    "study {} has {} documents, of which the first {} are published",
                    study.studyUid(),
                    all,
                    documents.size());
        }
        return documents;
    }

    private void addDocuments(String studyUid, String seriesUid, List<Document> documents) {
        List<Stored> found = new ArrayList<>();
        store.instances(studyUid, Optional.of(seriesUid), instance -> {
            if (documents.size() + found.size() < MAX_DOCUMENTS
                    && DocumentClass.of(instance.sopClassUid()).isPresent()) {
                found.add(instance);
            }
        });
        for (Stored instance : found) {
            List<Metadata> metadata = new ArrayList<>();
            store.metadata(studyUid, Optional.of(seriesUid), Optional.of(instance.sopInstanceUid()), metadata::add);
            if (!metadata.isEmpty()) {
                documents.add(new Document(
                        instance,
                        DocumentClass.of(instance.sopClassUid()).orElseThrow(),
                        InstanceMetadata.of(metadata.getFirst())));
            }
        }
    }
}
