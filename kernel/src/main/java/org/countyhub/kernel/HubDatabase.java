package org.countyhub.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The database of an application: the configured one, or the embedded one of the data directory. Of several applications on one
 * directory the first starts the embedded database and the others join it; it keeps its port, so that they find it again when that
 * application has been started anew.
 */
public final class HubDatabase implements AutoCloseable {
    private static final Duration JOIN_WAIT = Duration.ofMinutes(2);
    private static final int POLL_MILLIS = 200;

    private final Settings.Database address;
    private final @Nullable EmbeddedDatabase server;
    private final @Nullable FileChannel owned;

    private HubDatabase(Settings.Database address, @Nullable EmbeddedDatabase server, @Nullable FileChannel owned) {
        this.address = address;
        this.server = server;
        this.owned = owned;
    }

    /** The database that the switches name. */
    public static HubDatabase open(Settings settings) {
        return settings.externalDatabase()
                .map(external -> external(external, settings.dataDirectory()))
                .orElseGet(() -> embedded(settings.dataDirectory()));
    }

    private static HubDatabase external(Settings.Database address, Path directory) {
        try {
            Files.createDirectories(directory);
            tell(address, directory);
            return new HubDatabase(address, null, null);
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + directory + " cannot be used", e);
        }
    }

    /** Leaves the address, without a password, where administrators and other applications find it. */
    private static void tell(Settings.Database address, Path directory) throws IOException {
        Path fresh = directory.resolve("database.url.new");
        Files.writeString(fresh, address.jdbcUrl() + "?user=" + address.user() + "\n");
        Files.move(
                fresh,
                directory.resolve("database.url"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static HubDatabase embedded(Path directory) {
        try {
            Files.createDirectories(directory);
            // Held as long as the process lives, however it ends.
            FileChannel channel = FileChannel.open(
                    directory.resolve("database.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return new HubDatabase(join(directory.resolve("database.url")), null, null);
            }
            return own(directory, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + directory + " cannot be used", e);
        }
    }

    private static HubDatabase own(Path directory, FileChannel channel) throws IOException {
        Path url = directory.resolve("database.url");
        try {
            EmbeddedDatabase server = EmbeddedDatabase.start(directory.resolve("database"), Map.of(), lastPort(url));
            Settings.Database address = server.database("postgres");
            tell(address, directory);
            return new HubDatabase(address, server, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The port of the last time, if nobody else has taken it meanwhile; else 0. */
    private static int lastPort(Path url) throws IOException {
        try {
            int port = Integer.parseInt(Files.readString(url).replaceFirst("(?s).*:(\\d+)/.*", "$1"));
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            }
        } catch (NoSuchFileException | NumberFormatException | java.net.BindException e) {
            return 0;
        }
    }

    /** Waits until the database of the application that owns it answers. */
    private static Settings.Database join(Path url) {
        long deadline = System.nanoTime() + JOIN_WAIT.toNanos();
        while (true) {
            try {
                String[] parts = Files.readString(url).strip().split("\\?user=", 2);
                Settings.Database address = new Settings.Database(parts[0], parts[1], "");
                DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())
                        .close();
                return address;
            } catch (IOException | SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the application that owns " + url + " has no database running", e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", e);
        }
    }

    /** Where it is. */
    public Settings.Database address() {
        return address;
    }

    /** Stops the embedded database if this application has started it. */
    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        if (owned != null) {
            try {
                owned.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
