package org.countyhub.bench.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The database behind the server, seen from beside it: statistics, sizes, and a way in for the floors. */
public record Database(String jdbcUrl) {

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl);
    }

    /** Fresh statistics for the planner, as after any large load. */
    public void vacuumAnalyze() {
        execute("vacuum (analyze)");
    }

    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new LoadFailure(sql, e);
        }
    }

    /** Tables, indexes and large values on disk, without the write-ahead log. */
    long bytes() {
        return number("select pg_database_size(current_database())");
    }

    /** The id of the PostgreSQL main process, whose children serve the sessions; only meaningful on this machine. */
    public long postmasterId() {
        // The session must stay open until its parent is known: its process ends with it.
        try (Connection connection = connect()) {
            return Processes.parent(Long.parseLong(text(connection, "select pg_backend_pid()")));
        } catch (SQLException e) {
            throw new LoadFailure("cannot find the process of the database", e);
        }
    }

    public String version() {
        return text("show server_version");
    }

    public long number(String sql) {
        return Long.parseLong(text(sql));
    }

    private String text(String sql) {
        try (Connection connection = connect()) {
            return text(connection, sql);
        } catch (SQLException e) {
            throw new LoadFailure(sql, e);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new LoadFailure("no row from " + sql);
            }
            return row.getString(1);
        }
    }
}
