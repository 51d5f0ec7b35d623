package org.countyhub.imaging.store.sql;

import java.util.Map;
import java.util.Optional;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.query.Level;

/**
 * Where the index keeps an attribute that queries match.
 *
 * @param level of the entity that has it
 * @param sql the column, of {@code t} (study), {@code s} (series) or {@code i} (instance)
 */
record Column(Level level, String sql, Kind kind) {
    enum Kind {
        TEXT,
        /** Date or time: a range of them is one of texts. */
        TEMPORAL,
        /** Written by DICOM as text (IS), kept as a number. */
        NUMBER,
        NAME
    }

    private static final Map<Integer, Column> COLUMNS = Map.ofEntries(
            of(Tag.StudyInstanceUID, Level.STUDY, "t.study_uid", Kind.TEXT),
            of(Tag.StudyDate, Level.STUDY, "t.study_date", Kind.TEMPORAL),
            of(Tag.StudyTime, Level.STUDY, "t.study_time", Kind.TEMPORAL),
            of(Tag.AccessionNumber, Level.STUDY, "t.accession", Kind.TEXT),
            of(Tag.StudyID, Level.STUDY, "t.study_id", Kind.TEXT),
            of(Tag.StudyDescription, Level.STUDY, "t.description", Kind.TEXT),
            of(Tag.ReferringPhysicianName, Level.STUDY, "t.referring", Kind.TEXT),
            of(Tag.PatientName, Level.STUDY, "t.name_alphabetic", Kind.NAME),
            of(Tag.PatientID, Level.STUDY, "t.patient_id", Kind.TEXT),
            of(Tag.PatientBirthDate, Level.STUDY, "t.birth_date", Kind.TEMPORAL),
            of(Tag.PatientSex, Level.STUDY, "t.sex", Kind.TEXT),
            of(Tag.SeriesInstanceUID, Level.SERIES, "s.series_uid", Kind.TEXT),
            of(Tag.Modality, Level.SERIES, "s.modality", Kind.TEXT),
            of(Tag.ModalitiesInStudy, Level.SERIES, "s.modality", Kind.TEXT),
            of(Tag.SeriesNumber, Level.SERIES, "s.number", Kind.NUMBER),
            of(Tag.SeriesDescription, Level.SERIES, "s.description", Kind.TEXT),
            of(Tag.BodyPartExamined, Level.SERIES, "s.body_part", Kind.TEXT),
            of(Tag.StationName, Level.SERIES, "s.station", Kind.TEXT),
            of(Tag.InstitutionName, Level.SERIES, "s.institution", Kind.TEXT),
            of(Tag.PerformedProcedureStepStartDate, Level.SERIES, "s.step_date", Kind.TEMPORAL),
            of(Tag.PerformedProcedureStepStartTime, Level.SERIES, "s.step_time", Kind.TEMPORAL),
            of(Tag.ScheduledProcedureStepID, Level.SERIES, "s.step_id", Kind.TEXT),
            of(Tag.RequestedProcedureID, Level.SERIES, "s.procedure_id", Kind.TEXT),
            of(Tag.SOPInstanceUID, Level.IMAGE, "i.sop_instance_uid", Kind.TEXT),
            of(Tag.SOPClassUID, Level.IMAGE, "i.sop_class_uid", Kind.TEXT),
            of(Tag.SOPClassesInStudy, Level.IMAGE, "i.sop_class_uid", Kind.TEXT),
            of(Tag.InstanceNumber, Level.IMAGE, "i.number", Kind.NUMBER));

    private static Map.Entry<Integer, Column> of(int tag, Level level, String sql, Kind kind) {
        return Map.entry(tag, new Column(level, sql, kind));
    }

    static Optional<Column> of(int tag) {
        return Optional.ofNullable(COLUMNS.get(tag));
    }
}
