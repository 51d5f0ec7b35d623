package org.countyhub.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * An application of these tests' class path in a process of its own, on a directory that outlives it. What it prints goes to {@code server.log}
 * in the directory.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 50;
    private static final int SHOWN = 6_000;

    /** Whatever a test has left running ends with the run. */
    private static final Set<ServerProcess> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(ServerProcess::stop)));
    }

    private final Process process;
    private final Path dataDirectory;

    private ServerProcess(Process process, Path dataDirectory) {
        this.process = process;
        this.dataDirectory = dataDirectory;
    }

    /** Whether the server does what is waited for. */
    @FunctionalInterface
    public interface Condition {
        /** False, or UncheckedIOException, while it does not. */
        boolean holds() throws IOException;
    }

    /**
     * Starts an application and does not wait for it.
     *
     * @param heapMegabytes the most it may take
     * @param main the class and its arguments
     * @param environment beside this process's own, but for the switches of the database, and HUB_DATA_DIR
     */
    public static ServerProcess launch(
            Path dataDirectory, int heapMegabytes, List<String> main, Map<String, String> environment)
            throws IOException {
        Files.createDirectories(dataDirectory);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx" + heapMegabytes + "m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(main);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        dataDirectory.resolve("server.log").toFile()));
        List.of("HUB_DB_URL", "HUB_DB_USER", "HUB_DB_PASSWORD").forEach(builder.environment()::remove);
        builder.environment().put("HUB_DATA_DIR", dataDirectory.toString());
        builder.environment().putAll(environment);
        ServerProcess server = new ServerProcess(builder.start(), dataDirectory);
        STARTED.add(server);
        return server;
    }

    /**
     * Waits for the server, at most a minute.
     *
     * @param expected what it is waited for to do, for the message that it did not
     */
    public void await(String expected, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // Not listening yet.
            }
            Thread.sleep(POLL_MILLIS);
        }
        stop();
        String printed = printed();
        throw new AssertionError(
                "the server did not " + expected + ":\n" + printed.substring(Math.max(0, printed.length() - SHOWN)));
    }

    /** All that servers on this directory have printed. */
    public String printed() throws IOException {
        return Files.readString(dataDirectory.resolve("server.log"));
    }

    /** SIGKILL: nothing is flushed, closed or said goodbye to. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Waits until it has ended by itself; its exit status. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the server did not end within " + STOP);
        }
        return process.exitValue();
    }

    /** The embedded database server of the directory. */
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
            STARTED.remove(this);
            return stopped;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
