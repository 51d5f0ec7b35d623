package org.countyhub.imaging.dicom.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.aoju.bus.image.metric.Connection;
import org.jspecify.annotations.Nullable;

/** How the hub connects to others: with the same bounds as for those who connect to it, and TLS of its own settings. */
final class OutgoingConnection extends Connection {
    private static final long serialVersionUID = 1L;
    private static final int CONNECT_MILLIS = 5_000;
    /** A remote may ask a person, or a sleeping disk, before it accepts. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final transient NetLimits limits;
    private final transient Watchdog watchdog;
    private final transient @Nullable Tls tls;

    OutgoingConnection(NetLimits limits, Watchdog watchdog, @Nullable Tls tls) {
        this.limits = limits.withRequest(ANSWER);
        this.watchdog = watchdog;
        this.tls = tls;
    }

    @Override
    public Socket connect(Connection remote) throws IOException {
        String host = remote.getHostname();
        Socket raw = new Socket();
        try {
            raw.setTcpNoDelay(true);
            raw.setKeepAlive(true);
            raw.connect(new InetSocketAddress(host, remote.getPort()), CONNECT_MILLIS);
            Socket carried = tls == null ? raw : tls.client(raw, host);
            GuardedSocket socket = new GuardedSocket(raw, carried, limits, watchdog, () -> {});
            if (carried instanceof SSLSocket secure) {
                secure.startHandshake();
            }
            return socket;
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }
}
