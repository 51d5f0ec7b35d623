package org.countyhub.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheaGeneratorTest {
    /** Writes one file for each patient, as the two arguments say, and a line to what it has done. */
    private static final String MAKE = """
            population=${1#-Dpopulation=}; directory=${2#-Ddirectory=}
            echo "$population" >> "$0"; mkdir -p "$directory/fhir"
            for i in $(seq "$population"); do echo '{}' > "$directory/fhir/$i.json"; done
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private Path settings;
    private Path done;

    @BeforeEach
    void writeSettings() throws IOException {
        settings = Files.writeString(directory.resolve("pom.xml"), "");
        done = directory.resolve("done");
    }

    private SyntheaGenerator running(String script) {
        return new SyntheaGenerator(
                settings, List.of("sh", "-c", script, done.toString()), directory.resolve("target/synthea"));
    }

    @Test
    void makesEachPopulationOnce() throws IOException {
        SyntheaGenerator generator = running(MAKE);

        Path made = generator.bundles(3);
        assertThat(generator.bundles(3)).isEqualTo(made);
        assertThat(SyntheaBundles.in(made).patients()).hasSize(3);
        assertThat(SyntheaBundles.in(generator.bundles(5)).patients()).hasSize(5);
        assertThat(done).hasContent("3\n5\n");
    }

    @Test
    void makesThemAgainWhenTheSettingsChange() throws IOException {
        SyntheaGenerator generator = running(MAKE);
        generator.bundles(2);

        Files.setLastModifiedTime(settings, FileTime.from(Instant.now().plusSeconds(5)));

        assertThat(SyntheaBundles.in(generator.bundles(2)).patients()).hasSize(2);
        assertThat(done).hasContent("2\n2\n");
    }

    @Test
    void tooFewPatientsAreAFailureThatTellsWhatWasPrintedAndLeavesNothing() throws IOException {
        assertThatThrownBy(() -> running("echo Usage: run_synthea").bundles(2))
                .isInstanceOf(LoadFailure.class)
                .hasMessage("Synthea made 0 patients, not 2:\nUsage: run_synthea\n");
        assertThatThrownBy(() -> running(MAKE + "exit 3").bundles(2)).hasMessageStartingWith("Synthea made 0 patients");
        try (Stream<Path> left = Files.list(directory.resolve("target/synthea"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aMissingCommandIsNamed() {
        SyntheaGenerator generator =
                new SyntheaGenerator(settings, List.of("no-such-command"), directory.resolve("target"));
        assertThatThrownBy(() -> generator.bundles(2))
                .isInstanceOf(LoadFailure.class)
                .hasMessage("cannot start no-such-command to run Synthea");
    }
}
