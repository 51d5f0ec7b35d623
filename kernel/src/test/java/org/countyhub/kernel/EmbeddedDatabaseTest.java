package org.countyhub.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        Settings.Database address = database.database("postgres");
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    private static long processOf(Connection connection) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static boolean answers(EmbeddedDatabase database) {
        try {
            connect(database).close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** A process that hangs keeps the shared memory of its postmaster, without which no other one starts. */
    @Test
    @Timeout(45)
    void isStartedAgainThoughAProcessOfItHangs(@TempDir Path directory) throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory.resolve("database"), Map.of());
                Connection held = connect(database)) {
            long backend = processOf(held);
            assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(backend))
                            .start()
                            .waitFor())
                    .isZero();
            ProcessHandle.of(database.processId()).orElseThrow().destroyForcibly();
            while (ProcessHandle.of(backend).map(ProcessHandle::isAlive).orElse(false) || !answers(database)) {
                Thread.sleep(20);
            }
            assertThat(answers(database)).isTrue();
        }
    }
}
