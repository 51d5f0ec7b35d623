package org.countyhub.fhir.hl7v2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A sender that has its bytes in its own hands. */
final class MllpClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    final Socket socket;

    MllpClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] framed(byte[] message) {
        byte[] framed = new byte[message.length + 3];
        framed[0] = 0x0B;
        System.arraycopy(message, 0, framed, 1, message.length);
        framed[message.length + 1] = 0x1C;
        framed[message.length + 2] = 0x0D;
        return framed;
    }

    MllpClient write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer send(Adt message) {
        return write(framed(message.bytes())).read(StandardCharsets.UTF_8);
    }

    Answer read(Charset charset) {
        byte[] block = block();
        if (block == null) {
            throw new AssertionError("the connection ended without an answer");
        }
        return new Answer(new String(block, charset));
    }

    /** The next block; null when the connection ends. */
    byte @Nullable [] block() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                bytes.write(next);
                byte[] all = bytes.toByteArray();
                int length = all.length;
                if (next == 0x0D && length > 2 && all[length - 2] == 0x1C && all[0] == 0x0B) {
                    return Arrays.copyOfRange(all, 1, length - 2);
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
