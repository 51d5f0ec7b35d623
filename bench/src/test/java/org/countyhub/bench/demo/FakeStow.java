package org.countyhub.bench.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.countyhub.bench.dicom.Multipart;

/** A DICOMweb server that takes whatever is posted, and remembers who posted how many parts. */
final class FakeStow implements AutoCloseable {
    final List<String> posted = new CopyOnWriteArrayList<>();
    volatile int status = 200;

    private final HttpServer server;

    FakeStow() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/dicomweb/studies", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("GET")) {
            exchange.sendResponseHeaders(204, -1);
        } else {
            posted.add(exchange.getRequestHeaders().getFirst("X-AE-Title") + " "
                    + Multipart.parts(body, body.length).size());
            exchange.sendResponseHeaders(status, -1);
        }
        exchange.close();
    }
}
