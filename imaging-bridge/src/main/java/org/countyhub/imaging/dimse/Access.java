package org.countyhub.imaging.dimse;

import java.util.List;
import org.countyhub.imaging.dicom.net.Caller;
import org.countyhub.imaging.dicom.net.Gate;
import org.countyhub.imaging.peers.Device;
import org.countyhub.imaging.peers.Peers;
import org.countyhub.imaging.peers.Permission;
import org.countyhub.imaging.study.Sender;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Lets in those that the list of peers names, each for what it may do. */
final class Access implements Gate {
    private final Peers peers;

    Access(Peers peers) {
        this.peers = peers;
    }

    @Override
    public Decision decide(Caller caller) {
        return switch (answer(caller)) {
            case Peers.Known(Device device) -> new Admitted(device.maxAssociations());
            case Peers.Unknown(String why) -> new Refused(why);
        };
    }

    private Peers.Answer answer(Caller caller) {
        return peers.device(caller.callingAe(), caller.address(), caller.certificate());
    }

    /** The device that calls, if it may do that. */
    Device may(Caller caller, Permission permission) {
        if (answer(caller) instanceof Peers.Known(Device device) && device.may().contains(permission)) {
            return device;
        }
        throw new Problem.Forbidden(List.of(Fault.of("forbidden", "this AE title may not do that"))).exception();
    }

    static Sender sender(Device device, Caller caller) {
        return new Sender(device.source(), device.aeTitle(), caller.address().getHostAddress());
    }
}
