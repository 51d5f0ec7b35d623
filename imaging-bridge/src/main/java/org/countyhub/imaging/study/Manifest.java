package org.countyhub.imaging.study;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;

/**
 * The manifest of a study: a Key Object Selection Document (PS3.3 section A.35.4, PS3.16 TID 2010) titled Manifest that names every
 * instance and where each series is fetched, as IHE's XDS-I.b and MADO exchange it. It follows from the study alone: the same
 * version gives the same manifest under the same SOP Instance UID, and another version another one, in the same series.
 *
 * @param retrieveAeTitle of the hub
 * @param dicomweb address of DICOMweb
 * @param zone of the moment in it
 */
public record Manifest(String retrieveAeTitle, String dicomweb, ZoneId zone) {
    /** Key Object Selection Document Storage. */
    public static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.88.59";

    private static final String WAVEFORMS = "1.2.840.10008.5.1.4.1.1.9.";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xx", Locale.ROOT);

    /** As the study has them; text is written in UTF-8. */
    private static final int[] OF_STUDY = {
        Tag.StudyDate,
        Tag.StudyTime,
        Tag.AccessionNumber,
        Tag.ReferringPhysicianName,
        Tag.StudyDescription,
        Tag.StudyID,
        Tag.PatientName,
        Tag.PatientBirthDate,
        Tag.PatientSex
    };

    /** Attributes that are sent even where they are empty (type 2, PS3.3 sections C.7.1.1 and C.7.2.1). */
    private static final Map<Integer, Vr> REPRESENTATIONS = Map.of(
            Tag.StudyDate, Vr.DA,
            Tag.StudyTime, Vr.TM,
            Tag.AccessionNumber, Vr.SH,
            Tag.ReferringPhysicianName, Vr.PN,
            Tag.StudyDescription, Vr.LO,
            Tag.StudyID, Vr.SH,
            Tag.PatientName, Vr.PN,
            Tag.PatientBirthDate, Vr.DA,
            Tag.PatientSex, Vr.CS);

    /** The SOP Instance UID of the manifest of that version of a study. */
    public static String sopInstanceUid(String studyUid, int version) {
        return uid("manifest|" + studyUid + "|" + version);
    }

    /** A UID derived from a UUID (PS3.5 annex B.2), which is derived from a name (RFC 9562). */
    private static String uid(String name) {
        UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        BigInteger number = new BigInteger(uuid.toString().replace("-", ""), 16);
        return "2.25." + number;
    }

