package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.countyhub.kernel.FreePorts;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The FHIR server of this repository, as it is packaged, in a process of its own on an empty database. Test classes that are extended
 * with it share one, which stops after the last of them.
 */
final class FhirServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path directory;
    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Thread onExit = new Thread(this::stop);

    /** Hands the server to tests. */
    static final class Running implements BeforeAllCallback, ParameterResolver {
        @Override
        public void beforeAll(ExtensionContext context) {
            server(context);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == FhirServer.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return server(context);
        }

        private static FhirServer server(ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(FhirServer.class))
                    .computeIfAbsent(FhirServer.class, key -> start(), FhirServer.class);
        }
    }

    private FhirServer(Process process, Path directory, String base) {
        this.process = process;
        this.directory = directory;
        this.base = base;
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    private static FhirServer start() {
        try {
            Path directory = Files.createTempDirectory("fhir-server");
            int port = FreePorts.next();
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xshare:auto",
                            "-Xmx400m",
                            "-jar",
                            jar().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("server.log").toFile());
            List.of("HUB_DB_URL", "HUB_DB_USER", "HUB_DB_PASSWORD", "HUB_MLLP_SENDERS", "HUB_BASE_URLS")
                    .forEach(builder.environment()::remove);
            builder.environment().put("HUB_HTTP_PORT", Integer.toString(port));
            builder.environment().put("HUB_DATA_DIR", directory.resolve("data").toString());
            FhirServer server = new FhirServer(builder.start(), directory, "http://127.0.0.1:" + port + "/fhir");
            server.await();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the reactor it has been packaged before this module is tested. */
    private static Path jar() {
        Path here = Path.of("").toAbsolutePath();
        Path jar = (here.endsWith("imaging-bridge") ? here.resolveSibling("fhir-server") : here.resolve("fhir-server"))
                .resolve("target")
                .resolve("fhir-server.jar");
        if (!Files.isRegularFile(jar)) {
            throw new AssertionError(
                    "there is no " + jar + "; package it first: mvn -DskipTests package -pl kernel,fhir-server");
        }
        return jar;
    }

    private void await() throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (send("GET", "Basic?_count=1", "").statusCode() == 200) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // Not listening yet.
            }
            pause();
        }
        stop();
        String log = Files.readString(directory.resolve("server.log"));
        throw new AssertionError("the FHIR server did not start:\n" + log.substring(Math.max(0, log.length() - 4_000)));
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The FHIR base address. */
    String base() {
        return base;
    }

    private HttpResponse<String> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/fhir+json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode succeed(HttpResponse<String> response) {
        if (response.statusCode() >= 300) {
            throw new AssertionError(response.statusCode() + ": " + response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a resource, and gives it as stored. */
    JsonNode create(String json) {
        JsonNode resource = parse(json);
        return succeed(send("POST", resource.path("resourceType").asText(), resource.toString()));
    }

    /** Writes a resource under its id. */
    JsonNode put(JsonNode resource) {
        return succeed(send(
                "PUT",
                resource.path("resourceType").asText() + "/"
                        + resource.path("id").asText(),
                resource.toString()));
    }

    /** Reads a resource. */
    JsonNode read(String reference) {
        return succeed(send("GET", reference, ""));
    }

    /** Everything of a type with that identifier. */
    List<JsonNode> search(String type, String system, String value) {
        return find(type + "?identifier=" + URLEncoder.encode(system + "|" + value, StandardCharsets.UTF_8));
    }

    /** Everything that a search finds on its first page. */
    List<JsonNode> find(String search) {
        List<JsonNode> found = new ArrayList<>();
        succeed(send("GET", search, "")).path("entry").forEach(entry -> found.add(entry.path("resource")));
        return found;
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        Runtime.getRuntime().removeShutdownHook(onExit);
        http.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
