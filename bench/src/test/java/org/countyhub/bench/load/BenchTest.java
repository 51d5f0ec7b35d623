package org.countyhub.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path results;

    private String run(String... more) throws IOException {
        try (FakeServer server = new FakeServer(new FakeFhir())) {
            FhirBase base = server.base();
            String[] fixed = {
                "--base",
                "http://127.0.0.1:" + base.port() + "/fhir",
                "--scale",
                "0.001",
                "--runs",
                "1",
                "--synthea",
                SyntheaSample.write(results.resolve("synthea"), 12).toString(),
                "--results",
                results.toString()
            };
            String[] arguments =
                    Stream.concat(Stream.of(fixed), Stream.of(more)).toArray(String[]::new);
            Bench.run(arguments, Map.of());
        }
        try (Stream<Path> files = Files.list(results)) {
            Path markdown = files.filter(file -> file.toString().endsWith(".md"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(markdown);
        }
    }

    @Test
    void reportsEveryPieceOfARun() throws IOException {
        assertThat(run())
                .contains("| bundle ingest |", "| resources/s | ≥ 4,000 |")
                .contains("| Synthea bundles |", "| 0 of 11 bundles refused; 2 to 2 resources in each, 0 MB in all |")
                .contains("| GET Observation/[id] |", "| POST Observation |", "| PUT Observation/[id] |")
                .contains("| Patient?identifier |", "| DiagnosticReport?patient.identifier |")
                .contains("| DiagnosticReport?subject&_include=result (12) |")
                .contains("| page 1 of results |", "| page 50 of results |")
                .contains("| CRUD of nine linked types: delete |");
    }

    @Test
    void reportsASearchThatIsRefusedAsNotOffered() throws IOException {
        assertThat(run("--only", "search"))
                .contains("| mix of 18 of 24 search groups |")
                .containsPattern("Observation\\?combo-value-quantity \\| – \\| ms .*no search by quantity");
    }

    /** The fake one ignores If-None-Exist outside of transactions and If-Match: the race must find that out. */
    @Test
    void aRaceThatIsLostIsReported() throws IOException {
        assertThat(run("--only", "races"))
                .containsPattern(
                        "duplicates of conditional creates in transactions \\| 0 \\| resources \\| ≤ 0 \\| yes")
                .containsPattern("lost updates with If-Match \\| \\d+ \\| updates \\| ≤ 0 \\| no")
                .containsPattern("torn overlapping transactions \\| 0 \\|")
                .contains("64 acknowledged, 0 told that their version was old");
    }

    @Test
    void onlyMeasuresWhatWasAskedFor() throws IOException {
        assertThat(run("--only", "read")).contains("| GET Observation/[id] |").doesNotContain("Patient?identifier");
    }

    @Test
    void workloadsNamePieces() {
        assertThat(Piece.ofWorkloads("3,5")).isEqualTo(EnumSet.of(Piece.SEARCH, Piece.INCLUDE, Piece.RACES));
        assertThatThrownBy(() -> Piece.ofWorkloads("9")).hasMessage("no workload '9'; there are 1, 2, 3, 5 and 6");
        assertThatThrownBy(() -> Piece.named("speed")).hasMessageStartingWith("no piece 'speed'; there are ingest,");
    }

    @Test
    void needsAServer() {
        assertThatThrownBy(() -> Options.parse(new String[] {"--runs", "2"}, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("either --base or --server-command must be there");
    }
}
