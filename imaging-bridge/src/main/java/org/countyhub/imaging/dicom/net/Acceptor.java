package org.countyhub.imaging.dicom.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.aoju.bus.image.metric.AdvancedHandler;
import org.aoju.bus.image.metric.Connection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections and hands them to the toolkit. Its own listener would shake hands for TLS in the thread that accepts, so that one
 * silent client keeps everybody out; here each connection has its own thread from the first byte on.
 */
final class Acceptor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
    private static final int BACKLOG = 512;

    private final ServerSocket server;
    private final Connection connection;
    private final NetLimits limits;
    private final Watchdog watchdog;
    private final HalfOpen halfOpen;
    private final @Nullable Tls tls;

    Acceptor(
            InetSocketAddress bind,
            Connection connection,
            NetLimits limits,
            Watchdog watchdog,
            HalfOpen halfOpen,
            @Nullable Tls tls)
            throws IOException {
        this.connection = connection;
        this.limits = limits;
        this.watchdog = watchdog;
        this.halfOpen = halfOpen;
        this.tls = tls;
        server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(bind, BACKLOG);
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen for DICOM on " + bind + ": " + e.getMessage(), e);
        }
        Thread.ofPlatform().daemon().name("dicom-accept-" + port()).start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket raw = server.accept();
                Thread.ofVirtual().name("dicom-connection").start(() -> serve(raw));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.warn("a DICOM connection could not be accepted: {}", e.toString());
                    pause();
                }
            }
        }
    }

    /** Out of file descriptors: trying again at once would only burn the processor. */
    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Socket raw) {
        AtomicReference<@Nullable GuardedSocket> self = new AtomicReference<>();
        boolean handedOver = false;
        try {
            raw.setTcpNoDelay(true);
            raw.setKeepAlive(true);
            Socket carried = tls == null ? raw : tls.server(raw);
            GuardedSocket socket = new GuardedSocket(raw, carried, limits, watchdog, () -> {
                GuardedSocket closed = self.get();
                if (closed != null) {
                    halfOpen.remove(closed);
                }
            });
            self.set(socket);
            halfOpen.add(socket);
            if (carried instanceof SSLSocket secure) {
                secure.startHandshake();
            }
            AdvancedHandler.INSTANCE.onAccept(connection, socket);
            handedOver = true;
        } catch (IOException | RuntimeException e) {
            LOG.warn("DICOM connection from {} failed: {}", raw.getInetAddress().getHostAddress(), e.toString());
        } finally {
            if (!handedOver) {
                close(raw, self.get());
            }
        }
    }

    private static void close(Socket raw, @Nullable GuardedSocket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
            raw.close();
        } catch (IOException e) {
            LOG.debug("closing a DICOM connection: {}", e.toString());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
