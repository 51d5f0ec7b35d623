package org.countyhub.imaging.study;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The index of studies. Calls inside a transaction of {@link org.countyhub.kernel.Db} join it. */
public interface StudyStore {
    /**
     * The same to whoever looks for images: a study that is entered in error is not there, nor are its series and instances. Stewards
     * and the publisher see it.
     */
    StudyStore shown();

    /** Decides about instances and records them, all in one transaction: outcomes in the order of the instances. */
    List<StoreOutcome> add(List<Instance> instances);

    /** The study of that UID. */
    Optional<Study> study(String studyUid);

    /** The version of the study of that UID, for less than the study costs; see {@link Study#version}. */
    Optional<Integer> version(String studyUid);

    /** An instance; empty where it is not there or belongs to another study or series. */
    Optional<Stored> instance(String studyUid, String seriesUid, String sopInstanceUid);

    /** Instances of the study, or of one of its series, in the order of series and instance numbers; handed over one by one. */
    void instances(String studyUid, Optional<String> seriesUid, Consumer<Stored> each);

    /** Metadata of the same instances in the same order, or of one of them. */
    void metadata(
            String studyUid, Optional<String> seriesUid, Optional<String> sopInstanceUid, Consumer<Metadata> each);

    /** The instances of those SOP Instance UIDs, wherever they are; in no order. */
    List<Stored> bySopInstanceUid(Collection<String> sopInstanceUids);

    /** Studies whose newest version has not been published and that have been quiet since; oldest change first. */
    List<Study> unpublished(Instant quietSince, int limit);

    /** Notes that a version of a study is published. */
    void published(String studyUid, int version);
}
