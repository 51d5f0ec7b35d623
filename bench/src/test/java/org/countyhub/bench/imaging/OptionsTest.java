package org.countyhub.bench.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.bench.load.Report;
import org.countyhub.bench.load.Row;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void measuresEverythingThreeTimesUnlessTold() {
        Options options =
                Options.parse("--server-command", "java -jar bridge.jar", "--fhir-command", "java -jar fhir.jar");

        assertThat(options.pieces()).isEqualTo(EnumSet.allOf(Piece.class));
        assertThat(options.runs()).isEqualTo(3);
        assertThat(options.scaled(125, 2)).isEqualTo(125);
        assertThat(options.work()).isAbsolute();
    }

    @Test
    void growsAndShrinksWithTheScale() {
        Options options = Options.parse(
                "--server-command", "x", "--fhir-command", "y", "--scale", "0.01", "--only", "store,query");

        assertThat(options.scaled(1_000, 50)).isEqualTo(50);
        assertThat(options.scaled(100_000, 50)).isEqualTo(1_000);
        assertThat(options.wants(Piece.STORE)).isTrue();
        assertThat(options.wants(Piece.LARGE)).isFalse();
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        for (String[] wrong : List.of(
                new String[] {"--scale", "0", "--server-command", "x", "--fhir-command", "y"},
                new String[] {"--scale", "NaN", "--server-command", "x", "--fhir-command", "y"},
                new String[] {"--runs", "21", "--server-command", "x", "--fhir-command", "y"},
                new String[] {"--only", "speed", "--server-command", "x", "--fhir-command", "y"},
                new String[] {"--server-command", "x"},
                new String[] {"--fast"},
                new String[] {"--runs"},
                new String[] {})) {
            assertThatThrownBy(() -> Options.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void everyTargetIsOfARow() throws IllegalAccessException {
        Set<Object> names = new HashSet<>();
        for (Field field : RowNames.class.getDeclaredFields()) {
            names.add(field.get(null));
        }

        assertThat(names).containsAll(Targets.BY_ROW.keySet());
    }

    @Test
    void theReportSaysWhetherATargetOfTheBridgeIsMet() {
        Report report = Report.medians(
                Map.of(),
                List.of(
                        List.of(Row.of(RowNames.STORE_EIGHT, 240, "/s"), Row.of(RowNames.METADATA_WARM, 40, "ms")),
                        List.of(Row.of(RowNames.STORE_EIGHT, 251, "/s"), Row.of(RowNames.METADATA_WARM, 60, "ms")),
                        List.of(Row.of(RowNames.STORE_EIGHT, 260, "/s"), Row.of(RowNames.METADATA_WARM, 51, "ms"))),
                Targets.BY_ROW);

        assertThat(report.markdown())
                .contains("| C-STORE of CT by 8 associations | 251 | /s | ≥ 250 | yes |")
                .contains("| metadata of a series, gzip | 51 | ms | ≤ 50 | no |");
    }
}
