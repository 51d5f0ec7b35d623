package org.countyhub.fhir.hl7v2.mllp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the blocks out of a connection: VT, content, FS CR. What stands between blocks means nothing and is passed over, at
 * most as much as a message may have. A start within a block begins it anew: the sender broke off and started again. FS
 * without CR does not end a block, so that half a message is never taken for a whole one.
 */
final class FrameReader {
    private static final int START = 0x0B;
    private static final int END = 0x1C;
    private static final int CARRIAGE_RETURN = 0x0D;
    private static final int NONE = -1;

    private final Socket socket;
    private final InputStream in;
    private final MllpLimits limits;
    private final byte[] buffer = new byte[8 * 1024];
    private int position;
    private int filled;
    private long deadline;

    FrameReader(Socket socket, MllpLimits limits) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.limits = limits;
    }

    /**
     * The next block; null when there is none any more, whether the connection has ended or what came is no block.
     *
     * @throws SocketTimeoutException when the sender is silent for too long
     */
    @Nullable
    Frame next() throws IOException {
        if (!start()) {
            return null;
        }
        deadline = System.nanoTime() + limits.messageMillis() * 1_000_000L;
        ByteArrayOutputStream content = new ByteArrayOutputStream(2 * 1024);
        boolean tooLarge = false;
        boolean ending = false;
        for (int next = read(true); next != NONE; next = read(true)) {
            if (ending && next == CARRIAGE_RETURN) {
                return new Frame(content.toByteArray(), tooLarge);
            }
            if (next == START) {
                content.reset();
                tooLarge = false;
                ending = false;
                continue;
            }
            if (ending) {
                tooLarge |= !keep(content, END);
            }
            ending = next == END;
            if (!ending) {
                tooLarge |= !keep(content, next);
            }
        }
        return null;
    }

    private boolean keep(ByteArrayOutputStream content, int next) {
        if (content.size() >= limits.maxMessageBytes()) {
            return false;
        }
        content.write(next);
        return true;
    }

    private boolean start() throws IOException {
        for (int passed = 0; passed <= limits.maxMessageBytes(); passed++) {
            int next = read(false);
            if (next == START || next == NONE) {
                return next == START;
            }
        }
        return false;
    }

    private int read(boolean within) throws IOException {
        if (position == filled) {
            socket.setSoTimeout(within ? remainingMillis() : limits.idleMillis());
            position = 0;
            filled = Math.max(0, in.read(buffer));
            if (filled == 0) {
                return NONE;
            }
        }
        return buffer[position++] & 0xFF;
    }

    private int remainingMillis() throws SocketTimeoutException {
        long remaining = (deadline - System.nanoTime()) / 1_000_000;
        if (remaining <= 0) {
            throw new SocketTimeoutException("a message took too long");
        }
        return (int) remaining;
    }
}
