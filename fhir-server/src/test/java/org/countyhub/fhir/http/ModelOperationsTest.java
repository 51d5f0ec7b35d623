package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.http.Answers.json;
import static org.countyhub.fhir.http.Answers.refused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The model by which patients are matched, asked for and estimated over HTTP. */
class ModelOperationsTest {
    private static final String NOTHING = "{\"resourceType\":\"Parameters\"}";

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static JsonNode part(JsonNode parts, String name) {
        for (JsonNode part : parts) {
            if (part.path("name").asText().equals(name)) {
                return part;
            }
        }
        return MissingNode.getInstance();
    }

    @Test
    void theModelInForceIsToldWithItsWeights() {
        ObjectNode answer = json(hub.get("/Person/$match-model"), 200);

        JsonNode parts = answer.path("parameter");
        assertThat(part(parts, "version").path("valueInteger").asInt(-1)).isZero();
        JsonNode equal = part(part(parts, "birth-date").path("part"), "equal").path("part");
        assertThat(part(equal, "m").path("valueDecimal").asDouble()).isEqualTo(0.97);
        assertThat(part(equal, "weight").path("valueDecimal").asDouble()).isBetween(14.0, 15.0);
        assertThat(hub.get("/Person/$match-model", "Accept", "application/fhir+xml")
                        .body())
                .contains("<Parameters xmlns=\"http://hl7.org/fhir\">");
    }

    @Test
    void anEstimationOfTooFewPatientsIsKeptWithItsReason() {
        ObjectNode made = json(hub.post("/Person/$estimate", NOTHING), 200);

        assertThat(part(made.path("parameter"), "taken").path("valueBoolean").asBoolean(true))
                .isFalse();
        assertThat(part(made.path("parameter"), "reason").path("valueString").asText())
                .contains("fewer than 15000");
        JsonNode parts = json(hub.get("/Person/$match-model"), 200).path("parameter");
        assertThat(part(parts, "version").path("valueInteger").asInt(-1)).isZero();
        assertThat(part(part(parts, "latest").path("part"), "reason")
                        .path("valueString")
                        .asText())
                .contains("fewer than 15000");
        int version =
                part(made.path("parameter"), "version").path("valueInteger").asInt();
        assertThat(json(hub.get("/Person/$match-model?version=" + version), 200).toString())
                .contains("fewer than 15000");
    }

    @Test
    void oneEstimationAtATime() throws SQLException {
        try (Connection other = hub.database().source().getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(3, 1)");
            try {
                refused(hub.post("/Person/$estimate", NOTHING), 409, "already");
            } finally {
                statement.execute("select pg_advisory_unlock(3, 1)");
            }
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        refused(hub.get("/Person/$match-model?version=1000"), 404, "1000");
        refused(hub.get("/Person/$match-model?colour=red"), 400, "colour");
        refused(hub.get("/Person/$estimate"), 405, "POST");
    }
}
