package org.countyhub.imaging.dicom.net;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Who has opened an association, as far as the network tells.
 *
 * @param callingAe the AE title that it says it has; nothing proves it
 * @param address where the connection comes from
 * @param certificate what it proved to have over TLS; null on a plain connection
 */
public record Caller(
        String callingAe, InetAddress address, @Nullable X509Certificate certificate) {
    @Override
    public String toString() {
        return callingAe + " at " + address.getHostAddress();
    }
}
