package org.countyhub.imaging.dimse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.imaging.study.query.Level;
import org.countyhub.imaging.study.query.Matching;
import org.countyhub.imaging.study.query.Query;
import org.countyhub.imaging.study.query.QueryStore;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** The instances that a retrieval asks for, by the unique keys of its level and those above (PS3.4 section C.4.2.2.1). */
final class Selection {
    private static final int MOST_INSTANCES = 100_000;
    private static final int MOST_UIDS = 10_000;
    private static final int MOST_STUDIES = 1_000;

    private final StudyStore store;
    private final QueryStore queries;
    private final PatientDirectory directory;

    Selection(StudyStore store, QueryStore queries, PatientDirectory directory) {
        this.store = store;
        this.queries = queries;
        this.directory = directory;
    }

    /** In the order of their studies, series and numbers, each once; without where their frames lie. */
    List<Stored> of(Level level, Dataset identifier, Source asking) {
        Optional<Set<PatientKey>> patients = patients(identifier, asking);
        Chosen chosen = new Chosen(patients);
        switch (level) {
            case PATIENT -> {
                Set<PatientKey> keys = patients.orElseThrow(() -> missing(Tag.PatientID));
                studies(keys).forEach(study -> store.instances(study, Optional.empty(), chosen::add));
            }
            case STUDY ->
                uids(identifier, Tag.StudyInstanceUID)
                        .forEach(study -> store.instances(study, Optional.empty(), chosen::add));
            case SERIES -> {
                String study = one(identifier, Tag.StudyInstanceUID);
                uids(identifier, Tag.SeriesInstanceUID)
                        .forEach(series -> store.instances(study, Optional.of(series), chosen::add));
            }
            case IMAGE -> {
                String study = one(identifier, Tag.StudyInstanceUID);
                String series = one(identifier, Tag.SeriesInstanceUID);
                uids(identifier, Tag.SOPInstanceUID)
                        .forEach(uid -> store.instance(study, series, uid).ifPresent(chosen::add));
            }
        }
        return chosen.instances;
    }

    /** Gathers instances, of these patients only where a patient is named. */
    private static final class Chosen {
        private final Optional<Set<PatientKey>> patients;
        private final List<Stored> instances = new ArrayList<>();

        Chosen(Optional<Set<PatientKey>> patients) {
            this.patients = patients;
        }

        void add(Stored stored) {
            if (patients.isPresent() && !patients.get().contains(stored.patient())) {
                return;
            }
            if (instances.size() == MOST_INSTANCES) {
                throw new Problem.TooCostly(List.of(
                                Fault.of("too-costly", "more than " + MOST_INSTANCES + " instances; ask for less")))
                        .exception();
            }
            // Where frames lie is looked up again when it is needed.
            instances.add(stored.withoutFrames());
        }
    }

    private Optional<Set<PatientKey>> patients(Dataset identifier, Source asking) {
        String id = identifier.string(Tag.PatientID);
        return id == null
                ? Optional.empty()
                : Optional.of(directory.patients(asking, identifier.string(Tag.IssuerOfPatientID), id));
    }

    private List<String> studies(Set<PatientKey> patients) {
        List<String> studies = queries
                .find(new Query(
                        Level.STUDY, List.of(new Matching.Patients(Tag.PatientID, patients)), MOST_STUDIES + 1, 0))
                .stream()
                .map(result -> result.attributes().string(Tag.StudyInstanceUID, ""))
                .toList();
        if (studies.size() > MOST_STUDIES) {
            throw new Problem.TooCostly(
                            List.of(Fault.of("too-costly", "more than " + MOST_STUDIES + " studies; ask for less")))
                    .exception();
        }
        return studies;
    }

    private static Set<String> uids(Dataset identifier, int tag) {
        Set<String> uids = new LinkedHashSet<>(identifier.strings(tag));
        uids.remove("");
        if (uids.isEmpty()) {
            throw missing(tag);
        }
        if (uids.size() > MOST_UIDS) {
            throw new Problem.TooCostly(List.of(Fault.at(Tag.text(tag), "too-costly", "more than " + MOST_UIDS)))
                    .exception();
        }
        return uids;
    }

    private static String one(Dataset identifier, int tag) {
        Set<String> uids = uids(identifier, tag);
        if (uids.size() > 1) {
            throw new Problem.Unprocessable(List.of(Fault.at(Tag.text(tag), "value", "one value only above the level")))
                    .exception();
        }
        return uids.iterator().next();
    }

    private static RuntimeException missing(int tag) {
        return new Problem.Unprocessable(List.of(Fault.at(Tag.text(tag), "required", "is the key of this level")))
                .exception();
    }
}
