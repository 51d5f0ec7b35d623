package org.countyhub.imaging.worklist;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * A performed procedure step as its modality reports it (PS3.4 annex F).
 *
 * @param source the hospital of the modality, by its id
 * @param attributes all that was said of it until now; text in UTF-8
 */
public record ProcedureStep(String source, String sopInstanceUid, Dataset attributes) {
    /** PerformedProcedureStepStatus (PS3.3 section C.4.14). */
    public enum Status {
        IN_PROGRESS("IN PROGRESS"),
        DISCONTINUED("DISCONTINUED"),
        COMPLETED("COMPLETED");

        private final String term;

        Status(String term) {
            this.term = term;
        }

        static Status of(String term) {
            for (Status status : values()) {
                if (status.term.equals(term)) {
                    return status;
                }
            }
            throw invalid(Tag.PerformedProcedureStepStatus, "value", "IN PROGRESS, DISCONTINUED or COMPLETED");
        }
    }

    /** A step that begins: it has a status, which is in progress, and says which study it is part of (PS3.4 table F.7.2-1). */
    public static ProcedureStep begun(String source, String sopInstanceUid, Dataset attributes) {
        ProcedureStep step = new ProcedureStep(source, sopInstanceUid, attributes.inUtf8());
        if (step.status() != Status.IN_PROGRESS) {
            throw invalid(Tag.PerformedProcedureStepStatus, "value", "a step begins IN PROGRESS");
        }
        if (step.studyUids().isEmpty()) {
            throw invalid(Tag.ScheduledStepAttributesSequence, "required", "no StudyInstanceUID");
        }
        return step;
    }

    public Status status() {
        return Status.of(attributes.string(Tag.PerformedProcedureStepStatus, ""));
    }

    /** The studies that it is part of. */
    public List<String> studyUids() {
        return attributes.items(Tag.ScheduledStepAttributesSequence).stream()
                .map(item -> item.string(Tag.StudyInstanceUID, ""))
                .filter(uid -> !uid.isEmpty())
                .distinct()
                .toList();
    }

    /** The instances that it says it has made (PS3.4 table F.7.2-1). */
    public Set<String> instances() {
        return attributes.items(Tag.PerformedSeriesSequence).stream()
                .flatMap(series -> Stream.concat(
                        series.items(Tag.ReferencedImageSequence).stream(),
                        series.items(Tag.ReferencedNonImageCompositeSOPInstanceSequence).stream()))
                .map(instance -> instance.string(Tag.ReferencedSOPInstanceUID, ""))
                .filter(uid -> !uid.isEmpty())
                .collect(Collectors.toSet());
    }

    /** With what is said now in the place of what was said before; nothing is said after its end (PS3.4 section F.7.2.2.2). */
    public ProcedureStep changed(Dataset changes) {
        if (status() != Status.IN_PROGRESS) {
            throw Problem.conflict("the step has ended and may no longer be changed");
        }
        Dataset.Builder all = attributes.toBuilder();
        changes.inUtf8().elements().forEach(element -> {
            if (!UNCHANGED.contains(element.tag())) {
                all.set(element);
            }
        });
        ProcedureStep changed = new ProcedureStep(
                source,
                sopInstanceUid,
                all.set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192").build());
        if (changed.status() == Status.COMPLETED && attributesSayNoSeries(changed.attributes)) {
            throw invalid(Tag.PerformedSeriesSequence, "required", "a completed step has series");
        }
        return changed;
    }

    /** What N-SET may not change (PS3.4 table F.7.2-1): whose it is and what it was scheduled as. */
    private static final Set<Integer> UNCHANGED = Set.of(
            Tag.PatientName,
            Tag.PatientID,
            Tag.PatientBirthDate,
            Tag.PatientSex,
            Tag.ScheduledStepAttributesSequence,
            Tag.PerformedProcedureStepStartDate,
            Tag.PerformedProcedureStepStartTime);

    private static boolean attributesSayNoSeries(Dataset attributes) {
        return attributes.items(Tag.PerformedSeriesSequence).isEmpty();
    }

    private static RuntimeException invalid(int tag, String code, String why) {
        return new Problem.Unprocessable(List.of(Fault.at(Tag.text(tag), code, why))).exception();
    }
}
