package org.countyhub.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static String fake() {
        return JAVA + " -Xmx128m -cp " + System.getProperty("java.class.path") + " " + FakeFhirProcess.class.getName();
    }

    @Test
    void isReadyWhenItStartsAndGoneWhenItStops(@TempDir Path directory) {
        ServerProcess server = ServerProcess.start(fake(), directory.resolve("data"));
        try (server;
                HttpConnection connection = new HttpConnection(server.base())) {
            assertThat(connection.exchange(server.base().get("metadata"))).isEqualTo(200);
            assertThat(server.startMillis()).isPositive();
            assertThat(directory.resolve("data/started")).exists();
            assertThat(server.database()).isEmpty();
            assertThat(Processes.residentBytes(server.processId())).isPositive();
        }
        assertThat(ProcessHandle.of(server.processId())).isEmpty();
    }

    @Test
    void knowsTheDatabaseThatTheServerNames(@TempDir Path directory) throws IOException {
        try (ServerProcess server = ServerProcess.start(fake(), directory.resolve("data"))) {
            Files.writeString(directory.resolve("data/database.url"), "jdbc:postgresql://127.0.0.1:1/hub?user=hub\n");
            assertThat(server.database()).hasValue(new Database("jdbc:postgresql://127.0.0.1:1/hub?user=hub"));
        }
    }

    @Test
    void aServerThatEndsAtOnceFailsWithWhatItPrinted(@TempDir Path directory) {
        assertThatThrownBy(() -> ServerProcess.start(JAVA + " -cp . no.such.Application", directory.resolve("data")))
                .isInstanceOf(LoadFailure.class)
                .hasMessageContaining("did not answer 200 on /metadata")
                .hasMessageContaining("no.such.Application");
    }

    @Test
    void benchMeasuresAServerItStartsItself(@TempDir Path results) throws IOException {
        Bench.run(
                new String[] {
                    "--server-command",
                    fake(),
                    "--scale",
                    "0.001",
                    "--runs",
                    "2",
                    "--only",
                    "ingest",
                    "--results",
                    results.toString()
                },
                Map.of());
        try (var files = Files.list(results)) {
            Path markdown = files.filter(file -> file.toString().endsWith(".md"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readString(markdown))
                    .contains("| start-up on empty data |", "| start-up on existing data |", "| < 8 | yes |")
                    .contains("| server memory, idle |", "| server memory, most under load |")
                    .containsPattern("bundle ingest \\|.*\\d\\.\\d{3} \\+ 0\\.000");
        }
    }
}
