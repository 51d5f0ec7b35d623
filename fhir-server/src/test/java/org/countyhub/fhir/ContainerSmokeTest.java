package org.countyhub.fhir;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The application as it stands in production: a process of its own before the official PostgreSQL image. */
class ContainerSmokeTest {
    @Test
    void theMainStoryRunsOnTheOfficialImage(@TempDir Path dataDirectory) throws Exception {
        boolean available = DockerClientFactory.instance().isDockerAvailable();
        if (!available) {
            System.out.println("SKIPPED ContainerSmokeTest: no container engine answers on this machine");
        }
        assumeTrue(available, "no container engine answers on this machine");
        try (PostgreSQLContainer database = new PostgreSQLContainer("postgres:18")) {
            database.start();
            Map<String, String> switches = Map.of(
                    "HUB_DB_URL", database.getJdbcUrl(),
                    "HUB_DB_USER", database.getUsername(),
                    "HUB_DB_PASSWORD", database.getPassword());
            try (HubProcess hub = HubProcess.start(dataDirectory, switches)) {
                ThirdPartyClientTest.tellTheStoryTo(hub.base());
            }
        }
    }
}
