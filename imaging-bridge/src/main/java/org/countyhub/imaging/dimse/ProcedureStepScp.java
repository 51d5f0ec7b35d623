package org.countyhub.imaging.dimse;

import java.util.List;
import java.util.Set;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.net.Caller;
import org.countyhub.imaging.dicom.net.NormalizedService;
import org.countyhub.imaging.dicom.net.Outlet;
import org.countyhub.imaging.dicom.net.Status;
import org.countyhub.imaging.peers.Permission;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.lifecycle.Evidence;
import org.countyhub.imaging.worklist.ProcedureStep;
import org.countyhub.imaging.worklist.ProcedureStepStore;
import org.countyhub.imaging.worklist.StudyEvidence;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Modality performed procedure step (PS3.4 annex F). */
final class ProcedureStepScp implements NormalizedService {
    private static final int DUPLICATE = 0x0111;

    private final Access access;
    private final Db db;
    private final ProcedureStepStore steps;
    private final StudyEvidence evidence;

    ProcedureStepScp(Access access, Db db, ProcedureStepStore steps, StudyEvidence evidence) {
        this.access = access;
        this.db = db;
        this.steps = steps;
        this.evidence = evidence;
    }

    @Override
    public Status handle(Caller caller, Request request, Outlet outlet) {
        Source source = access.may(caller, Permission.WORKLIST).source();
        Dataset said = request.dataset();
        Dataset readable = said.readable(source.characterSet());
        return switch (request.operation()) {
            case CREATE -> create(ProcedureStep.begun(source.id(), request.sopInstanceUid(), readable));
            case SET -> change(source, request.sopInstanceUid(), readable);
            case ACTION ->
                throw new Problem.NotSupported(List.of(Fault.of("not-supported", "N-CREATE and N-SET only")), List.of())
                        .exception();
        };
    }

    private Status create(ProcedureStep step) {
        return steps.create(step) ? Status.SUCCESS : Status.of(DUPLICATE, "there is a step of this UID");
    }

    private Status change(Source source, String uid, Dataset changes) {
        ProcedureStep changed = db.transaction(() -> {
            ProcedureStep step =
                    steps.lock(source.id(), uid).orElseThrow(() -> Problem.notFound("no step of this UID"));
            ProcedureStep next = step.changed(changes);
            steps.update(next);
            return next;
        });
        if (changed.status() != ProcedureStep.Status.IN_PROGRESS) {
            tell(changed);
        }
        return Status.SUCCESS;
    }

    /** Of a step that is part of several studies nobody can say which of its instances belong to which. */
    private void tell(ProcedureStep ended) {
        Set<String> instances = ended.instances();
        if (ended.studyUids().size() == 1 && !instances.isEmpty()) {
            evidence.said(
                    ended.studyUids().getFirst(), Evidence.performedProcedureStep(ended.sopInstanceUid(), instances));
        }
    }
}
