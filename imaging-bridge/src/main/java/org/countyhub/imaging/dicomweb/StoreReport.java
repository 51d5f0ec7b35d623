package org.countyhub.imaging.dicomweb;

import java.util.ArrayList;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** What became of the instances of one request: the Store Instances Response Module (PS3.18 section 10.5.3.2 and annex I.2). */
final class StoreReport {
    private static final int REFUSED_OUT_OF_RESOURCES = 0xA700;
    private static final int DATA_SET_DOES_NOT_MATCH = 0xA900;
    private static final int CANNOT_UNDERSTAND = 0xC000;
    private static final int PROCESSING_FAILURE = 0x0110;
    /** The warning that comes nearest to being kept apart; by DIMSE it is the same. */
    private static final int KEPT_APART = 0xB000;

    private static final int OTHER_FAILURES = 0x0008119A;
    /** Says in words what a code says; the module does not forbid it. */
    private static final int ERROR_COMMENT = 0x00000902;

    private static final int MAX_COMMENT = 64;

    private final String base;
    private final List<Dataset> stored = new ArrayList<>();
    private final List<Dataset> failed = new ArrayList<>();
    private final List<Dataset> unnamed = new ArrayList<>();
    private boolean warned;
    private boolean onlyBusy = true;

    StoreReport(String base) {
        this.base = base;
    }

    void added(UploadedPart part) {
        stored.add(reference(part)
                .set(Tag.RetrieveURL, Vr.UR, Bases.instance(base, part.study(), part.series(), part.sopInstanceUid()))
                .build());
    }

    /** Its bytes are safe, but it cannot be retrieved until somebody has decided. */
    void held(UploadedPart part, String why) {
        warned = true;
        stored.add(reference(part)
                .set(ERROR_COMMENT, Vr.LO, comment("kept apart: " + why))
                .set(Tag.WarningReason, KEPT_APART)
                .set(Tag.RetrieveURL, Vr.UR)
                .build());
    }

    void refused(UploadedPart part, Problem problem) {
        int reason = reason(problem);
        onlyBusy &= reason == REFUSED_OUT_OF_RESOURCES;
        Fault fault = problem.faults().getFirst();
        String why = fault.expression() == null ? fault.diagnostics() : fault.expression() + " " + fault.diagnostics();
        if (part.sopInstanceUid().isEmpty()) {
            unnamed.add(Dataset.builder()
                    .set(ERROR_COMMENT, Vr.LO, comment("part " + part.number() + ": " + why))
                    .set(Tag.FailureReason, reason)
                    .build());
        } else {
            failed.add(reference(part)
                    .set(ERROR_COMMENT, Vr.LO, comment(why))
                    .set(Tag.FailureReason, reason)
                    .build());
        }
    }

    private static Dataset.Builder reference(UploadedPart part) {
        return Dataset.builder()
                .set(Tag.ReferencedSOPClassUID, Vr.UI, part.sopClassUid())
                .set(Tag.ReferencedSOPInstanceUID, Vr.UI, part.sopInstanceUid());
    }

    private static String comment(String why) {
        String one = why.replace('\\', '/');
        return one.length() <= MAX_COMMENT ? one : one.substring(0, MAX_COMMENT - 1) + "…";
    }

    private static int reason(Problem problem) {
        return switch (problem) {
            case Problem.Busy ignored -> REFUSED_OUT_OF_RESOURCES;
            case Problem.TooCostly ignored -> REFUSED_OUT_OF_RESOURCES;
            case Problem.TooLarge ignored -> REFUSED_OUT_OF_RESOURCES;
            case Problem.Malformed ignored -> CANNOT_UNDERSTAND;
            case Problem.UnsupportedMedia ignored -> CANNOT_UNDERSTAND;
            case Problem.Unprocessable ignored -> DATA_SET_DOES_NOT_MATCH;
            case Problem.BadSearch ignored -> PROCESSING_FAILURE;
            case Problem.NotFound ignored -> PROCESSING_FAILURE;
            case Problem.Gone ignored -> PROCESSING_FAILURE;
            case Problem.StaleVersion ignored -> PROCESSING_FAILURE;
            case Problem.MultipleMatches ignored -> PROCESSING_FAILURE;
            case Problem.Conflict ignored -> PROCESSING_FAILURE;
            case Problem.Forbidden ignored -> PROCESSING_FAILURE;
            case Problem.NotSupported ignored -> PROCESSING_FAILURE;
            case Problem.NotAcceptable ignored -> PROCESSING_FAILURE;
        };
    }

    int stored() {
        return stored.size();
    }

    /** 200 where all are part of their studies, 202 where some are; 409 where none is, or 503 where there was no room (PS3.18 table 10.5.3-1). */
    int status() {
        if (stored.isEmpty()) {
            return onlyBusy ? 503 : 409;
        }
        return warned || !failed.isEmpty() || !unnamed.isEmpty() ? 202 : 200;
    }

    Dataset module() {
        Dataset.Builder module = Dataset.builder();
        List<String> studies = stored.stream()
                .map(item -> item.string(Tag.RetrieveURL, ""))
                .filter(url -> !url.isEmpty())
                .map(url -> url.substring(0, url.indexOf("/series/")))
                .distinct()
                .toList();
        module.set(Tag.RetrieveURL, Vr.UR, studies.size() == 1 ? studies.getFirst() : "");
        set(module, Tag.ReferencedSOPSequence, stored);
        set(module, Tag.FailedSOPSequence, failed);
        set(module, OTHER_FAILURES, unnamed);
        return module.build();
    }

    private static void set(Dataset.Builder module, int tag, List<Dataset> items) {
        if (!items.isEmpty()) {
            module.set(tag, items);
        }
    }
}
