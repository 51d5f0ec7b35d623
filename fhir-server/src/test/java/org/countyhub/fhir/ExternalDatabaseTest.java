package org.countyhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.countyhub.kernel.EmbeddedDatabase;
import org.countyhub.kernel.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application on a PostgreSQL of one's own, prepared with the statements of README.md. */
class ExternalDatabaseTest {
    private static final String PASSWORD = "a secret of the test";

    @Test
    void theServerUsesItAndFindsEverythingAgain(@TempDir Path directory) throws Exception {
        try (EmbeddedDatabase postgres = EmbeddedDatabase.start(directory.resolve("postgres"), Map.of())) {
            List<String> statements = statementsOfTheReadme();
            assertThat(statements).hasSize(2);
            for (String statement : statements) {
                execute(postgres.database("postgres"), statement.replace("'…'", "'" + PASSWORD + "'"));
            }
            requirePasswords(directory.resolve("postgres"), postgres.database("postgres"));
            Map<String, String> switches = Map.of(
                    "HUB_DB_URL",
                    postgres.database("hub").jdbcUrl(),
                    "HUB_DB_USER",
                    "hub",
                    "HUB_DB_PASSWORD",
                    PASSWORD);
            String location;
            try (HubProcess hub = HubProcess.start(directory.resolve("first"), switches)) {
                assertThat(hub.send("PUT", "/Patient/kept", """
                        {"resourceType":"Patient","id":"kept","name":[{"family":"张"}]}""").statusCode()).isEqualTo(201);
                assertThat(directory.resolve("first/database")).doesNotExist();
                location = Files.readString(directory.resolve("first/database.url"));
            }
            assertThat(location).contains("/hub?user=hub").doesNotContain(PASSWORD);
            // Another data directory: nothing of what is kept is there.
            try (HubProcess hub = HubProcess.start(directory.resolve("second"), switches)) {
                assertThat(hub.send("GET", "/Patient/kept", "").body()).contains("\"family\":\"张\"");
                assertThat(hub.send("GET", "/Patient?name=%E5%BC%A0", "").body())
                        .contains("\"total\":1");
            }
        }
    }

    private static List<String> statementsOfTheReadme() throws Exception {
        Matcher sql =
                Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("../README.md")));
        assertThat(sql.find()).isTrue();
        return sql.group(1).strip().lines().toList();
    }

    private static void execute(Settings.Database database, String sql) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** As it ships, the embedded server believes everyone; a server of one's own asks for the password. */
    private static void requirePasswords(Path data, Settings.Database admin) throws Exception {
        Path rules = data.resolve("pg_hba.conf");
        Files.writeString(rules, "host all hub 127.0.0.1/32 scram-sha-256\n" + Files.readString(rules));
        execute(admin, "select pg_reload_conf()");
    }
}
