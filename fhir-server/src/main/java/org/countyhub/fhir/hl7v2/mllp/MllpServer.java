package org.countyhub.fhir.hl7v2.mllp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for senders of MLLP and gives each a thread of its own.
 *
 * <p>Not HAPI's server, whose frames have no bound, whose messages of one connection overtake one another, and which
 * listens on every address (docs/decisions/0015).
 */
public final class MllpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MllpServer.class);
    private static final int BACKLOG = 64;
    private static final int PAUSE_MILLIS = 100;

    private final ServerSocket listener;
    private final MllpLimits limits;
    private final MessageReceiver receiver;
    private final Map<MllpConnection, Thread> connections = new ConcurrentHashMap<>();
    private final Thread acceptor;
    private volatile boolean stopping;

    private MllpServer(ServerSocket listener, MllpLimits limits, MessageReceiver receiver) {
        this.listener = listener;
        this.limits = limits;
        this.receiver = receiver;
        this.acceptor = Thread.ofPlatform().daemon().name("mllp").unstarted(this::accept);
    }

    /** Starts to listen; port 0 takes a free one. */
    public static MllpServer start(InetAddress bind, int port, MllpLimits limits, MessageReceiver receiver) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(bind, port), BACKLOG);
            MllpServer server = new MllpServer(listener, limits, receiver);
            server.acceptor.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen for HL7 v2 at " + bind.getHostAddress() + ":" + port, e);
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private void accept() {
        while (!stopping) {
            try {
                admit(listener.accept());
            } catch (IOException e) {
                if (!stopping) {
                    // Out of file descriptors, most likely; another try at once would fail as well.
                    LOG.warn("a connection for HL7 v2 could not be accepted: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void admit(Socket socket) throws IOException {
        if (connections.size() >= limits.maxConnections()) {
            LOG.warn("a connection for HL7 v2 is refused: there are {} already", limits.maxConnections());
            socket.close();
            return;
        }
        MllpConnection connection = new MllpConnection(socket, limits, receiver);
        Thread thread = Thread.ofVirtual().name("mllp-connection").unstarted(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        });
        connections.put(connection, thread);
        thread.start();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Listens no more, lets messages in work be committed and answered, and ends. */
    @Override
    public void close() {
        stopping = true;
        try {
            listener.close();
            acceptor.join();
            connections.keySet().forEach(MllpConnection::stop);
            long deadline = System.nanoTime() + limits.stopMillis() * 1_000_000L;
            for (Thread thread : connections.values()) {
                long remaining = (deadline - System.nanoTime()) / 1_000_000;
                thread.join(Math.max(1, remaining));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("the listener for HL7 v2 could not be closed: {}", e.getMessage());
        } finally {
            connections.keySet().forEach(MllpConnection::cut);
        }
    }
}
