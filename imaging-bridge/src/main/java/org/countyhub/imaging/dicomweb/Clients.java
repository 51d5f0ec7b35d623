package org.countyhub.imaging.dicomweb;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.peers.Permission;
import org.countyhub.imaging.study.Sender;

/** Knows the systems that speak DICOMweb, as peers by DIMSE are known. */
@FunctionalInterface
public interface Clients {
    /** The name of a client that gives none. */
    String NAMELESS = "DICOMWEB";

    /**
     * Who that is and of which hospital; empty where it is none that takes part.
     *
     * @param name what it calls itself, such as an AE title, by the header {@code X-AE-Title}; else {@link #NAMELESS}
     * @param address where it called from
     */
    Optional<Client> client(String name, InetAddress address);

    /** A system that takes part. */
    record Client(Sender sender, Set<Permission> may) {
        public Client {
            may = Set.copyOf(may);
        }
    }
}
