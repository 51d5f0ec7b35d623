package org.countyhub.imaging.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A connection that may not stand still where it has to move: until the association is asked for, inside a PDU either way, and between the
 * PDUs of a message. {@link Watchdog} closes it when it does. The time between messages is the toolkit's idle timeout.
 */
final class GuardedSocket extends Socket {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedSocket.class);
    private static final long NONE = Long.MAX_VALUE;

    private final Socket raw;
    private final Socket carried;
    private final NetLimits limits;
    private final Watchdog watchdog;
    private final Runnable onClose;
    private final InputStream in;
    private final OutputStream out;
    private final long born = System.nanoTime();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean established;
    private volatile long readBy;
    private volatile long writeBy = NONE;

    /**
     * @param raw the TCP connection
     * @param carried what bytes go through: TLS over it, or the same
     * @param onClose called once
     */
    GuardedSocket(Socket raw, Socket carried, NetLimits limits, Watchdog watchdog, Runnable onClose)
            throws IOException {
        this.raw = raw;
        this.carried = carried;
        this.limits = limits;
        this.watchdog = watchdog;
        this.onClose = onClose;
        this.readBy = after(limits.request());
        this.in = new PduReader(carried.getInputStream(), this, limits.pduBytes());
        this.out = new Timed(carried.getOutputStream());
        watchdog.watch(this);
    }

    /** The stream of the connection with a deadline for each write. */
    private final class Timed extends OutputStream {
        private final OutputStream to;

        Timed(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writeBy = after(limits.pdu());
            try {
                to.write(bytes, offset, length);
            } finally {
                writeBy = NONE;
            }
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }
    }

    private long after(Duration duration) {
        return System.nanoTime() - born + duration.toNanos();
    }

    /** The TLS connection, or the plain one. */
    Socket carried() {
        return carried;
    }

    /** From now on it may be silent between messages. */
    void established() {
        established = true;
        readBy = NONE;
    }

    boolean isEstablished() {
        return established;
    }

    void pduBegun() {
        if (established) {
            readBy = after(limits.pdu());
        }
    }

    void pduEnded(boolean insideMessage) {
        if (established) {
            readBy = insideMessage ? after(limits.idle()) : NONE;
        }
    }

    void refused(String why) {
        LOG.warn("DICOM connection from {} aborted: {}", getInetAddress().getHostAddress(), why);
    }

    /** Closes it when it has stood still for too long. */
    void check() {
        long now = System.nanoTime() - born;
        if (now > readBy || now > writeBy) {
            // A flood of connections that never ask is not to become a flood of lines.
            LOG.atLevel(established ? Level.WARN : Level.DEBUG)
                    .log(
                            "DICOM connection from {} closed: it stood still",
                            getInetAddress().getHostAddress());
            close();
        }
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public InetAddress getInetAddress() {
        return raw.getInetAddress();
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return raw.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return raw.getLocalSocketAddress();
    }

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            watchdog.forget(this);
            onClose.run();
            try {
                // TLS says good-bye in a write, which would wait behind one that stands still.
                (writeBy == NONE ? carried : raw).close();
            } catch (IOException e) {
                LOG.debug("closing a DICOM connection: {}", e.toString());
            }
        }
    }

    @Override
    public String toString() {
        return "connection from " + raw.getRemoteSocketAddress();
    }
}
