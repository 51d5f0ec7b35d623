package org.countyhub.imaging.dimse;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.net.Caller;
import org.countyhub.imaging.dicom.net.NormalizedService;
import org.countyhub.imaging.dicom.net.Outlet;
import org.countyhub.imaging.dicom.net.Status;
import org.countyhub.imaging.peers.Permission;
import org.countyhub.imaging.study.lifecycle.Evidence;
import org.countyhub.imaging.worklist.StudyEvidence;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Instance availability notification (PS3.4 annex R) from an archive of a hospital: it has the whole of a study. */
final class AvailabilityScp implements NormalizedService {
    private final Access access;
    private final StudyEvidence evidence;

    AvailabilityScp(Access access, StudyEvidence evidence) {
        this.access = access;
        this.evidence = evidence;
    }

    @Override
    public Status handle(Caller caller, Request request, Outlet outlet) {
        access.may(caller, Permission.STORE);
        if (request.operation() != Operation.CREATE) {
            throw new Problem.NotSupported(List.of(Fault.of("not-supported", "N-CREATE only")), List.of()).exception();
        }
        Dataset notice = request.dataset();
        String study = notice.string(Tag.StudyInstanceUID);
        if (study == null) {
            throw new Problem.Malformed(List.of(Fault.at(Tag.text(Tag.StudyInstanceUID), "required", "missing")))
                    .exception();
        }
        List<Dataset> instances = notice.items(Tag.ReferencedSeriesSequence).stream()
                .flatMap(series -> series.items(Tag.ReferencedSOPSequence).stream())
                .toList();
        boolean online = instances.stream().allMatch(instance -> instance.string(Tag.InstanceAvailability, "")
                .equals("ONLINE"));
        if (online && !instances.isEmpty()) {
            Set<String> uids = instances.stream()
                    .map(instance -> instance.string(Tag.ReferencedSOPInstanceUID, ""))
                    .collect(Collectors.toSet());
            evidence.said(study, Evidence.instanceAvailability(request.sopInstanceUid(), uids));
        }
        return Status.SUCCESS;
    }
}
