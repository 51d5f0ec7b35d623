package org.countyhub.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheaTest {
    private static final int PATIENTS = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    /** Runs the piece against a server that answers like this, and gives its only row. */
    private Row run(Function<String, String> answer) throws IOException {
        SyntheaBundles bundles = SyntheaBundles.in(SyntheaSample.write(directory.resolve("fhir"), PATIENTS));
        Options options = Options.parse(new String[] {"--base", "http://127.0.0.1:1/fhir"}, Map.of());
        try (FakeServer server = new FakeServer(answer)) {
            Session session = new Session(server.base(), options, Optional.empty(), OptionalLong.empty());
            Synthea.run(session, bundles);
            return session.rows().getFirst();
        }
    }

    @Test
    void countsTheResourcesOfAllBundlesButThoseOfTheWarmUp() throws IOException {
        Row row = run(new FakeFhir());

        assertThat(row.name()).isEqualTo(RowNames.SYNTHEA);
        assertThat(row.unit()).isEqualTo("resources/s");
        assertThat(row.value()).isPresent();
        assertThat(row.latency()).isPresent();
        assertThat(row.note()).startsWith("0 of 18 bundles refused; 2 to 2 resources in each");
    }

    @Test
    void hospitalsComeFirstThenDoctorsThenPatients() throws IOException {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        FakeFhir fake = new FakeFhir();
        run(request -> {
            seen.add(request.replaceFirst("(?s).*?\"resource\":\\{\"resourceType\":\"(\\w+)\".*", "$1"));
            return fake.apply(request);
        });

        assertThat(seen).hasSize(2 + PATIENTS).startsWith("Organization", "Practitioner");
        assertThat(seen.subList(2, seen.size())).containsOnly("Patient");
    }

    @Test
    void aRunWithRefusedBundlesDoesNotCountAndTellsHowMany() {
        FakeFhir fake = new FakeFhir();
        assertThatThrownBy(() -> run(request -> request.contains("Zoe1")
                        ? FakeServer.answer("422 Unprocessable", "no such hospital")
                        : fake.apply(request)))
                .isInstanceOf(LoadFailure.class)
                .hasMessageMatching("(?s)6 of 20 bundles of Synthea were refused; the first: "
                        + "Zoe1\\d?\\.json answered 422:\nno such hospital");
    }

    @Test
    void aHospitalThatTheServerRefusesEndsTheRun() {
        String answer = "{\"entry\":[{\"response\":{\"status\":\"400 Bad Request\"}}]}";
        assertThatThrownBy(() -> run(request -> FakeServer.ok(answer)))
                .isInstanceOf(LoadFailure.class)
                .hasMessageContaining("answered '400 Bad Request'");
    }

    @Test
    void aBundleAnsweredInPartDoesNotCount() {
        FakeFhir fake = new FakeFhir();
        assertThatThrownBy(() -> run(request -> request.contains("Adele6")
                        ? FakeServer.ok("{\"entry\":[{\"response\":{\"status\":\"201 Created\"}}]}")
                        : fake.apply(request)))
                .isInstanceOf(LoadFailure.class)
                .hasMessage("1 entries in a transaction-response, not 2");
    }
}
