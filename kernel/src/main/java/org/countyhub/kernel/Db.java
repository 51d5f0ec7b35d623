package org.countyhub.kernel;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Transactions over one DataSource. A service opens a transaction, the stores it calls join it through
 * {@link #query}, and only this class commits. The one place where an SQLState becomes a {@link Problem}.
 */
public final class Db {
    private static final int MAX_ATTEMPTS = 6;
    private static final ScopedValue<Connection> CURRENT = ScopedValue.newInstance();

    private final DataSource source;

    public Db(DataSource source) {
        this.source = source;
    }

    /** Work on a connection. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Runs the work in one transaction at READ COMMITTED: all of it or nothing. Inside an open transaction it joins it.
     * A serialization failure, a deadlock or a race on a unique key is tried again, at most six times in all, so the
     * work must be free of other side effects; after that it is {@link Problem.Busy}.
     */
    public <T extends @Nullable Object> T transaction(Supplier<T> work) {
        if (CURRENT.isBound()) {
            return work.get();
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (Contention e) {
                if (attempt == MAX_ATTEMPTS) {
                    throw Problem.busy("too many writers of the same records; try again", 1);
                }
                // Jittered, so that the writers that met do not meet again.
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000L << attempt));
            }
        }
    }

    private <T extends @Nullable Object> T once(Supplier<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = ScopedValue.where(CURRENT, connection).call(work::get);
                connection.commit();
                return result;
            } catch (Throwable e) {
                rollback(connection, e);
                throw e;
            } finally {
                if (!connection.isClosed()) {
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException e) {
            throw translate(e);
        }
    }

    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Runs statements in the open transaction, or each by itself when none is open. */
    public <T extends @Nullable Object> T query(Work<T> work) {
        try {
            if (CURRENT.isBound()) {
                return work.run(CURRENT.get());
            }
            try (Connection connection = source.getConnection()) {
                return work.run(connection);
            }
        } catch (SQLException e) {
            throw translate(e);
        }
    }

    /** SQLState (PostgreSQL manual, appendix A) to what the caller can be told. */
    private static RuntimeException translate(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (e instanceof SQLTransientConnectionException) {
            // The pool has had no connection to give for as long as it waits: all are in use, or none can be made.
            return Problem.busy("the database is not available", 2);
        }
        return switch (state) {
            case "40001", "40P01", "23505" -> new Contention(e.getMessage(), e);
            case "57014" ->
                new Problem.TooCostly(List.of(Fault.of("too-costly", "the request took longer than the server allows")))
                        .exception();
            case "57P01", "57P02", "57P03", "08000", "08001", "08003", "08006", "53300" ->
                Problem.busy("the database is not available", 2);
            case "53100" -> Problem.busy("the database has no disk space left", 60);
            default -> new IllegalStateException("database error, SQLState " + state, e);
        };
    }

    /**
     * For the work of a transaction to throw when it finds that what it was planned on is no longer so: it is rolled
     * back and run again, as after a conflict that the database found.
     */
    public static RuntimeException again(String why) {
        return new Contention(why, null);
    }

    /** Two transactions met; the one that lost may try again. */
    private static final class Contention extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Contention(@Nullable String message, @Nullable SQLException cause) {
            super(message, cause);
        }
    }
}
