package org.countyhub.kernel;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A database of one's own for each test class, cloned in milliseconds from a migrated template on one embedded server
 * shared by the whole test run.
 */
public final class TestDatabase implements AutoCloseable {
    private static final Map<String, String> THROW_AWAY =
            Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off", "max_connections", "400");
    private static final Duration STOP_WAIT = Duration.ofSeconds(20);
    private static final Map<String, String> TEMPLATES = new ConcurrentHashMap<>();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final String name;
    private final HikariDataSource source;

    private TestDatabase(String name, HikariDataSource source) {
        this.name = name;
        this.source = source;
    }

    /** The one server of this run. */
    private static final class Server {
        static final EmbeddedDatabase INSTANCE = startServer();
    }

    private static EmbeddedDatabase startServer() {
        try {
            Path directory = Files.createTempDirectory("hub-test-db");
            CompletableFuture<EmbeddedDatabase> started = new CompletableFuture<>();
            // Before the start: when a run is broken off while the database is being made, initdb empties the directory
            // and leaves it.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(started, directory)));
            try {
                EmbeddedDatabase server = EmbeddedDatabase.start(directory, THROW_AWAY);
                started.complete(server);
                return server;
            } catch (RuntimeException e) {
                started.completeExceptionally(e);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(CompletableFuture<EmbeddedDatabase> started, Path directory) {
        try {
            started.get(STOP_WAIT.toSeconds(), TimeUnit.SECONDS).close();
        } catch (ExecutionException | TimeoutException e) {
            // There is no server to stop.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delete(directory);
    }

    /**
     * A new database, copied from the template of this name; the first caller has the template migrated.
     *
     * @param migrate brings the empty template to the wanted schema
     */
    public static TestDatabase create(String templateName, Consumer<Settings.Database> migrate) {
        String template = TEMPLATES.computeIfAbsent(templateName, key -> {
            execute("create database " + key);
            migrate.accept(Server.INSTANCE.database(key));
            return key;
        });
        String name = templateName + "_" + NEXT.incrementAndGet();
        // Only one session may copy a template at a time.
        synchronized (TestDatabase.class) {
            execute("create database " + name + " template " + template);
        }
        return new TestDatabase(name, pool(Server.INSTANCE.database(name)));
    }

    private static HikariDataSource pool(Settings.Database database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(24);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    /** A pool on this database. */
    public HikariDataSource source() {
        return source;
    }

    public Settings.Database settings() {
        return Server.INSTANCE.database(name);
    }

    @Override
    public void close() {
        source.close();
        execute("drop database " + name + " with (force)");
    }

    private static void execute(String sql) {
        Settings.Database admin = Server.INSTANCE.database("postgres");
        try (Connection connection = DriverManager.getConnection(admin.jdbcUrl(), admin.user(), admin.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // A leftover temporary directory is no reason to fail a run that has already ended.
        }
    }
}
