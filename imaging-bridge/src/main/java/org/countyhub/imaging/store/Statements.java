package org.countyhub.imaging.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** Single statements, each prepared, run and closed. */
final class Statements {
    private final Db db;

    Statements(Db db) {
        this.db = db;
    }

    /** One row as something. */
    @FunctionalInterface
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Runs a statement that changes rows; how many. */
    int change(Sql sql) {
        return db.query(connection -> {
            try (PreparedStatement statement = sql.prepare(connection)) {
                return statement.executeUpdate();
            }
        });
    }

    /** All rows that a statement gives, in its order; so it has to be bounded. */
    <T> List<T> select(Sql sql, Row<T> as) {
        return db.query(connection -> select(connection, sql, as));
    }

    /** The same on a connection that is at hand. */
    static <T> List<T> select(Connection connection, Sql sql, Row<T> as) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (row.next()) {
                all.add(as.of(row));
            }
            return all;
        }
    }

    /** A timestamptz. */
    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A timestamptz. */
    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
