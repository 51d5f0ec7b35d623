package org.countyhub.fhir.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.countyhub.fhir.TestHub;

/** Requests as bytes on a connection, for what no HTTP client would send. */
final class Wire {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final URI base;

    Wire(TestHub hub) {
        this.base = URI.create(hub.base());
    }

    /** Writes the body of a request; an IOException means that the server has stopped to listen. */
    interface Body {
        void write(OutputStream out) throws IOException;
    }

    /** What the server answers, head and body, to a request line below the base such as {@code GET /Patient}. */
    String answer(String request, String headers) {
        return answer(request, headers, out -> {});
    }

    String answer(String request, String headers, byte[] body) {
        return answer(request, headers + "Content-Length: " + body.length + "\r\n", out -> out.write(body));
    }

    /** The answer is read while the body is written, because the server may give it before it has seen everything. */
    String answer(String request, String headers, Body body) {
        int space = request.indexOf(' ');
        String head = request.substring(0, space + 1) + base.getPath() + request.substring(space + 1)
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            Thread reader = Thread.ofVirtual().start(() -> drain(socket, answer));
            try {
                socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
                body.write(socket.getOutputStream());
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // Told enough.
            }
            reader.join();
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void drain(Socket socket, ByteArrayOutputStream answer) {
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                answer.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // A connection that is reset has said what it had to say.
        }
    }
}
