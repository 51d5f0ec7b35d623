package org.countyhub.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Answers each HTTP request with the exact text a test gives, on connections it keeps open. */
final class FakeServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Function<String, String> answer;
    private final AtomicInteger accepted = new AtomicInteger();

    /** @param answer from the request line and the body, a line feed between them, to the whole answer */
    FakeServer(Function<String, String> answer) {
        this(0, answer);
    }

    FakeServer(int port, Function<String, String> answer) {
        this.answer = answer;
        try {
            listener = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    FhirBase base() {
        return new FhirBase("127.0.0.1", listener.getLocalPort(), "/fhir");
    }

    int accepted() {
        return accepted.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // Closed: the test is over.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String first = line(in); !first.isEmpty(); first = line(in)) {
                int length = 0;
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    if (header.startsWith("Content-Length: ")) {
                        length = Integer.parseInt(header.substring(16));
                    }
                }
                String body = new String(in.readNBytes(length), ISO_8859_1);
                String whole = answer.apply(first + "\n" + body);
                socket.getOutputStream().write(whole.getBytes(ISO_8859_1));
                socket.getOutputStream().flush();
                if (whole.contains("Connection: close") || !whole.contains("\r\n\r\n")) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client went away: the test is over.
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    static String ok(String body) {
        return answer("200 OK", body);
    }

    static String answer(String status, String body, String... headers) {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + "\r\ncontent-length: " + body.length() + "\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("\r\n").append(body).toString();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
