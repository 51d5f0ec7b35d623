package org.countyhub.imaging.dimse;

import java.io.IOException;
import java.util.List;
import org.countyhub.imaging.dicom.net.Outlet;
import org.countyhub.imaging.dicom.net.Proposal;
import org.countyhub.imaging.peers.Device;

/** Opens associations to devices. */
@FunctionalInterface
interface Calls {
    Outlet open(Device device, List<Proposal> proposals) throws IOException;
}
