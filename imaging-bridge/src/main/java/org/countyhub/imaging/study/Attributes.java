package org.countyhub.imaging.study;

import java.util.List;
import org.countyhub.imaging.dicom.Tag;

/** Which attributes the index keeps of patient, study and series besides what it matches (PS3.4 section C.6, PS3.18 section 10.6.3). */
public final class Attributes {
    /** Of the patient and the study. */
    public static final List<Integer> STUDY = List.of(
            Tag.SpecificCharacterSet,
            Tag.StudyDate,
            Tag.StudyTime,
            Tag.AccessionNumber,
            Tag.IssuerOfAccessionNumberSequence,
            Tag.ReferringPhysicianName,
            Tag.TimezoneOffsetFromUTC,
            Tag.StudyDescription,
            Tag.PatientName,
            Tag.PatientID,
            Tag.IssuerOfPatientID,
            Tag.IssuerOfPatientIDQualifiersSequence,
            Tag.PatientBirthDate,
            Tag.PatientBirthTime,
            Tag.PatientSex,
            Tag.OtherPatientIDsSequence,
            Tag.PatientAge,
            Tag.StudyInstanceUID,
            Tag.StudyID);

    /** Of the series. */
    public static final List<Integer> SERIES = List.of(
            Tag.SpecificCharacterSet,
            Tag.SeriesDate,
            Tag.SeriesTime,
            Tag.Modality,
            Tag.Manufacturer,
            Tag.InstitutionName,
            Tag.TimezoneOffsetFromUTC,
            Tag.StationName,
            Tag.SeriesDescription,
            Tag.BodyPartExamined,
            Tag.SliceThickness,
            Tag.SeriesInstanceUID,
            Tag.SeriesNumber,
            Tag.Laterality,
            Tag.PerformedProcedureStepStartDate,
            Tag.PerformedProcedureStepStartTime,
            Tag.RequestAttributesSequence);

    /** Of the instance itself (PS3.18 table 10.6.3-5), without what has columns; and what else differs between the images of a series. */
    public static final List<Integer> INSTANCE = List.of(
            Tag.SpecificCharacterSet,
            Tag.TimezoneOffsetFromUTC,
            Tag.SliceThickness,
            Tag.InstanceNumber,
            Tag.NumberOfFrames,
            Tag.Rows,
            Tag.Columns,
            Tag.BitsAllocated);

    private Attributes() {}
}
