package org.countyhub.kernel;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL 18 in a directory of its own, for a county without a database server yet, for the demo and for
 * tests. Durable: fsync and synchronous_commit are on unless the caller turns them off for throw-away test data.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration STOP_WAIT = Duration.ofMinutes(1);
    private static final Duration LEFTOVER_WAIT = Duration.ofSeconds(3);
    private static final int POLL_MILLIS = 20;

    private static final int ANY_PORT = 0;

    private final Path directory;
    private final Map<String, String> configuration;
    private final int port;

    /** Guarded by this. */
    private EmbeddedPostgres server;

    /** Guarded by this. */
    private boolean closed;

    private EmbeddedDatabase(Path directory, Map<String, String> configuration, EmbeddedPostgres server) {
        this.directory = directory;
        this.configuration = Map.copyOf(configuration);
        this.port = server.getPort();
        this.server = server;
    }

    /**
     * Starts the server on data kept in {@code directory}, which survives restarts. A server that an earlier, killed
     * application left running on the same directory is stopped first. Should the server end without being asked to, it
     * is started again on the same port.
     *
     * @param configuration further postgresql.conf settings, which win over the ones chosen here
     */
    public static EmbeddedDatabase start(Path directory, Map<String, String> configuration) {
        return start(directory, configuration, ANY_PORT);
    }

    /** The same at a port; at any where it is 0. */
    static EmbeddedDatabase start(Path directory, Map<String, String> configuration, int port) {
        EmbeddedDatabase database =
                new EmbeddedDatabase(directory, configuration, launch(directory, configuration, port));
        database.watch();
        return database;
    }

    /** The port of the loopback that it listens at. */
    int port() {
        return port;
    }

    private static EmbeddedPostgres launch(Path directory, Map<String, String> configuration, int port) {
        try {
            Files.createDirectories(directory);
            stopOrphan(directory);
            Path binaries = Path.of(System.getProperty("java.io.tmpdir"), "county-hub-postgresql");
            Files.createDirectories(binaries);
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setDataDirectory(directory)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofMinutes(2))
                    // C collation: identifiers sort by byte, and prefix search can use a plain B-tree.
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("encoding", "UTF-8");
            defaults().forEach(builder::setServerConfig);
            configuration.forEach(builder::setServerConfig);
            if (port != ANY_PORT) {
                builder.setPort(port);
            }
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded database in " + directory + " did not start", e);
        }
    }

    private void watch() {
        postmaster(directory).ifPresent(postmaster -> Thread.ofPlatform()
                .daemon()
                .name("database-watch")
                .start(() -> {
                    postmaster.onExit().join();
                    startAgain();
                }));
    }

    /**
     * Clients see refused connections until the server has recovered from its log. Nobody else would start it: it is no
     * service of the operating system, and an application that merely ended with it would be down until someone looks.
     */
    private synchronized void startAgain() {
        if (closed) {
            return;
        }
        LOG.error("the embedded database in {} has ended by itself and is started again", directory);
        try {
            server.close();
            server = launch(directory, configuration, port);
            watch();
        } catch (IOException | RuntimeException e) {
            LOG.error("the embedded database in {} does not start again; restart the application", directory, e);
        }
    }

    private static Map<String, String> defaults() {
        return Map.ofEntries(
                // The embedding library passes -F (fsync off); the later switch wins.
                Map.entry("fsync", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("max_connections", "100"),
                Map.entry("shared_buffers", sharedMegabytes() + "MB"),
                // A transaction locks some hundred resources and keys one by one.
                Map.entry("max_locks_per_transaction", "256"),
                Map.entry("max_wal_size", "8GB"),
                Map.entry("checkpoint_timeout", "15min"),
                Map.entry("jit", "off"),
                Map.entry("random_page_cost", "1.1"),
                Map.entry("effective_cache_size", "2GB"),
                // More often, and it goes through tables that grow by the million again and again.
                Map.entry("autovacuum_naptime", "1min"),
                Map.entry("max_parallel_workers_per_gather", "0"));
    }

    /** An eighth of the machine's memory, 256 MB to 2 GB: the indexes that a large load writes to should fit. */
    private static long sharedMegabytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            long kilobytes = lines.filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
            return Math.clamp(kilobytes / 1024 / 8, 256, 2_048);
        } catch (IOException | UncheckedIOException e) {
            return 256;
        }
    }

    /** JDBC address of a database of this server. */
    public Settings.Database database(String name) {
        return new Settings.Database("jdbc:postgresql://127.0.0.1:" + port + "/" + name, "postgres", "");
    }

    /** The process id of the postmaster, for tests that kill it. */
    public long processId() {
        return postmaster(directory).map(ProcessHandle::pid).orElseThrow();
    }

    @Override
    public synchronized void close() {
        closed = true;
        Optional<ProcessHandle> postmaster = postmaster(directory);
        try {
            server.close();
        } catch (IOException e) {
            LOG.warn("the embedded database in {} did not stop cleanly", directory, e);
        }
        // pg_ctl waits five seconds; a large checkpoint may take longer and must not be cut.
        postmaster.ifPresent(EmbeddedDatabase::awaitExit);
    }

    private static void stopOrphan(Path directory) {
        postmaster(directory).ifPresent(orphan -> {
            LOG.info("stopping the database that an earlier run left behind (pid {})", orphan.pid());
            interrupt(orphan);
            awaitExit(orphan);
        });
        endLeftovers(directory);
    }

    /**
     * Those whose postmaster was killed notice it and end, but not at once, and no other postmaster starts until they have. One that
     * does not come to notice is killed: what it has committed is in the log, and nobody waits for the rest any more.
     */
    private static void endLeftovers(Path directory) {
        long began = System.nanoTime();
        for (List<ProcessHandle> left = leftovers(directory); !left.isEmpty(); left = leftovers(directory)) {
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            if (waited.compareTo(STOP_WAIT) > 0) {
                throw new IllegalStateException("processes " + left + " of an earlier database do not stop");
            }
            if (waited.compareTo(LEFTOVER_WAIT) > 0) {
                LOG.info("killing what an earlier database left behind (pids {})", left);
                left.forEach(ProcessHandle::destroyForcibly);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a database to stop", e);
        }
    }

    /** SIGINT: a fast shutdown, which does not wait for statements that nobody waits for any more. */
    private static void interrupt(ProcessHandle postmaster) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -INT " + postmaster.pid())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The database processes that work in the directory (proc(5), cwd); none where there is no such file system. */
    private static List<ProcessHandle> leftovers(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(EmbeddedDatabase::isPostgres)
                .filter(process -> {
                    try {
                        Path link = Path.of("/proc", Long.toString(process.pid()), "cwd");
                        return Files.readSymbolicLink(link).equals(directory.toRealPath());
                    } catch (IOException e) {
                        return false;
                    }
                })
                .toList();
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("postgres");
    }

    /** One that has ended has no command any more, even while nobody has collected its exit status. */
    private static void awaitExit(ProcessHandle process) {
        long deadline = System.nanoTime() + STOP_WAIT.toNanos();
        while (process.isAlive() && isPostgres(process)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("process " + process.pid() + " does not stop");
            }
            pause();
        }
    }

    /** The live postmaster of a data directory, by its postmaster.pid; a pid that now belongs to another is not it. */
    private static Optional<ProcessHandle> postmaster(Path directory) {
        Path pidFile = directory.resolve("postmaster.pid");
        try {
            long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(EmbeddedDatabase::isPostgres);
        } catch (java.nio.file.NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
