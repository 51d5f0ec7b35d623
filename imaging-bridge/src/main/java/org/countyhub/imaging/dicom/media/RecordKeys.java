package org.countyhub.imaging.dicom.media;

import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;

/** What directory records say of patients, studies, series and instances: their keys (PS3.3 section F.5). */
final class RecordKeys {
    private static final int NextRecord = 0x00041400;
    private static final int RecordInUseFlag = 0x00041410;
    private static final int LowerRecord = 0x00041420;
    private static final int DirectoryRecordType = 0x00041430;
    private static final int PrivateRecordUID = 0x00041432;
    private static final int ContentDescription = 0x00700081;
    private static final int ContentCreatorName = 0x00700084;
    private static final int LONGEST_VALUE = 1_024;
    private static final byte[] ZERO = new byte[4];

    static final List<Integer> OF_PATIENT = List.of(
            Tag.SpecificCharacterSet,
            Tag.PatientName,
            Tag.PatientID,
            Tag.IssuerOfPatientID,
            Tag.PatientBirthDate,
            Tag.PatientSex);
    static final List<Integer> OF_STUDY = List.of(
            Tag.SpecificCharacterSet,
            Tag.StudyDate,
            Tag.StudyTime,
            Tag.AccessionNumber,
            Tag.StudyDescription,
            Tag.StudyInstanceUID,
            Tag.StudyID);
    static final List<Integer> OF_SERIES = List.of(
            Tag.SpecificCharacterSet,
            Tag.SeriesDate,
            Tag.SeriesTime,
            Tag.Modality,
            Tag.InstitutionName,
            Tag.SeriesDescription,
            Tag.BodyPartExamined,
            Tag.SeriesInstanceUID,
            Tag.SeriesNumber);
    /** The keys of all kinds of records together (PS3.3 section F.5); each kind has those that its instances have. */
    static final List<Integer> OF_INSTANCE = List.of(
            Tag.SpecificCharacterSet,
            Tag.ImageType,
            Tag.ContentDate,
            Tag.ContentTime,
            Tag.InstanceNumber,
            Tag.NumberOfFrames,
            Tag.Rows,
            Tag.Columns,
            Tag.VerificationDateTime,
            Tag.ConceptNameCodeSequence,
            // CompletionFlag, VerificationFlag, HL7InstanceIdentifier.
            0x0040A491,
            0x0040A493,
            0x0040E001,
            Tag.DocumentTitle,
            Tag.MIMETypeOfEncapsulatedDocument,
            // ContentLabel, ContentDescription, PresentationCreationDate and Time, ContentCreatorName.
            0x00700080,
            0x00700081,
            0x00700082,
            0x00700083,
            0x00700084,
            // DoseSummationType, StructureSetLabel, StructureSetDate and Time, TreatmentDate and Time.
            0x3004000A,
            0x30060002,
            0x30060008,
            0x30060009,
            0x30080250,
            0x30080251,
            // RTPlanLabel, RTPlanDate and Time.
            0x300A0002,
            0x300A0006,
            0x300A0007);

    private RecordKeys() {}

    static Dataset keys(Dataset header, List<Integer> tags) {
        return header.only(tags).withoutLongValues(LONGEST_VALUE);
    }

    /** A record of its keys; those that are sent even where they are empty (type 2) stand in it. */
    static Dataset.Builder record(String type, Dataset keys, int... evenEmpty) {
        Dataset.Builder record = keys.toBuilder();
        for (int tag : evenEmpty) {
            if (!keys.contains(tag)) {
                record.set(tag, representation(tag));
            }
        }
        return record.set(new Element.Bytes(NextRecord, Vr.UL, ZERO))
                .set(RecordInUseFlag, 0xFFFF)
                .set(new Element.Bytes(LowerRecord, Vr.UL, ZERO))
                .set(DirectoryRecordType, Vr.CS, type);
    }

    private static Vr representation(int tag) {
        return switch (tag) {
            case Tag.PatientName, ContentCreatorName -> Vr.PN;
            case Tag.PatientID, Tag.StudyDescription, ContentDescription -> Vr.LO;
            case Tag.StudyDate, Tag.ContentDate -> Vr.DA;
            case Tag.StudyTime, Tag.ContentTime -> Vr.TM;
            case Tag.AccessionNumber -> Vr.SH;
            case Tag.InstanceNumber -> Vr.IS;
            case Tag.DocumentTitle -> Vr.ST;
            default -> throw new IllegalArgumentException(Tag.text(tag));
        };
    }

    /** Keys of type 2 of some kinds. */
    static Dataset.Builder complete(RecordType type, Dataset header, Dataset.Builder record) {
        int[] tags =
                switch (type) {
                    case PRESENTATION -> new int[] {ContentDescription, ContentCreatorName};
                    case ENCAPSULATED_DOCUMENT -> {
                        if (!header.contains(Tag.ConceptNameCodeSequence)) {
                            record.set(Tag.ConceptNameCodeSequence, List.of());
                        }
                        yield new int[] {Tag.ContentDate, Tag.ContentTime, Tag.DocumentTitle};
                    }
                    case PRIVATE -> {
                        record.set(PrivateRecordUID, Vr.UI, Part10.IMPLEMENTATION_CLASS_UID);
                        yield new int[0];
                    }
                    case SR_DOCUMENT,
                            KEY_OBJECT_DOCUMENT,
                            WAVEFORM,
                            RT_DOSE,
                            RT_STRUCTURE_SET,
                            RT_PLAN,
                            RT_TREATMENT_RECORD,
                            RAW_DATA,
                            REGISTRATION,
                            FIDUCIALS,
                            SURFACE,
                            TRACT,
                            VALUE_MAP,
                            SPECTROSCOPY,
                            STEREOMETRIC,
                            MEASUREMENT,
                            IMAGE -> new int[0];
                };
        for (int tag : tags) {
            if (!header.contains(tag)) {
                record.set(tag, representation(tag));
            }
        }
        return record;
    }
}
