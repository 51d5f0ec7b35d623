package org.countyhub.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Map<String, String> ABOUT = Map.of("commit", "abc");

    private static Report of(double... ingest) {
        return Report.medians(
                ABOUT,
                java.util.Arrays.stream(ingest)
                        .mapToObj(value -> List.of(Row.of(RowNames.INGEST, value, "resources/s")
                                .with(new Percentiles(1, 2, value))
                                .with(Optional.of(new Row.Cost(0.25, 0.125)))))
                        .toList());
    }

    @Test
    void holdsTheMedianOfTheRuns() {
        assertThat(of(5_000, 3_000, 4_100).rows().getFirst().value()).hasValue(4_100);
        assertThat(of(3_000, 5_000).rows().getFirst().value()).hasValue(4_000);
        assertThat(of(1, 9, 5).rows().getFirst().latency()).hasValue(new Percentiles(1, 2, 5));
    }

    @Test
    void saysWhetherATargetIsMet() {
        assertThat(of(4_100).markdown())
                .contains("- commit: abc\n")
                .contains(
                        "| bundle ingest | 4,100 | resources/s | ≥ 4,000 | yes | 1 | 2 | 4,100 | 0.250 + 0.125 |  |\n");
        assertThat(of(3_999).markdown()).contains("| ≥ 4,000 | no |");
    }

    @Test
    void whatIsNotOfferedIsNeverASuccess() {
        Report report = Report.medians(
                ABOUT, List.of(List.of(Row.notOffered(RowNames.BY_CARD, "/s", "identifier | is not supported"))));
        assertThat(report.markdown())
                .contains("| – | /s | ≥ 5,000 | no |")
                .contains("| not offered: identifier \\| is not supported |");
        assertThat(report.json()).contains("\"met\" : false").doesNotContain("\"value\"");
    }

    @Test
    void alignsTheColumnsOnATerminal() {
        List<String> lines = Report.medians(
                        ABOUT, List.of(List.of(Row.of("a", 1, "s"), Row.of("a longer name", 12_345, "resources/s"))))
                .terminal()
                .lines()
                .toList();
        assertThat(lines.get(1)).startsWith("a                   1  s");
        assertThat(lines.get(2)).startsWith("a longer name  12,345  resources/s");
    }

    @Test
    void givesTheSameAsJson() {
        assertThat(of(4_100).json())
                .contains("\"name\" : \"bundle ingest\"")
                .contains("\"value\" : 4100.0")
                .contains("\"met\" : true")
                .contains("\"serverCpuMillis\" : 0.25");
    }
}
