package org.countyhub.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server of one's own: started on a directory, awaited, and stopped by SIGTERM. */
public final class ServerProcess implements AutoCloseable {
    private static final int START_SECONDS = 180;
    private static final int STOP_SECONDS = 90;
    private static final int POLL_MILLIS = 20;
    private static final List<String> DATABASE_SWITCHES = List.of("HUB_DB_URL", "HUB_DB_USER", "HUB_DB_PASSWORD");

    private final Process process;
    private final Path dataDirectory;
    private final FhirBase base;
    private final long startMillis;

    private ServerProcess(Process process, Path dataDirectory, FhirBase base, long startMillis) {
        this.process = process;
        this.dataDirectory = dataDirectory;
        this.base = base;
        this.startMillis = startMillis;
    }

    /** Starts a FHIR server with HUB_HTTP_PORT and HUB_DATA_DIR set and returns when /metadata answers 200. */
    public static ServerProcess start(String command, Path dataDirectory) {
        int port = freePort();
        FhirBase base = new FhirBase("127.0.0.1", port, "/fhir");
        return start(command, dataDirectory, base, "metadata", Map.of("HUB_HTTP_PORT", Integer.toString(port)));
    }

    /**
     * Starts the command with HUB_DATA_DIR and those switches set and returns when an address below its base answers 200. What the
     * server prints goes to {@code server.log} beside the data directory.
     */
    public static ServerProcess start(
            String command, Path dataDirectory, FhirBase base, String ready, Map<String, String> switches) {
        Path log = dataDirectory.resolveSibling("server.log");
        ProcessBuilder builder = new ProcessBuilder(List.of(command.strip().split("\\s+")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        DATABASE_SWITCHES.forEach(environment::remove);
        environment.putAll(switches);
        environment.put("HUB_DATA_DIR", dataDirectory.toString());
        long start = System.nanoTime();
        try {
            Process process = builder.start();
            // An interrupted run must not leave its server behind.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            awaitReady(process, base, ready, log);
            return new ServerProcess(process, dataDirectory, base, (System.nanoTime() - start) / 1_000_000);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    private static void awaitReady(Process process, FhirBase base, String ready, Path log) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        byte[] request = ("GET " + base.path() + "/" + ready + " HTTP/1.1\r\nHost: " + base.host() + ":" + base.port()
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        while (System.nanoTime() < deadline && process.isAlive()) {
            try (HttpConnection connection = new HttpConnection(base)) {
                if (connection.exchange(request) == 200) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // Not listening yet.
            }
            sleep(POLL_MILLIS);
        }
        stop(process);
        String printed = Files.readString(log);
        throw new LoadFailure("the server did not answer 200 on /" + ready + " within " + START_SECONDS + " s:\n"
                + printed.substring(Math.max(0, printed.length() - 4000)));
    }

    /** A TCP port of the loopback that nobody listens at. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadFailure("interrupted", e);
        }
    }

    public FhirBase base() {
        return base;
    }

    /** From the start of the process to the first 200. */
    public long startMillis() {
        return startMillis;
    }

    public long processId() {
        return process.pid();
    }

    /** The database that the server wrote into {@code database.url} of its data directory, when it did. */
    public Optional<Database> database() {
        Path file = dataDirectory.resolve("database.url");
        try {
            return Files.exists(file)
                    ? Optional.of(new Database(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server as an administrator would; one that does not stop in time is killed and the run fails. */
    @Override
    public void close() {
        if (!stop(process)) {
            throw new LoadFailure("the server did not stop within " + STOP_SECONDS + " s of SIGTERM");
        }
    }

    private static boolean stop(Process process) {
        process.destroy();
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }
}
