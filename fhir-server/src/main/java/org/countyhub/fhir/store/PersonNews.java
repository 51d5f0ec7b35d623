package org.countyhub.fhir.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.countyhub.fhir.identity.link.PersonDirectory;
import org.countyhub.kernel.Settings;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from the database which persons have changed, and that there is another model to match by, on whichever server that
 * happened (LISTEN, NOTIFY).
 */
public final class PersonNews implements AutoCloseable {
    static final String CHANNEL = "county_person";
    private static final Logger LOG = LoggerFactory.getLogger(PersonNews.class);
    private static final int POLL_MILLIS = 5_000;
    private static final long RETRY_NANOS = 2_000_000_000L;

    private final Settings.Database database;
    private final PersonDirectory directory;
    private final Runnable newModel;
    private final Thread thread;
    private volatile @Nullable Connection open;
    private volatile boolean closed;

    private PersonNews(Settings.Database database, PersonDirectory directory, Runnable newModel) {
        this.database = database;
        this.directory = directory;
        this.newModel = newModel;
        this.thread = Thread.ofPlatform().daemon().name("person-news").unstarted(this::run);
    }

    /**
     * Listens, over a connection of its own, until closed.
     *
     * @param newModel run when there may be another model to match by
     */
    public static PersonNews start(Settings.Database database, PersonDirectory directory, Runnable newModel) {
        PersonNews news = new PersonNews(database, directory, newModel);
        news.thread.start();
        return news;
    }

    private void run() {
        while (!closed) {
            try {
                listen();
            } catch (SQLException | RuntimeException | OutOfMemoryError e) {
                // Unheard news would be wrong answers for ever: whatever it was, the thread has to go on.
                complain(e);
            }
            LockSupport.parkNanos(closed ? 0 : RETRY_NANOS);
        }
    }

    private void listen() throws SQLException {
        try (Connection connection = connect()) {
            open = connection;
            try (Statement statement = connection.createStatement()) {
                statement.execute("listen " + CHANNEL + "; listen " + PgModelStore.CHANNEL);
            }
            directory.hearing(true);
            // What was told while nobody listened here.
            newModel();
            hear(connection.unwrap(PGConnection.class));
        } finally {
            directory.hearing(false);
        }
    }

    private void complain(Throwable e) {
        if (closed) {
            return;
        }
        try {
            LOG.warn("no news of persons: nothing is kept until there are again", e);
        } catch (OutOfMemoryError again) {
            // There is no memory even to say so.
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("ApplicationName", "fhir-server news");
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(database.jdbcUrl(), properties);
    }

    private void hear(PGConnection connection) throws SQLException {
        while (!closed) {
            PGNotification[] heard = connection.getNotifications(POLL_MILLIS);
            if (heard == null) {
                continue;
            }
            for (PGNotification notification : heard) {
                if (notification.getName().equals(PgModelStore.CHANNEL)) {
                    newModel();
                    continue;
                }
                for (String person : notification.getParameter().split(",", -1)) {
                    directory.changed(Long.parseLong(person));
                }
            }
        }
    }

    private void newModel() {
        try {
            newModel.run();
        } catch (RuntimeException e) {
            LOG.warn("the new model could not be taken into use", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        Connection connection = open;
        try {
            if (connection != null) {
                connection.abort(Runnable::run);
            }
            thread.join();
        } catch (SQLException e) {
            LOG.debug("the connection for news did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
