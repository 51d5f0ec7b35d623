package org.countyhub.imaging.remote;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.countyhub.imaging.study.Instance;
import org.countyhub.imaging.study.Metadata;
import org.countyhub.imaging.study.StoreOutcome;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.Study;
import org.countyhub.imaging.study.StudyStore;

/** An index in memory, with what the publisher asks of one. */
final class RememberedStudies implements StudyStore {
    private final Map<String, SomeStudy> studies = new LinkedHashMap<>();
    private final Map<String, Integer> published = new HashMap<>();
    private boolean failing;

    void put(SomeStudy study) {
        studies.put(study.uid, study);
    }

    /** As if nothing had been noted of what was published. */
    void forgetPublished() {
        published.clear();
    }

    /** From now on, or no longer, the process ends before it has noted anything. */
    void killedBeforeNoting(boolean now) {
        failing = now;
    }

    int publishedVersion(SomeStudy study) {
        return published.getOrDefault(study.uid, 0);
    }

    @Override
    public StudyStore shown() {
        return this;
    }

    @Override
    public List<Study> unpublished(Instant quietSince, int limit) {
        return studies.values().stream()
                .map(SomeStudy::study)
                .filter(study -> published.getOrDefault(study.studyUid(), 0) < study.version())
                .filter(study -> !study.lastReceived().isAfter(quietSince))
                .limit(limit)
                .toList();
    }

    @Override
    public void published(String studyUid, int version) {
        if (failing) {
            throw new IllegalStateException("killed");
        }
        published.merge(studyUid, version, Math::max);
    }

    @Override
    public Optional<Study> study(String studyUid) {
        return Optional.ofNullable(studies.get(studyUid)).map(SomeStudy::study);
    }

    private SomeStudy some(String studyUid) {
        return Objects.requireNonNull(studies.get(studyUid));
    }

    @Override
    public void instances(String studyUid, Optional<String> seriesUid, Consumer<Stored> each) {
        some(studyUid).instances().stream()
                .filter(stored -> seriesUid.isEmpty() || stored.seriesUid().equals(seriesUid.get()))
                .forEach(each);
    }

    @Override
    public void metadata(
            String studyUid, Optional<String> seriesUid, Optional<String> sopInstanceUid, Consumer<Metadata> each) {
        Metadata metadata = some(studyUid).metadata().get(sopInstanceUid.orElseThrow());
        if (metadata != null) {
            each.accept(metadata);
        }
    }

    @Override
    public List<StoreOutcome> add(List<Instance> instances) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Integer> version(String studyUid) {
        return study(studyUid).map(Study::version);
    }

    @Override
    public Optional<Stored> instance(String studyUid, String seriesUid, String sopInstanceUid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Stored> bySopInstanceUid(Collection<String> sopInstanceUids) {
        throw new UnsupportedOperationException();
    }
}