    /**
     * The manifest.
     *
     * @param instances all of the study, at least one; their order is kept
     */
    public Dataset of(Study study, List<Stored> instances) {
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("a manifest names at least one instance");
        }
        Dataset.Builder manifest = Dataset.builder();
        manifest.set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192");
        manifest.set(Tag.SOPClassUID, Vr.UI, SOP_CLASS);
        manifest.set(Tag.SOPInstanceUID, Vr.UI, sopInstanceUid(study.studyUid(), study.version()));
        addStudy(study, manifest);
        addSeries(study, manifest);
        addDocument(study, manifest);
        manifest.set(Tag.CurrentRequestedProcedureEvidenceSequence, List.of(evidence(study, instances)));
        manifest.set(
                Tag.ContentSequence, instances.stream().map(Manifest::content).toList());
        return manifest.build();
    }

    private static void addStudy(Study study, Dataset.Builder manifest) {
        for (int tag : OF_STUDY) {
            Vr vr = REPRESENTATIONS.get(tag);
            String value = study.attributes().string(tag, "");
            if (vr != null && (tag != Tag.StudyDescription || !value.isEmpty())) {
                manifest.set(tag, vr, value);
            }
        }
        manifest.set(Tag.StudyInstanceUID, Vr.UI, study.studyUid());
        manifest.set(Tag.PatientID, Vr.LO, study.patient().id());
        Element qualifiers = study.attributes().element(Tag.IssuerOfPatientIDQualifiersSequence);
        if (qualifiers != null) {
            manifest.set(qualifiers);
        }
        String issuer = study.attributes().string(Tag.IssuerOfPatientID);
        if (issuer != null) {
            manifest.set(Tag.IssuerOfPatientID, Vr.LO, issuer);
        }
    }

    private static void addSeries(Study study, Dataset.Builder manifest) {
        manifest.set(Tag.Modality, Vr.CS, "KO");
        manifest.set(Tag.SeriesInstanceUID, Vr.UI, uid("manifests|" + study.studyUid()));
        manifest.set(Tag.SeriesNumber, Vr.IS, "1");
        manifest.set(Tag.InstanceNumber, Vr.IS, Integer.toString(study.version()));
        manifest.set(Tag.Manufacturer, Vr.LO, "County hub");
        manifest.set(Tag.ReferencedPerformedProcedureStepSequence, List.of());
    }

    private void addDocument(Study study, Dataset.Builder manifest) {
        ZonedDateTime moment = study.lastReceived().atZone(zone);
        manifest.set(Tag.ContentDate, Vr.DA, DATE.format(moment));
        manifest.set(Tag.ContentTime, Vr.TM, TIME.format(moment));
        manifest.set(Tag.TimezoneOffsetFromUTC, Vr.SH, OFFSET.format(moment));
        manifest.set(Tag.ValueType, Vr.CS, "CONTAINER");
        manifest.set(Tag.ContinuityOfContent, Vr.CS, "SEPARATE");
        manifest.set(Tag.ConceptNameCodeSequence, List.of(code("113030", "DCM", "Manifest")));
        manifest.set(
                Tag.ContentTemplateSequence,
                List.of(Dataset.builder()
                        .set(Tag.MappingResource, Vr.CS, "DCMR")
                        .set(Tag.TemplateIdentifier, Vr.CS, "2010")
                        .build()));
        String accession = study.attributes().string(Tag.AccessionNumber);
        if (accession != null) {
            manifest.set(
                    Tag.ReferencedRequestSequence,
                    List.of(Dataset.builder()
                            .set(Tag.StudyInstanceUID, Vr.UI, study.studyUid())
                            .set(Tag.ReferencedStudySequence, List.of())
                            .set(Tag.AccessionNumber, Vr.SH, accession)
                            .set(Tag.PlacerOrderNumberImagingServiceRequest, Vr.LO)
                            .set(Tag.FillerOrderNumberImagingServiceRequest, Vr.LO)
                            .set(Tag.RequestedProcedureID, Vr.SH)
                            .set(Tag.RequestedProcedureDescription, Vr.LO)
                            .set(Tag.RequestedProcedureCodeSequence, List.of())
                            .build()));
        }
    }

    private static Dataset code(String value, String scheme, String meaning) {
        return Dataset.builder()
                .set(Tag.CodeValue, Vr.SH, value)
                .set(Tag.CodingSchemeDesignator, Vr.SH, scheme)
                .set(Tag.CodeMeaning, Vr.LO, meaning)
                .build();
    }

    /** The hierarchy of what is named (PS3.3 table 10-4 and section C.17.2.1, Hierarchical SOP Instance Reference Macro). */
    private Dataset evidence(Study study, List<Stored> instances) {
        Map<String, List<Dataset>> bySeries = new LinkedHashMap<>();
        instances.forEach(instance -> bySeries.computeIfAbsent(instance.seriesUid(), uid -> new ArrayList<>())
                .add(reference(instance)));
        List<Dataset> series = new ArrayList<>();
        bySeries.forEach((uid, references) -> series.add(Dataset.builder()
                .set(Tag.SeriesInstanceUID, Vr.UI, uid)
                .set(Tag.RetrieveAETitle, Vr.AE, retrieveAeTitle)
                .set(Tag.RetrieveURL, Vr.UR, dicomweb + "/studies/" + study.studyUid() + "/series/" + uid)
                .set(Tag.ReferencedSOPSequence, references)
                .build()));
        return Dataset.builder()
                .set(Tag.StudyInstanceUID, Vr.UI, study.studyUid())
                .set(Tag.ReferencedSeriesSequence, series)
                .build();
    }

    private static Dataset reference(Stored instance) {
        return Dataset.builder()
                .set(Tag.ReferencedSOPClassUID, Vr.UI, instance.sopClassUid())
                .set(Tag.ReferencedSOPInstanceUID, Vr.UI, instance.sopInstanceUid())
                .build();
    }

    private static Dataset content(Stored instance) {
        return Dataset.builder()
                .set(Tag.RelationshipType, Vr.CS, "CONTAINS")
                .set(Tag.ValueType, Vr.CS, valueType(instance))
                .set(Tag.ReferencedSOPSequence, List.of(reference(instance)))
                .build();
    }

    /** PS3.3 section A.35.4.3.1: images, waveforms, and composite objects that are neither. */
    private static String valueType(Stored instance) {
        if (instance.sopClassUid().startsWith(WAVEFORMS)) {
            return "WAVEFORM";
        }
        return instance.frames().length > 0 ? "IMAGE" : "COMPOSITE";
    }
}
