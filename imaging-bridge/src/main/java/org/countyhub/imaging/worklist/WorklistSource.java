package org.countyhub.imaging.worklist;

import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.study.Source;
import org.jspecify.annotations.Nullable;

/** Knows what is scheduled. */
public interface WorklistSource {
    /**
     * What is scheduled for a hospital, as items of a modality worklist (PS3.4 table K.6-1) with one Scheduled Procedure Step each; text in
     * UTF-8. May give more than was asked for, never less.
     */
    List<Dataset> scheduled(Source hospital, Wanted wanted);

    /**
     * What narrows a question down; null for anything.
     *
     * @param stationAeTitle of the modality
     * @param fromDate first ScheduledProcedureStepStartDate, as DICOM writes dates
     * @param toDate the last
     * @param patientId as the hospital gives it
     */
    record Wanted(
            @Nullable String stationAeTitle,
            @Nullable String modality,
            @Nullable String fromDate,
            @Nullable String toDate,
            @Nullable String patientId,
            @Nullable String accessionNumber) {}
}
