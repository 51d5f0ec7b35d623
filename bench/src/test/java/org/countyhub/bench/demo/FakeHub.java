package org.countyhub.bench.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A peer that remembers what was created and answers as the transaction interaction does. */
final class FakeHub implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final AtomicInteger requests = new AtomicInteger();
    final Set<String> known = ConcurrentHashMap.newKeySet();
    volatile int refuseFrom = Integer.MAX_VALUE;
    volatile int refusal = 422;
    volatile int busyUntil;

    private final HttpServer server;

    FakeHub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/fhir", this::handle);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/fhir");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        int request = requests.incrementAndGet();
        JsonNode bundle = JSON.readTree(exchange.getRequestBody());
        if (request <= busyUntil) {
            answer(exchange, 503, "{}");
        } else if (request >= refuseFrom) {
            answer(exchange, refusal, "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"code\":\"invalid\"}]}");
        } else {
            answer(exchange, 200, stored(bundle).toString());
        }
    }

    private ObjectNode stored(JsonNode bundle) {
        ObjectNode response =
                JSON.createObjectNode().put("resourceType", "Bundle").put("type", "transaction-response");
        ArrayNode entries = response.putArray("entry");
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode asked = entry.path("request");
            boolean isNew = known.add(
                    asked.path("url").asText() + "?" + asked.path("ifNoneExist").asText());
            entries.addObject().putObject("response").put("status", isNew ? "201 Created" : "200 OK");
        }
        return response;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
