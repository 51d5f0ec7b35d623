package org.countyhub.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive HTTP/1.1 connection that costs the machine as little as it can: ready-made request bytes out, a status,
 * the few headers a load run needs and a body in (RFC 9112: Content-Length, chunked, or until the connection closes).
 * The answer is held in buffers that the next exchange reuses. Not for several threads.
 */
public final class HttpConnection implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int READ_TIMEOUT_MILLIS = 60_000;
    private static final int MAX_LINE_BYTES = 16 * 1024;
    private static final int MAX_BODY_BYTES = 256 * 1024 * 1024;

    private final String host;
    private final int port;
    private @Nullable Socket socket;
    private int connects;

    private final byte[] input = new byte[64 * 1024];
    private int position;
    private int limit;

    private int status;
    private @Nullable String location;
    private long contentLength;
    private boolean chunked;
    private boolean closing;
    private byte[] body = new byte[64 * 1024];
    private int bodyLength;

    public HttpConnection(FhirBase base) {
        this.host = base.host();
        this.port = base.port();
    }

    /** Writes the body of a request, as long as its head says. */
    @FunctionalInterface
    public interface BodyWriter {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Sends the request, reads the whole answer and returns its status. Reconnects when the last answer said close. */
    public int exchange(byte[] request) {
        return exchange(request, out -> {});
    }

    /** The same with a body that is made while it is sent. */
    public int exchange(byte[] request, BodyWriter body) {
        try {
            Socket open = socket == null ? connect() : socket;
            OutputStream out = open.getOutputStream();
            out.write(request);
            body.writeTo(out);
            readHead(open);
            readBody(open, request[0] == 'H');
            if (closing) {
                close();
            }
            return status;
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("no whole answer to " + firstLine(request), e);
        }
    }

    /** The same, and a {@link LoadFailure} with the body when the status is not one of those expected. */
    int expect(byte[] request, int... statuses) {
        int answer = exchange(request);
        for (int expected : statuses) {
            if (answer == expected) {
                return answer;
            }
        }
        throw new LoadFailure(
                firstLine(request) + " answered " + answer + ", not " + Arrays.toString(statuses) + ":\n" + bodyText());
    }

    public int status() {
        return status;
    }

    public String bodyText() {
        return new String(body, 0, bodyLength, UTF_8);
    }

    /** The buffer that the body lies at the beginning of, until the next exchange. */
    public byte[] body() {
        return body;
    }

    /** A copy of the body that stays valid. */
    public byte[] bodyCopy() {
        return Arrays.copyOf(body, bodyLength);
    }

    public int bodyLength() {
        return bodyLength;
    }

    /** The Location header of the last answer, or null. */
    @Nullable
    String location() {
        return location;
    }

    /** How often a connection was opened; more than once means that the server closes kept connections. */
    public int connects() {
        return connects;
    }

    private Socket connect() throws IOException {
        Socket opened = new Socket();
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.setSoTimeout(READ_TIMEOUT_MILLIS);
        opened.connect(new InetSocketAddress(host, port), CONNECT_TIMEOUT_MILLIS);
        socket = opened;
        position = 0;
        limit = 0;
        connects++;
        return opened;
    }

    private void readHead(Socket from) throws IOException {
        String line = readLine(from);
        if (!line.startsWith("HTTP/1.") || line.length() < 12) {
            throw new IOException("not an HTTP/1.x answer: " + line);
        }
        status = Integer.parseInt(line.substring(9, 12));
        location = null;
        contentLength = -1;
        chunked = false;
        closing = line.startsWith("HTTP/1.0");
        for (String field = readLine(from); !field.isEmpty(); field = readLine(from)) {
            int colon = field.indexOf(':');
            if (colon > 0) {
                header(field, colon);
            }
        }
    }

    private void header(String line, int colon) {
        // Only four names matter; their lengths spare most lines the comparison.
        switch (colon) {
            case 14 -> {
                if (named(line, "content-length")) {
                    contentLength = Long.parseLong(line.substring(colon + 1).strip());
                }
            }
            case 17 -> {
                if (named(line, "transfer-encoding")) {
                    chunked = value(line, colon).endsWith("chunked");
                }
            }
            case 10 -> {
                if (named(line, "connection")) {
                    closing = value(line, colon).contains("close");
                }
            }
            case 8 -> {
                if (named(line, "location")) {
                    location = line.substring(colon + 1).strip();
                }
            }
            default -> {
                // A header that a load run does not look at.
            }
        }
    }

    private static boolean named(String line, String name) {
        return line.regionMatches(true, 0, name, 0, name.length());
    }

    private static String value(String line, int colon) {
        return line.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
    }

    private void readBody(Socket from, boolean head) throws IOException {
        bodyLength = 0;
        if (head || status == 204 || status == 304) {
            return;
        }
        if (chunked) {
            readChunks(from);
        } else if (contentLength >= 0) {
            readBytes(from, contentLength);
        } else {
            closing = true;
            while (position < limit || fill(from)) {
                readBytes(from, limit - position);
            }
        }
    }

    private void readChunks(Socket from) throws IOException {
        while (true) {
            String line = readLine(from);
            int end = line.indexOf(';');
            int size = Integer.parseInt((end < 0 ? line : line.substring(0, end)).strip(), 16);
            if (size == 0) {
                break;
            }
            readBytes(from, size);
            readLine(from);
        }
        while (!readLine(from).isEmpty()) {
            // Trailer fields carry nothing that a load run needs.
        }
    }

    private void readBytes(Socket from, long count) throws IOException {
        long needed = bodyLength + count;
        if (needed > MAX_BODY_BYTES) {
            throw new IOException("a body of more than " + MAX_BODY_BYTES + " bytes");
        }
        if (needed > body.length) {
            body = Arrays.copyOf(body, (int) Math.min(MAX_BODY_BYTES, Math.max(needed, 2L * body.length)));
        }
        long left = count;
        while (left > 0) {
            // A long body goes where it belongs without a stop on the way.
            if (position == limit && left >= input.length) {
                int read = from.getInputStream().read(body, bodyLength, (int) left);
                if (read < 0) {
                    throw new EOFException("the connection closed " + left + " bytes before the end of the body");
                }
                bodyLength += read;
                left -= read;
                continue;
            }
            if (position == limit && !fill(from)) {
                throw new EOFException("the connection closed " + left + " bytes before the end of the body");
            }
            int part = (int) Math.min(left, limit - position);
            System.arraycopy(input, position, body, bodyLength, part);
            position += part;
            bodyLength += part;
            left -= part;
        }
    }

    /** The next line without its end. */
    private String readLine(Socket from) throws IOException {
        StringBuilder spilled = new StringBuilder(0);
        while (true) {
            for (int i = position; i < limit; i++) {
                if (input[i] == '\n') {
                    int end = i > position && input[i - 1] == '\r' ? i - 1 : i;
                    String rest = new String(input, position, end - position, ISO_8859_1);
                    position = i + 1;
                    return spilled.isEmpty()
                            ? rest
                            : spilled.append(rest).toString().stripTrailing();
                }
            }
            spilled.append(new String(input, position, limit - position, ISO_8859_1));
            position = limit;
            if (spilled.length() > MAX_LINE_BYTES) {
                throw new IOException("a header line of more than " + MAX_LINE_BYTES + " bytes");
            }
            if (!fill(from)) {
                throw new EOFException("the connection closed before the end of the head");
            }
        }
    }

    private boolean fill(Socket from) throws IOException {
        int count = from.getInputStream().read(input, 0, input.length);
        position = 0;
        limit = Math.max(count, 0);
        return count > 0;
    }

    /** The method and address of a request, for messages. */
    static String firstLine(byte[] request) {
        int end = 0;
        while (end < request.length && request[end] != '\r') {
            end++;
        }
        return new String(request, 0, end, UTF_8).replace(" HTTP/1.1", "");
    }

    @Override
    public void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // Nothing more can be done with a socket that does not even close.
            }
            socket = null;
        }
    }
}
