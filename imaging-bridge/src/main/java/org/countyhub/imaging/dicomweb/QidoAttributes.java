package org.countyhub.imaging.dicomweb;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.query.Fields;
import org.countyhub.imaging.study.query.Level;
import org.countyhub.imaging.study.query.QueryResult;

/** Which attributes a match is told by (PS3.18 tables 10.6.3-3 to 10.6.3-5). */
final class QidoAttributes {
    /** The issuer of PatientID too, since a PatientID alone says whose it is to its hospital only. */
    private static final List<Integer> STUDY = List.of(
            Tag.StudyDate,
            Tag.StudyTime,
            Tag.AccessionNumber,
            Tag.ModalitiesInStudy,
            Tag.ReferringPhysicianName,
            Tag.TimezoneOffsetFromUTC,
            Tag.StudyDescription,
            Tag.PatientName,
            Tag.PatientID,
            Tag.IssuerOfPatientID,
            Tag.IssuerOfPatientIDQualifiersSequence,
            Tag.PatientBirthDate,
            Tag.PatientSex,
            Tag.StudyInstanceUID,
            Tag.StudyID,
            Tag.NumberOfStudyRelatedSeries,
            Tag.NumberOfStudyRelatedInstances);

    private static final List<Integer> SERIES = List.of(
            Tag.Modality,
            Tag.TimezoneOffsetFromUTC,
            Tag.SeriesDescription,
            Tag.StudyInstanceUID,
            Tag.SeriesInstanceUID,
            Tag.SeriesNumber,
            Tag.NumberOfSeriesRelatedInstances,
            Tag.PerformedProcedureStepStartDate,
            Tag.PerformedProcedureStepStartTime,
            Tag.RequestAttributesSequence);

    private static final List<Integer> INSTANCE = List.of(
            Tag.SOPClassUID,
            Tag.SOPInstanceUID,
            Tag.TimezoneOffsetFromUTC,
            Tag.StudyInstanceUID,
            Tag.SeriesInstanceUID,
            Tag.InstanceNumber,
            Tag.Rows,
            Tag.Columns,
            Tag.BitsAllocated,
            Tag.NumberOfFrames);

    private QidoAttributes() {}

    /**
     * What is told of a match.
     *
     * @param withStudy whether the path has not named the study, so that its attributes are wanted too; so with series
     */
    static Fields told(Level level, boolean withStudy, boolean withSeries, Fields fields) {
        return fields.all() ? fields : new Fields(false, tags(level, withStudy, withSeries, fields));
    }

    /** A match with what is told of it to whoever asks, and what only this interface knows. */
    static Dataset of(QueryResult result, Level level, Fields told, Source asking, String base) {
        boolean patient = told.all() || told.tags().contains(Tag.PatientID);
        Dataset match = patient ? Coercion.issued(result.attributes(), result.patient(), asking) : result.attributes();
        Dataset some = told.all() ? match : match.only(told.tags());
        return some.toBuilder()
                .set(Tag.InstanceAvailability, Vr.CS, "ONLINE")
                .set(Tag.RetrieveURL, Vr.UR, url(match, level, base))
                .build();
    }

    private static Set<Integer> tags(Level level, boolean withStudy, boolean withSeries, Fields fields) {
        Set<Integer> tags = new HashSet<>(fields.tags());
        tags.add(Tag.SpecificCharacterSet);
        switch (level) {
            case PATIENT, STUDY -> tags.addAll(STUDY);
            case SERIES -> tags.addAll(SERIES);
            case IMAGE -> {
                tags.addAll(INSTANCE);
                if (withSeries) {
                    tags.addAll(SERIES);
                }
            }
        }
        if (withStudy) {
            tags.addAll(STUDY);
        }
        return tags;
    }

    private static String url(Dataset match, Level level, String base) {
        String study = match.string(Tag.StudyInstanceUID, "");
        String series = match.string(Tag.SeriesInstanceUID, "");
        return switch (level) {
            case PATIENT, STUDY -> Bases.study(base, study);
            case SERIES -> Bases.series(base, study, series);
            case IMAGE -> Bases.instance(base, study, series, match.string(Tag.SOPInstanceUID, ""));
        };
    }
}
