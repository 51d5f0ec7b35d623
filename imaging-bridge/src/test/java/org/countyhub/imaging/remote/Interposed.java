package org.countyhub.imaging.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Stands between a client and a FHIR server, and lets something happen there just before each transaction arrives. */
final class Interposed implements AutoCloseable {
    private static final List<String> HEADERS =
            List.of("Accept", "Content-Type", "Prefer", "If-None-Exist", "If-Match", "X-Requester");

    private final HttpServer http;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final Runnable beforeTransaction;

    Interposed(String base, Runnable beforeTransaction) {
        this.base = base;
        this.beforeTransaction = beforeTransaction;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/fhir", this::pass);
        http.start();
    }

    String base() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/fhir";
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String rest = exchange.getRequestURI().toString().substring("/fhir".length());
            if (rest.isEmpty()) {
                beforeTransaction.run();
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + rest))
                    .timeout(Duration.ofSeconds(30))
                    .method(
                            exchange.getRequestMethod(),
                            BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
            for (String header : HEADERS) {
                String value = exchange.getRequestHeaders().getFirst(header);
                if (value != null) {
                    request.header(header, value);
                }
            }
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            answer.headers().firstValue("Location").ifPresent(location -> exchange.getResponseHeaders()
                    .set("Location", location));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        client.close();
    }
}
