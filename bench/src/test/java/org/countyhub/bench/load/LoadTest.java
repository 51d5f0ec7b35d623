package org.countyhub.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class LoadTest {

    @Test
    void sendsEachRequestOnceOverAllConnections() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (FakeServer server = new FakeServer(request -> {
            seen.add(request.strip());
            return FakeServer.ok("{}");
        })) {
            Measurement measurement = Load.send(server.base(), 4, new Load.Volume(1_000, 30), index -> server.base()
                    .get("Patient/" + index));
            assertThat(seen).hasSize(1_000).contains("GET /fhir/Patient/999 HTTP/1.1");
            assertThat(measurement.sent()).isEqualTo(1_000);
            assertThat(measurement.connects()).isEqualTo(4);
            assertThat(measurement.percentiles().p50()).isPositive();
        }
    }

    @Test
    void stopsWhenTheTimeIsUp() {
        try (FakeServer server = new FakeServer(FakeServer::ok)) {
            Measurement measurement = Load.send(server.base(), 2, new Load.Volume(50_000_000, 1), index -> server.base()
                    .get("Patient/1"));
            assertThat(measurement.sent()).isBetween(1, 49_999_999);
            assertThat(measurement.seconds()).isBetween(0.9, 20.0);
        }
    }

    @Test
    void oneUnexpectedStatusFailsTheRun() {
        try (FakeServer server = new FakeServer(request -> request.contains("/17 ")
                ? FakeServer.answer("404 Not Found", "no such patient")
                : FakeServer.ok("{}"))) {
            assertThatThrownBy(() -> Load.send(server.base(), 3, new Load.Volume(100, 30), index -> server.base()
                            .get("Patient/" + index)))
                    .isInstanceOf(LoadFailure.class)
                    .hasMessage("GET /fhir/Patient/17 answered 404, not 200:\nno such patient");
        }
    }
}
