package org.countyhub.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubDatabaseTest {
    /** Opens the database of a directory, says where it is, and closes it when its input ends. */
    public static final class Other {
        public static void main(String[] arguments) throws IOException {
            try (HubDatabase database = HubDatabase.open(new Settings(Map.of("HUB_DATA_DIR", arguments[0])))) {
                System.out.println(database.address().jdbcUrl());
                while (System.in.read() >= 0) {
                    // Until it is told to end.
                }
            }
        }
    }

    private static Process other(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Other.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void end(Process process) throws Exception {
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the other process did not end");
        }
    }

    @Test
    void theSecondJoinsAndTheOwnersPortStays(@TempDir Path directory) throws Exception {
        Settings settings = new Settings(Map.of("HUB_DATA_DIR", directory.toString()));
        String first;
        try (HubDatabase owner = HubDatabase.open(settings)) {
            first = owner.address().jdbcUrl();
            Process joined = other(directory);
            try {
                assertThat(joined.inputReader().readLine()).isEqualTo(first);
            } finally {
                end(joined);
            }
            // The one that joined has not stopped it.
            DriverManager.getConnection(first, owner.address().user(), "").close();
        }
        try (HubDatabase again = HubDatabase.open(settings)) {
            assertThat(again.address().jdbcUrl()).isEqualTo(first);
        }
    }
}
