package org.countyhub.imaging;

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

/** The imaging bridge in a process of its own, on a directory that outlives it, with the embedded database and no FHIR server. */
public final class ImagingProcess implements AutoCloseable {
    private static final int HEAP_MEGABYTES = 256;

    private final ServerProcess server;
    private final String base;
    private final int dicomPort;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private ImagingProcess(ServerProcess server, String base, int dicomPort) {
        this.server = server;
        this.base = base;
        this.dicomPort = dicomPort;
    }

    /** Starts the application on its embedded database and returns when it answers. */
    public static ImagingProcess start(Path dataDirectory) throws IOException, InterruptedException {
        return start(dataDirectory, Map.of());
    }

    /**
     * The same.
     *
     * @param switches more of its environment, such as HUB_DB_URL
     */
    public static ImagingProcess start(Path dataDirectory, Map<String, String> switches)
            throws IOException, InterruptedException {
        int port = FreePorts.next();
        int dicomPort = FreePorts.next();
        Map<String, String> environment = new HashMap<>(switches);
        environment.put("HUB_IMAGING_PORT", Integer.toString(port));
        environment.put("HUB_DICOM_PORT", Integer.toString(dicomPort));
        environment.put("HUB_IMAGING_MIN_FREE_MB", "0");
        // Where nobody answers.
        environment.put("HUB_FHIR_URL", "http://127.0.0.1:9/fhir");
        ServerProcess server = ServerProcess.launch(
                dataDirectory, HEAP_MEGABYTES, List.of(ImagingApplication.class.getName()), environment);
        ImagingProcess bridge = new ImagingProcess(server, "http://127.0.0.1:" + port + "/dicomweb", dicomPort);
        server.await(
                "answer a search",
                () -> bridge.get("/studies?limit=1", "application/dicom+json").statusCode() < 300);
        return bridge;
    }

    /** Where it takes associations. */
    public int dicomPort() {
        return dicomPort;
    }

    /** GET below the DICOMweb base; fails with UncheckedIOException when the server is gone. */
    public HttpResponse<byte[]> get(String path, String accept) {
        return send(request(path).header("Accept", accept).GET());
    }

    /** POST below the DICOMweb base; fails with UncheckedIOException when the server is gone. */
    public HttpResponse<byte[]> post(String path, String contentType, byte[] body) {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
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
