package org.countyhub.imaging.study.query;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;

/**
 * What the index can be asked by (PS3.4 tables C.6-1 to C.6-5, PS3.18 section 10.6.1.2): each constant is named by its keyword. What is
 * asked of something below the level of a query is asked of any that there is.
 */
public enum Key {
    PatientName(Tag.PatientName, Vr.PN),
    PatientID(Tag.PatientID, Vr.LO),
    /** Tells PatientID apart; by itself it asks for nothing that the index keeps. */
    IssuerOfPatientID(Tag.IssuerOfPatientID, Vr.LO),
    PatientBirthDate(Tag.PatientBirthDate, Vr.DA),
    PatientSex(Tag.PatientSex, Vr.CS),
    StudyInstanceUID(Tag.StudyInstanceUID, Vr.UI),
    StudyDate(Tag.StudyDate, Vr.DA),
    StudyTime(Tag.StudyTime, Vr.TM),
    AccessionNumber(Tag.AccessionNumber, Vr.SH),
    StudyID(Tag.StudyID, Vr.SH),
    StudyDescription(Tag.StudyDescription, Vr.LO),
    ReferringPhysicianName(Tag.ReferringPhysicianName, Vr.PN),
    ModalitiesInStudy(Tag.ModalitiesInStudy, Vr.CS),
    SOPClassesInStudy(Tag.SOPClassesInStudy, Vr.UI),
    SeriesInstanceUID(Tag.SeriesInstanceUID, Vr.UI),
    Modality(Tag.Modality, Vr.CS),
    SeriesNumber(Tag.SeriesNumber, Vr.IS),
    SeriesDescription(Tag.SeriesDescription, Vr.LO),
    BodyPartExamined(Tag.BodyPartExamined, Vr.CS),
    StationName(Tag.StationName, Vr.SH),
    InstitutionName(Tag.InstitutionName, Vr.LO),
    PerformedProcedureStepStartDate(Tag.PerformedProcedureStepStartDate, Vr.DA),
    PerformedProcedureStepStartTime(Tag.PerformedProcedureStepStartTime, Vr.TM),
    ScheduledProcedureStepID(Tag.ScheduledProcedureStepID, Vr.SH, Tag.RequestAttributesSequence),
    RequestedProcedureID(Tag.RequestedProcedureID, Vr.SH, Tag.RequestAttributesSequence),
    SOPInstanceUID(Tag.SOPInstanceUID, Vr.UI),
    SOPClassUID(Tag.SOPClassUID, Vr.UI),
    InstanceNumber(Tag.InstanceNumber, Vr.IS);

    private static final Map<Integer, Key> BY_TAG =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Key::tag, Function.identity()));

    private final int tag;
    private final Vr vr;
    private final int sequence;

    Key(int tag, Vr vr) {
        this(tag, vr, 0);
    }

    Key(int tag, Vr vr, int sequence) {
        this.tag = tag;
        this.vr = vr;
        this.sequence = sequence;
    }

    /** The key of that tag inside that sequence (0 for none); empty where the index has none. */
    public static Optional<Key> of(int sequence, int tag) {
        return Optional.ofNullable(BY_TAG.get(tag)).filter(key -> key.sequence == sequence);
    }

    public int tag() {
        return tag;
    }

    public Vr vr() {
        return vr;
    }

    /** The sequence in whose items it stands; 0 for none. */
    public int sequence() {
        return sequence;
    }
}
