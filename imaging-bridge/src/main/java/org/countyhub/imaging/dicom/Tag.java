package org.countyhub.imaging.dicom;

/** Tags by the keywords of PS3.6, each as group and element in one number; and what a tag tells by itself. */
public final class Tag {
    public static final int TransferSyntaxUID = 0x00020010;
    public static final int MediaStorageSOPClassUID = 0x00020002;
    public static final int MediaStorageSOPInstanceUID = 0x00020003;
    public static final int SpecificCharacterSet = 0x00080005;
    public static final int ImageType = 0x00080008;
    public static final int InstanceCreationDate = 0x00080012;
    public static final int InstanceCreationTime = 0x00080013;
    public static final int SOPClassUID = 0x00080016;
    public static final int SOPInstanceUID = 0x00080018;
    public static final int StudyDate = 0x00080020;
    public static final int SeriesDate = 0x00080021;
    public static final int AcquisitionDate = 0x00080022;
    public static final int ContentDate = 0x00080023;
    public static final int AcquisitionDateTime = 0x0008002A;
    public static final int StudyTime = 0x00080030;
    public static final int SeriesTime = 0x00080031;
    public static final int AcquisitionTime = 0x00080032;
    public static final int ContentTime = 0x00080033;
    public static final int AccessionNumber = 0x00080050;
    public static final int IssuerOfAccessionNumberSequence = 0x00080051;
    public static final int QueryRetrieveLevel = 0x00080052;
    public static final int RetrieveAETitle = 0x00080054;
    public static final int InstanceAvailability = 0x00080056;
    public static final int FailedSOPInstanceUIDList = 0x00080058;
    public static final int Modality = 0x00080060;
    public static final int ModalitiesInStudy = 0x00080061;
    public static final int SOPClassesInStudy = 0x00080062;
    public static final int Manufacturer = 0x00080070;
    public static final int InstitutionName = 0x00080080;
    public static final int ReferringPhysicianName = 0x00080090;
    public static final int CodeValue = 0x00080100;
    public static final int CodingSchemeDesignator = 0x00080102;
    public static final int CodeMeaning = 0x00080104;
    public static final int MappingResource = 0x00080105;
    public static final int TimezoneOffsetFromUTC = 0x00080201;
    public static final int StationName = 0x00081010;
    public static final int StudyDescription = 0x00081030;
    public static final int SeriesDescription = 0x0008103E;
    public static final int ReferencedStudySequence = 0x00081110;
    public static final int ReferencedPerformedProcedureStepSequence = 0x00081111;
    public static final int ReferencedSeriesSequence = 0x00081115;
    public static final int ReferencedImageSequence = 0x00081140;
    public static final int ReferencedSOPClassUID = 0x00081150;
    public static final int ReferencedSOPInstanceUID = 0x00081155;
    public static final int ReferencedFrameNumber = 0x00081160;
    public static final int RetrieveURL = 0x00081190;
    public static final int TransactionUID = 0x00081195;
    public static final int FailureReason = 0x00081197;
    public static final int FailedSOPSequence = 0x00081198;
    public static final int ReferencedSOPSequence = 0x00081199;
    public static final int WarningReason = 0x00081196;
    public static final int PatientName = 0x00100010;
    public static final int PatientID = 0x00100020;
    public static final int IssuerOfPatientID = 0x00100021;
    public static final int TypeOfPatientID = 0x00100022;
    public static final int IssuerOfPatientIDQualifiersSequence = 0x00100024;
    public static final int PatientBirthDate = 0x00100030;
    public static final int PatientBirthTime = 0x00100032;
    public static final int PatientSex = 0x00100040;
    public static final int OtherPatientIDsSequence = 0x00101002;
    public static final int PatientAge = 0x00101010;
    public static final int BodyPartExamined = 0x00180015;
    public static final int SliceThickness = 0x00180050;
    public static final int SpacingBetweenSlices = 0x00180088;
    public static final int FrameTime = 0x00181063;
    public static final int ImagerPixelSpacing = 0x00181164;
    public static final int StudyInstanceUID = 0x0020000D;
    public static final int SeriesInstanceUID = 0x0020000E;
    public static final int StudyID = 0x00200010;
    public static final int SeriesNumber = 0x00200011;
    public static final int InstanceNumber = 0x00200013;
    public static final int Laterality = 0x00200060;
    public static final int NumberOfPatientRelatedStudies = 0x00201200;
    public static final int NumberOfStudyRelatedSeries = 0x00201206;
    public static final int NumberOfStudyRelatedInstances = 0x00201208;
    public static final int NumberOfSeriesRelatedInstances = 0x00201209;
    public static final int ConcatenationUID = 0x00209161;
    public static final int ConcatenationFrameOffsetNumber = 0x00209228;
    public static final int DimensionOrganizationType = 0x00209311;
    public static final int SamplesPerPixel = 0x00280002;
    public static final int PhotometricInterpretation = 0x00280004;
    public static final int PlanarConfiguration = 0x00280006;
    public static final int NumberOfFrames = 0x00280008;
    public static final int Rows = 0x00280010;
    public static final int Columns = 0x00280011;
    public static final int PixelSpacing = 0x00280030;
    public static final int PixelAspectRatio = 0x00280034;
    public static final int BitsAllocated = 0x00280100;
    public static final int BitsStored = 0x00280101;
    public static final int HighBit = 0x00280102;
    public static final int PixelRepresentation = 0x00280103;
    public static final int SmallestImagePixelValue = 0x00280106;
    public static final int LargestImagePixelValue = 0x00280107;
    public static final int PixelPaddingValue = 0x00280120;
    public static final int PixelPaddingRangeLimit = 0x00280121;
    public static final int WindowCenter = 0x00281050;
    public static final int WindowWidth = 0x00281051;
    public static final int RescaleIntercept = 0x00281052;
    public static final int RescaleSlope = 0x00281053;
    public static final int RescaleType = 0x00281054;
    public static final int WindowCenterWidthExplanation = 0x00281055;
    public static final int VOILUTFunction = 0x00281056;
    public static final int RedPaletteColorLookupTableDescriptor = 0x00281101;
    public static final int GreenPaletteColorLookupTableDescriptor = 0x00281102;
    public static final int BluePaletteColorLookupTableDescriptor = 0x00281103;
    public static final int RedPaletteColorLookupTableData = 0x00281201;
    public static final int GreenPaletteColorLookupTableData = 0x00281202;
    public static final int BluePaletteColorLookupTableData = 0x00281203;
    public static final int SegmentedRedPaletteColorLookupTableData = 0x00281221;
    public static final int SegmentedGreenPaletteColorLookupTableData = 0x00281222;
    public static final int SegmentedBluePaletteColorLookupTableData = 0x00281223;
    public static final int ModalityLUTSequence = 0x00283000;
    public static final int LUTDescriptor = 0x00283002;
    public static final int LUTExplanation = 0x00283003;
    public static final int LUTData = 0x00283006;
    public static final int VOILUTSequence = 0x00283010;
    public static final int PixelMeasuresSequence = 0x00289110;
    public static final int FrameVOILUTSequence = 0x00289132;
    public static final int PixelValueTransformationSequence = 0x00289145;
    public static final int RequestedProcedureDescription = 0x00321060;
    public static final int RequestedProcedureCodeSequence = 0x00321064;
    public static final int ScheduledStationAETitle = 0x00400001;
    public static final int ScheduledProcedureStepStartDate = 0x00400002;
    public static final int ScheduledProcedureStepStartTime = 0x00400003;
    public static final int ScheduledPerformingPhysicianName = 0x00400006;
    public static final int ScheduledProcedureStepDescription = 0x00400007;
    public static final int ReferencedNonImageCompositeSOPInstanceSequence = 0x00400220;
    public static final int PerformedProcedureStepStartDate = 0x00400244;
    public static final int PerformedProcedureStepStartTime = 0x00400245;
    public static final int RequestAttributesSequence = 0x00400275;
    public static final int RequestedProcedureID = 0x00401001;
    public static final int ScheduledProcedureStepID = 0x00400009;
    public static final int LocalNamespaceEntityID = 0x00400031;
    public static final int UniversalEntityID = 0x00400032;
    public static final int UniversalEntityIDType = 0x00400033;
    public static final int ScheduledProcedureStepSequence = 0x00400100;
    public static final int PerformedProcedureStepStatus = 0x00400252;
    public static final int ScheduledStepAttributesSequence = 0x00400270;
    public static final int PerformedSeriesSequence = 0x00400340;
    public static final int ZOffsetInSlideCoordinateSystem = 0x0040074A;
    public static final int MeasurementUnitsCodeSequence = 0x004008EA;
    public static final int RequestedProcedurePriority = 0x00401003;
    public static final int PlacerOrderNumberImagingServiceRequest = 0x00402016;
    public static final int FillerOrderNumberImagingServiceRequest = 0x00402017;
    public static final int RelationshipType = 0x0040A010;
    public static final int VerifyingOrganization = 0x0040A027;
    public static final int VerificationDateTime = 0x0040A030;
    public static final int ValueType = 0x0040A040;
    public static final int ConceptNameCodeSequence = 0x0040A043;
    public static final int ContinuityOfContent = 0x0040A050;
    public static final int VerifyingObserverSequence = 0x0040A073;
    public static final int VerifyingObserverName = 0x0040A075;
    public static final int DateTime = 0x0040A120;
    public static final int Date = 0x0040A121;
    public static final int Time = 0x0040A122;
    public static final int PersonName = 0x0040A123;
    public static final int UID = 0x0040A124;
    public static final int TemporalRangeType = 0x0040A130;
    public static final int TextValue = 0x0040A160;
    public static final int ConceptCodeSequence = 0x0040A168;
    public static final int MeasuredValueSequence = 0x0040A300;
    public static final int NumericValueQualifierCodeSequence = 0x0040A301;
    public static final int NumericValue = 0x0040A30A;
    public static final int ReferencedRequestSequence = 0x0040A370;
    public static final int CurrentRequestedProcedureEvidenceSequence = 0x0040A375;
    public static final int CompletionFlag = 0x0040A491;
    public static final int VerificationFlag = 0x0040A493;
    public static final int ContentTemplateSequence = 0x0040A504;
    public static final int ContentSequence = 0x0040A730;
    public static final int TemplateIdentifier = 0x0040DB00;
    public static final int ReferencedContentItemIdentifier = 0x0040DB73;
    public static final int DocumentTitle = 0x00420010;
    public static final int EncapsulatedDocument = 0x00420011;
    public static final int MIMETypeOfEncapsulatedDocument = 0x00420012;
    public static final int EncapsulatedDocumentLength = 0x00420015;
    public static final int ImagedVolumeWidth = 0x00480001;
    public static final int ImagedVolumeHeight = 0x00480002;
    public static final int TotalPixelMatrixColumns = 0x00480006;
    public static final int TotalPixelMatrixRows = 0x00480007;
    public static final int TotalPixelMatrixOriginSequence = 0x00480008;
    public static final int OpticalPathSequence = 0x00480105;
    public static final int OpticalPathIdentifier = 0x00480106;
    public static final int ObjectiveLensPower = 0x00480112;
    public static final int OpticalPathIdentificationSequence = 0x00480207;
    public static final int PlanePositionSlideSequence = 0x0048021A;
    public static final int ColumnPositionInTotalImagePixelMatrix = 0x0048021E;
    public static final int RowPositionInTotalImagePixelMatrix = 0x0048021F;
    public static final int NumberOfOpticalPaths = 0x00480302;
    public static final int TotalPixelMatrixFocalPlanes = 0x00480303;
    public static final int GraphicData = 0x00700022;
    public static final int GraphicType = 0x00700023;
    public static final int ModifiedAttributesSequence = 0x04000550;
    public static final int OriginalAttributesSequence = 0x04000561;
    public static final int AttributeModificationDateTime = 0x04000562;
    public static final int ModifyingSystem = 0x04000563;
    public static final int SourceOfPreviousValues = 0x04000564;
    public static final int ReasonForTheAttributeModification = 0x04000565;
    public static final int PresentationLUTShape = 0x20500020;
    public static final int SharedFunctionalGroupsSequence = 0x52009229;
    public static final int PerFrameFunctionalGroupsSequence = 0x52009230;
    public static final int OverlayRows = 0x60000010;
    public static final int OverlayColumns = 0x60000011;
    public static final int NumberOfFramesInOverlay = 0x60000015;
    public static final int OverlayOrigin = 0x60000050;
    public static final int ImageFrameOrigin = 0x60000051;
    public static final int OverlayBitsAllocated = 0x60000100;
    public static final int OverlayBitPosition = 0x60000102;
    public static final int OverlayData = 0x60003000;
    public static final int ExtendedOffsetTable = 0x7FE00001;
    public static final int FloatPixelData = 0x7FE00008;
    public static final int DoubleFloatPixelData = 0x7FE00009;
    public static final int PixelData = 0x7FE00010;

    /** Items and their ends, which are no elements of a data set (PS3.5 section 7.5). */
    static final int Item = 0xFFFEE000;

    static final int ItemDelimitationItem = 0xFFFEE00D;
    static final int SequenceDelimitationItem = 0xFFFEE0DD;

    private Tag() {}

    public static int group(int tag) {
        return tag >>> 16;
    }

    public static int element(int tag) {
        return tag & 0xFFFF;
    }

    /** Private elements have odd groups (PS3.5 section 7.8). */
    public static boolean isPrivate(int tag) {
        return (group(tag) & 1) == 1;
    }

    /** {@code (7FE0,0010)}, as PS3.6 writes tags. */
    public static String text(int tag) {
        return "(%04X,%04X)".formatted(group(tag), element(tag));
    }

    /** {@code 7FE00010}, as PS3.18 writes tags. */
    public static String hex(int tag) {
        return "%08X".formatted(tag);
    }
}
