package org.countyhub.imaging.dimse;

import java.io.IOException;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.net.Caller;
import org.countyhub.imaging.dicom.net.FindService;
import org.countyhub.imaging.dicom.net.Status;
import org.countyhub.imaging.peers.Permission;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.worklist.WorklistKeys;
import org.countyhub.imaging.worklist.WorklistSource;

/** Modality worklist (PS3.4 annex K): what is scheduled for the hospital that asks. */
final class WorklistScp implements FindService {
    private static final int MOST = 1_000;

    private final Access access;
    private final WorklistSource worklist;

    WorklistScp(Access access, WorklistSource worklist) {
        this.access = access;
        this.worklist = worklist;
    }

    @Override
    public Status find(Caller caller, String sopClassUid, Dataset identifier, Matches matches) throws IOException {
        Source hospital = access.may(caller, Permission.WORKLIST).source();
        WorklistKeys keys =
                new WorklistKeys(identifier.readable(hospital.characterSet()).inUtf8());
        int sent = 0;
        for (Dataset item : worklist.scheduled(hospital, keys.wanted())) {
            if (matches.cancelled()) {
                return Status.CANCELLED;
            }
            if (!keys.matches(item)) {
                continue;
            }
            if (++sent > MOST) {
                return Status.outOfResources("more than " + MOST + " items; ask for less");
            }
            matches.send(ReplyCharacterSet.of(identifier).apply(keys.answer(item)), false);
        }
        return Status.SUCCESS;
    }
}
