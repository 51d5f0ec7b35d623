package org.countyhub.fhir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.countyhub.kernel.FreePorts;
import org.countyhub.kernel.ServerProcess;

/** The application in a process of its own, on a directory that outlives it. */
public final class HubProcess implements AutoCloseable {
    private static final int HEAP_MEGABYTES = 512;

    private final ServerProcess server;
    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private HubProcess(ServerProcess server, String base) {
        this.server = server;
        this.base = base;
    }

    /** Starts the application on its embedded database. */
    public static HubProcess start(Path dataDirectory) throws IOException, InterruptedException {
        return start(dataDirectory, Map.of());
    }

    /**
     * Starts the application and returns when it answers; what it prints goes to {@code server.log} in the directory.
     *
     * @param switches more of its environment, such as HUB_DB_URL
     */
    public static HubProcess start(Path dataDirectory, Map<String, String> switches)
            throws IOException, InterruptedException {
        HubProcess hub = launch(dataDirectory, switches);
        hub.await(200);
        return hub;
    }

    /** Starts the application and returns when it says that it is ready; nobody has asked it anything yet. */
    public static HubProcess startUnasked(Path dataDirectory) throws IOException, InterruptedException {
        HubProcess hub = launch(dataDirectory, Map.of());
        hub.server.await("say that it is ready", () -> hub.server.printed().contains("FHIR base"));
        return hub;
    }

    private static HubProcess launch(Path dataDirectory, Map<String, String> switches) throws IOException {
        int port = FreePorts.next();
        Map<String, String> environment = new HashMap<>(switches);
        environment.put("HUB_HTTP_PORT", Integer.toString(port));
        return new HubProcess(
                ServerProcess.launch(
                        dataDirectory, HEAP_MEGABYTES, List.of(HubApplication.class.getName()), environment),
                "http://127.0.0.1:" + port + "/fhir");
    }

    /** The FHIR base address, without a trailing slash. */
    public String base() {
        return base;
    }

    /** Waits until a search, which needs the database, is answered with the status. */
    public void await(int status) throws IOException, InterruptedException {
        server.await(
                "answer " + status, () -> send("GET", "/Basic?_count=1", "").statusCode() == status);
    }

    /** Sends a request; fails with UncheckedIOException when the server is gone. */
    public HttpResponse<String> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
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

    /** SIGKILL: nothing is flushed, closed or said goodbye to. */
    public void kill() throws InterruptedException {
        server.kill();
    }

    /** The database server that belongs to this application. */
    public ProcessHandle postmaster() throws IOException {
        return server.postmaster();
    }

    public boolean isAlive() {
        return server.isAlive();
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
