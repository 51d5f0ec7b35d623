package org.countyhub.imaging.peers;

import java.util.List;
import java.util.Set;
import org.countyhub.imaging.study.Source;
import org.jspecify.annotations.Nullable;

/**
 * A modality, a workstation or an archive of a hospital.
 *
 * @param aeTitle by which it calls and is called; the same title at other addresses is another device
 * @param addresses where it may call from
 * @param called where it is called; null where it never is
 * @param maxAssociations that it may have open at once
 * @param certificateSha256 of the certificate that it must show, in small hexadecimal digits; null where any will do that is trusted
 * @param notified whether it is told when a study is complete (Instance Availability Notification)
 */
public record Device(
        Source source,
        String aeTitle,
        List<AddressRange> addresses,
        @Nullable Endpoint called,
        Set<Permission> may,
        int maxAssociations,
        @Nullable String certificateSha256,
        boolean notified) {
    public Device {
        addresses = List.copyOf(addresses);
        may = Set.copyOf(may);
    }

    /** Where a device listens. */
    public record Endpoint(String host, int port, boolean tls) {}
}
