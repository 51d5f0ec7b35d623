package org.countyhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What docker-compose.yml and the Dockerfile promise, without an engine to run them. */
class ComposeFileTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> SERVERS = List.of("fhir-server", "imaging-bridge");

    @Test
    void thereAreADatabaseAndTwoServers() throws IOException {
        assertThat(map(compose().get("services"))).containsOnlyKeys("database", "fhir-server", "imaging-bridge");
        assertThat(service("database")).containsEntry("image", "postgres:18");
        for (String server : SERVERS) {
            assertThat(map(service(server).get("build")))
                    .containsEntry("context", ".")
                    .containsEntry("target", server);
            assertThat(Files.readString(ROOT.resolve("Dockerfile"))).contains("FROM base AS " + server + "\n");
        }
    }

    @Test
    void thePasswordComesFromTheEnvironmentAndHasNoDefault() throws IOException {
        String required = "^\\$\\{HUB_DB_PASSWORD:\\?.+}$";
        assertThat(environment("database").get("POSTGRES_PASSWORD")).asString().matches(required);
        for (String server : SERVERS) {
            assertThat(environment(server).get("HUB_DB_PASSWORD")).asString().matches(required);
        }
    }

    @Test
    void theServersWaitForAHealthyDatabase() throws IOException {
        assertThat(map(service("database").get("healthcheck")).get("test"))
                .asString()
                .contains("pg_isready");
        for (String server : SERVERS) {
            assertThat(map(map(service(server).get("depends_on")).get("database")))
                    .containsEntry("condition", "service_healthy");
        }
    }

    @Test
    void recordsAndImagesOutliveTheirContainers() throws IOException {
        assertThat(service("database")).containsEntry("volumes", List.of("database:/var/lib/postgresql"));
        assertThat(service("imaging-bridge")).containsEntry("volumes", List.of("images:/var/lib/county-hub/data"));
        assertThat(map(compose().get("volumes"))).containsOnlyKeys("database", "images");
    }

    @Test
    void everyPortIsBoundToLoopback() throws IOException {
        assertThat(service("database")).doesNotContainKey("ports");
        assertThat(service("fhir-server")).containsEntry("ports", List.of("127.0.0.1:8080:8080"));
        assertThat(service("imaging-bridge"))
                .containsEntry("ports", List.of("127.0.0.1:8081:8081", "127.0.0.1:11112:11112"));
    }

    @Test
    void theImagesCheckTheirHealthAndDoNotRunAsRoot() throws IOException {
        assertThat(Files.readString(ROOT.resolve("Dockerfile")))
                .containsPattern("(?s)\nHEALTHCHECK .*/actuator/health.*\nHEALTHCHECK .*/actuator/health")
                .contains("\nUSER hub\n")
                .doesNotContain("HUB_DB_PASSWORD");
    }

    private static Map<?, ?> compose() throws IOException {
        String yaml = Files.readString(ROOT.resolve("docker-compose.yml"));
        return map(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    }

    private static Map<Object, Object> service(String name) throws IOException {
        return map(map(compose().get("services")).get(name));
    }

    private static Map<Object, Object> environment(String service) throws IOException {
        return map(service(service).get("environment"));
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> map(@Nullable Object node) {
        assertThat(node).isInstanceOf(Map.class);
        return (Map<Object, Object>) Objects.requireNonNull(node);
    }
}
