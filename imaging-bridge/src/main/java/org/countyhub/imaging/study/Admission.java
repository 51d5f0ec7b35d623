package org.countyhub.imaging.study;

import java.util.Arrays;
import org.countyhub.imaging.dicom.Tag;
import org.jspecify.annotations.Nullable;

/** Whether an instance belongs where it says it does, by what is there already. Never a guess: what contradicts is held. */
public final class Admission {
    private Admission() {}

    /**
     * What is known of a study.
     *
     * @param withdrawn whether it was deleted, or somebody decided that it should not be here
     */
    public record KnownStudy(PatientKey patient, String birthDate, String sex, boolean withdrawn) {
        public KnownStudy(PatientKey patient, String birthDate, String sex) {
            this(patient, birthDate, sex, false);
        }
    }

    /** What is known of an instance. */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
    public record KnownInstance(byte[] digest) {}

    /**
     * Decides about an instance.
     *
     * @param study what is known of its study, null for a new one
     * @param seriesStudyUid the study that its series is part of, null for a new series
     * @param there the instance that has its UID, null for none
     */
    public static StoreOutcome decide(
            Instance instance,
            @Nullable KnownStudy study,
            @Nullable String seriesStudyUid,
            @Nullable KnownInstance there) {
        boolean equal = there != null && Arrays.equals(there.digest(), instance.digest());
        if (there != null && !equal && Coercion.HUB.wrote(instance.header())) {
            return held(
                    QuarantineReason.RETURNED,
                    "the hub gave it out itself, with its patient in other words; what it is a copy of is here");
        }
        if (instance.held() != null) {
            return instance.held();
        }
        if (equal) {
            return new StoreOutcome.Known();
        }
        if (study != null && study.withdrawn()) {
            return held(QuarantineReason.WITHDRAWN_STUDY, "the study was deleted, or entered in error");
        }
        if (study != null && !study.patient().equals(instance.patient())) {
            return held(QuarantineReason.OTHER_PATIENT, "the study was received under another patient");
        }
        if (study != null && contradicts(study, instance)) {
            return held(QuarantineReason.OTHER_DEMOGRAPHICS, "birth date or sex is not that of the study");
        }
        if (seriesStudyUid != null && !seriesStudyUid.equals(instance.studyUid())) {
            return held(QuarantineReason.OTHER_STUDY, "the series was received as part of another study");
        }
        if (there != null) {
            return held(QuarantineReason.OTHER_BYTES, "an instance of this UID with other content was received before");
        }
        return new StoreOutcome.Added();
    }

    private static boolean contradicts(KnownStudy study, Instance instance) {
        return differ(study.birthDate(), instance.header().string(Tag.PatientBirthDate, ""))
                || differ(study.sex(), instance.header().string(Tag.PatientSex, ""));
    }

    /** Both are said, and they are not the same; O is said of those whose sex is not known. */
    private static boolean differ(String one, String other) {
        return !one.isEmpty() && !other.isEmpty() && !one.equals("O") && !other.equals("O") && !one.equals(other);
    }

    private static StoreOutcome.Held held(QuarantineReason reason, String detail) {
        return new StoreOutcome.Held(reason, detail);
    }
}
