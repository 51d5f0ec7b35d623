package org.countyhub.bench.dicom;

/** The attributes that several writers name (PS3.6). */
public final class Tag {
    public static final int SOPClassUID = 0x0008_0016;
    public static final int SOPInstanceUID = 0x0008_0018;
    public static final int StudyDate = 0x0008_0020;
    public static final int SeriesDate = 0x0008_0021;
    public static final int ContentDate = 0x0008_0023;
    public static final int AcquisitionDateTime = 0x0008_002A;
    public static final int StudyTime = 0x0008_0030;
    public static final int SeriesTime = 0x0008_0031;
    public static final int ContentTime = 0x0008_0033;
    public static final int AccessionNumber = 0x0008_0050;
    public static final int Modality = 0x0008_0060;
    public static final int Manufacturer = 0x0008_0070;
    public static final int InstitutionName = 0x0008_0080;
    public static final int ReferringPhysicianName = 0x0008_0090;
    public static final int TimezoneOffsetFromUTC = 0x0008_0201;
    public static final int StationName = 0x0008_1010;
    public static final int StudyDescription = 0x0008_1030;
    public static final int SeriesDescription = 0x0008_103E;
    public static final int PatientName = 0x0010_0010;
    public static final int PatientID = 0x0010_0020;
    public static final int PatientBirthDate = 0x0010_0030;
    public static final int PatientSex = 0x0010_0040;
    public static final int PatientAge = 0x0010_1010;
    public static final int BodyPartExamined = 0x0018_0015;
    public static final int SliceThickness = 0x0018_0050;
    public static final int StudyInstanceUID = 0x0020_000D;
    public static final int SeriesInstanceUID = 0x0020_000E;
    public static final int StudyID = 0x0020_0010;
    public static final int SeriesNumber = 0x0020_0011;
    public static final int InstanceNumber = 0x0020_0013;
    public static final int ImagePositionPatient = 0x0020_0032;
    public static final int ImageOrientationPatient = 0x0020_0037;
    public static final int FrameOfReferenceUID = 0x0020_0052;
    public static final int SamplesPerPixel = 0x0028_0002;
    public static final int PhotometricInterpretation = 0x0028_0004;
    public static final int NumberOfFrames = 0x0028_0008;
    public static final int Rows = 0x0028_0010;
    public static final int Columns = 0x0028_0011;
    public static final int PixelSpacing = 0x0028_0030;
    public static final int BitsAllocated = 0x0028_0100;
    public static final int BitsStored = 0x0028_0101;
    public static final int HighBit = 0x0028_0102;
    public static final int PixelRepresentation = 0x0028_0103;
    public static final int WindowCenter = 0x0028_1050;
    public static final int WindowWidth = 0x0028_1051;
    public static final int RescaleIntercept = 0x0028_1052;
    public static final int RescaleSlope = 0x0028_1053;

    private Tag() {}
}
