package org.countyhub.fhir.hl7v2.mllp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One sender's connection: a message, its answer, the next message. In this order, as they depend on one another. */
final class MllpConnection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(MllpConnection.class);
    private static final int START = 0x0B;
    private static final byte[] END = {0x1C, 0x0D};

    private final Socket socket;
    private final MllpLimits limits;
    private final MessageReceiver receiver;
    private volatile boolean stopping;

    MllpConnection(Socket socket, MllpLimits limits, MessageReceiver receiver) {
        this.socket = socket;
        this.limits = limits;
        this.receiver = receiver;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            FrameReader frames = new FrameReader(socket, limits);
            OutputStream out = socket.getOutputStream();
            for (Frame frame = frames.next(); frame != null && !stopping; frame = frames.next()) {
                byte[] answer =
                        frame.tooLarge() ? receiver.tooLarge(frame.content()) : receiver.receive(frame.content());
                if (answer != null) {
                    out.write(framed(answer));
                    out.flush();
                }
            }
        } catch (SocketTimeoutException e) {
            LOG.debug("a silent connection is closed");
        } catch (IOException e) {
            LOG.debug("a connection has broken off", e);
        }
    }

    private static byte[] framed(byte[] answer) {
        byte[] framed = new byte[answer.length + 1 + END.length];
        framed[0] = START;
        System.arraycopy(answer, 0, framed, 1, answer.length);
        System.arraycopy(END, 0, framed, answer.length + 1, END.length);
        return framed;
    }

    /** Takes no more messages; one that is in work is answered still. */
    void stop() {
        stopping = true;
        try {
            socket.shutdownInput();
        } catch (IOException e) {
            LOG.debug("a connection was closed already", e);
        }
    }

    void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a connection could not be closed", e);
        }
    }
}
