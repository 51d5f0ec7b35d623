package org.countyhub.bench.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.countyhub.bench.load.Database;
import org.countyhub.kernel.Settings;
import org.countyhub.kernel.TestDatabase;
import org.junit.jupiter.api.Test;

/** On the tables of the bridge itself: a column that it renames shows here before it shows in a measurement. */
class IndexFillTest {
    private static final Path MIGRATIONS = Path.of("..", "imaging-bridge", "src", "main", "resources", "db", "imaging");

    private static void migrate(Settings.Database address) {
        try (Connection connection =
                        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement();
                Stream<Path> files = Files.list(MIGRATIONS)) {
            statement.execute("create schema imaging");
            statement.execute("set search_path = imaging, public");
            List<Path> inOrder = files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted(java.util.Comparator.comparingInt(file ->
                            Integer.parseInt(file.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"))))
                    .toList();
            for (Path file : inOrder) {
                statement.execute(Files.readString(file));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theTablesOfTheBridgeTakeItsRows() {
        try (TestDatabase there = TestDatabase.create("bench_imaging", IndexFillTest::migrate)) {
            Settings.Database address = there.settings();
            Database database = new Database(address.jdbcUrl() + "?user=" + address.user());
            IndexFill index = new IndexFill(90);

            index.add(database, 0, 40);
            index.add(database, 40, 90);

            assertThat(database.number("select count(*) from imaging.study")).isEqualTo(90);
            // One or two series, each once.
            assertThat(database.number("select count(distinct study) from imaging.series"))
                    .isEqualTo(90);
            assertThat(database.number("select count(*) from imaging.series")).isBetween(91L, 179L);
            IndexFill.Study some = index.study(17);
            assertThat(database.number(
                            "select count(*) from imaging.study where patient_id = '" + some.patientId() + "'"))
                    .isEqualTo(3);
            assertThat(database.number("select count(*) from imaging.study where study_uid = '" + some.uid()
                            + "' and accession = '" + some.accession() + "' and name_alphabetic = '" + some.name()
                            + "'"))
                    .isEqualTo(1);
            // Nothing of them waits to be told to a FHIR server.
            assertThat(database.number("select count(*) from imaging.study where published_version < version"))
                    .isZero();
        }
    }
}
