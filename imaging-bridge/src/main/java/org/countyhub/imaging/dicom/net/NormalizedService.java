package org.countyhub.imaging.dicom.net;

import java.io.IOException;
import org.countyhub.imaging.dicom.Dataset;

/** Operations on managed objects (PS3.7 section 10): storage commitment, performed procedure steps, notices of availability. */
@FunctionalInterface
public interface NormalizedService {
    Status handle(Caller caller, Request request, Outlet outlet) throws IOException;

    /**
     * What is asked.
     *
     * @param sopInstanceUid of the managed object; for a creation without one, a new one
     * @param actionType of an action, else 0
     * @param dataset empty where none was sent
     */
    record Request(Operation operation, String sopClassUid, String sopInstanceUid, int actionType, Dataset dataset) {}

    /** The operations that the hub knows. */
    enum Operation {
        CREATE,
        SET,
        ACTION
    }
}
