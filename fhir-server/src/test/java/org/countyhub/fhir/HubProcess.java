package org.countyhub.fhir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The application in a process of its own, on a directory that outlives it. */
public final class HubProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 50;

    /** Whatever a test has left running ends with the run. */
    private static final Set<HubProcess> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(HubProcess::stop)));
    }

    private final Process process;
    private final Path dataDirectory;
    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private HubProcess(Process process, Path dataDirectory, String base) {
        this.process = process;
        this.dataDirectory = dataDirectory;
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
        long deadline = System.nanoTime() + START.toNanos();
        while (!Files.readString(log(dataDirectory)).contains("FHIR base")) {
            if (System.nanoTime() > deadline || !hub.isAlive()) {
                throw hub.failed("say that it is ready");
            }
            Thread.sleep(POLL_MILLIS);
        }
        return hub;
    }

    private static HubProcess launch(Path dataDirectory, Map<String, String> switches) throws IOException {
        int port = freePort();
        Files.createDirectories(dataDirectory);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HubApplication.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(log(dataDirectory).toFile()));
        Map<String, String> environment = builder.environment();
        List.of("HUB_DB_URL", "HUB_DB_USER", "HUB_DB_PASSWORD").forEach(environment::remove);
        environment.put("HUB_HTTP_PORT", Integer.toString(port));
        environment.put("HUB_DATA_DIR", dataDirectory.toString());
        environment.putAll(switches);
        HubProcess hub = new HubProcess(builder.start(), dataDirectory, "http://127.0.0.1:" + port + "/fhir");
        STARTED.add(hub);
        return hub;
    }

    private static Path log(Path dataDirectory) {
        return dataDirectory.resolve("server.log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The FHIR base address, without a trailing slash. */
    public String base() {
        return base;
    }

    /** Waits until a search, which needs the database, is answered with the status. */
    public void await(int status) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (send("GET", "/Basic?_count=1", "").statusCode() == status) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // Not listening yet.
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw failed("answer " + status);
    }

    private AssertionError failed(String expected) throws IOException {
        stop();
        String printed = Files.readString(log(dataDirectory));
        return new AssertionError(
                "the server did not " + expected + ":\n" + printed.substring(Math.max(0, printed.length() - 6_000)));
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
        process.destroyForcibly();
        process.waitFor();
    }

    /** The database server that belongs to this application. */
    public ProcessHandle postmaster() throws IOException {
        Path pid = dataDirectory.resolve("database").resolve("postmaster.pid");
        return ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
                .orElseThrow();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        http.close();
        if (!stop()) {
            throw new AssertionError("the server did not stop within " + STOP);
        }
    }

    /** SIGTERM, on which it stops its database too; false when it had to be killed. */
    private boolean stop() {
        process.destroy();
        try {
            boolean stopped = process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
            process.destroyForcibly();
            return stopped;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
