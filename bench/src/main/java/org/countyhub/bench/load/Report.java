package org.countyhub.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The figures of several runs as one table: medians, each beside its target.
 *
 * @param about what ran where: commit, hardware, versions, scale, command
 * @param targets by the names of the rows that have one
 */
public record Report(Map<String, String> about, List<Row> rows, Map<String, ? extends Target> targets) {
    private static final List<String> HEAD = List.of(
            "what", "figure", "unit", "target", "met", "p50 ms", "p95 ms", "p99 ms", "CPU ms (server + db)", "note");

    /** The median of each row over the runs, in the order in which the rows first came, beside the targets of a FHIR server. */
    static Report medians(Map<String, String> about, List<List<Row>> runs) {
        return medians(about, runs, Target.BY_ROW);
    }

    /** The median of each row over the runs, in the order in which the rows first came. */
    public static Report medians(
            Map<String, String> about, List<List<Row>> runs, Map<String, ? extends Target> targets) {
        Map<String, List<Row>> byName = new LinkedHashMap<>();
        for (List<Row> run : runs) {
            run.forEach(row -> byName.computeIfAbsent(row.name(), name -> new ArrayList<>())
                    .add(row));
        }
        return new Report(about, byName.values().stream().map(Report::median).toList(), targets);
    }

    private static Row median(List<Row> same) {
        Row last = same.getLast();
        List<Row> valued = same.stream().filter(row -> row.value().isPresent()).toList();
        if (valued.isEmpty()) {
            return last;
        }
        List<Percentiles> latencies =
                same.stream().flatMap(row -> row.latency().stream()).toList();
        List<Row.Cost> costs = same.stream().flatMap(row -> row.cost().stream()).toList();
        return new Row(
                last.name(),
                OptionalDouble.of(median(valued, row -> row.value().orElseThrow())),
                last.unit(),
                latencies.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Percentiles(
                                median(latencies, Percentiles::p50),
                                median(latencies, Percentiles::p95),
                                median(latencies, Percentiles::p99))),
                costs.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Row.Cost(
                                median(costs, Row.Cost::serverMillis), median(costs, Row.Cost::databaseMillis))),
                last.note());
    }

    /** The middle value; of an even number the mean of the two in the middle. */
    static <T> double median(List<T> of, ToDoubleFunction<T> figure) {
        double[] sorted = of.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** One row for a terminal while the run goes on. */
    public static String line(Row row) {
        return String.format(
                        Locale.ROOT,
                        "%-58s %10s %-12s %s",
                        row.name(),
                        figure(row),
                        row.unit(),
                        row.latency()
                                        .map(p -> String.format(
                                                Locale.ROOT,
                                                "p50 %.2f p95 %.2f p99 %.2f ms ",
                                                p.p50(),
                                                p.p95(),
                                                p.p99()))
                                        .orElse("")
                                + row.note())
                .stripTrailing();
    }

    private Optional<Target> target(Row row) {
        return Optional.ofNullable(targets.get(row.name()));
    }

    private List<String> cells(Row row) {
        Optional<Target> target = target(row);
        return List.of(
                row.name().strip(),
                figure(row),
                row.unit(),
                target.map(Target::toString).orElse(""),
                target.map(t -> row.value().isPresent() && t.met(row.value().getAsDouble()) ? "yes" : "no")
                        .orElse(""),
                row.latency().map(p -> number(p.p50())).orElse(""),
                row.latency().map(p -> number(p.p95())).orElse(""),
                row.latency().map(p -> number(p.p99())).orElse(""),
                row.cost()
                        .map(c -> String.format(Locale.ROOT, "%.3f + %.3f", c.serverMillis(), c.databaseMillis()))
                        .orElse(""),
                row.note());
    }

    private static String figure(Row row) {
        if (row.value().isEmpty()) {
            return "–";
        }
        return number(row.value().getAsDouble());
    }

    /** Two decimals where they say something. */
    private static String number(double value) {
        boolean whole = value >= 100 || value == Math.rint(value);
        return String.format(Locale.ROOT, whole ? "%,.0f" : "%.2f", value);
    }

    public String markdown() {
        StringBuilder text = new StringBuilder("# Load run\n\n");
        about.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append("\n| ").append(String.join(" | ", HEAD)).append(" |\n");
        text.append("|---".repeat(HEAD.size())).append("|\n");
        for (Row row : rows) {
            List<String> cells =
                    cells(row).stream().map(cell -> cell.replace("|", "\\|")).toList();
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        return text.toString();
    }

    /** The same table with aligned columns. */
    public String terminal() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        rows.forEach(row -> lines.add(cells(row)));
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder out = new StringBuilder();
            for (int column = 0; column < HEAD.size(); column++) {
                int at = column;
                int width = lines.stream()
                        .mapToInt(each -> each.get(at).length())
                        .max()
                        .orElse(0);
                String cell = line.get(column);
                String space = " ".repeat(width - cell.length());
                out.append(column == 1 ? space + cell : cell + space).append("  ");
            }
            text.append(out.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    public String json() {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode();
        ObjectNode facts = root.putObject("about");
        about.forEach(facts::put);
        ArrayNode array = root.putArray("rows");
        for (Row row : rows) {
            ObjectNode node = array.addObject().put("name", row.name().strip());
            row.value().ifPresent(value -> node.put("value", value));
            node.put("unit", row.unit());
            target(row).ifPresent(target -> node.put("target", target.toString())
                    .put(
                            "met",
                            row.value().isPresent() && target.met(row.value().getAsDouble())));
            row.latency().ifPresent(p -> node.put("p50Millis", p.p50())
                    .put("p95Millis", p.p95())
                    .put("p99Millis", p.p99()));
            row.cost().ifPresent(c -> node.put("serverCpuMillis", c.serverMillis())
                    .put("databaseCpuMillis", c.databaseMillis()));
            if (!row.note().isEmpty()) {
                node.put("note", row.note());
            }
        }
        return root.toPrettyString() + "\n";
    }

    /** Writes {@code name.md} and {@code name.json}. */
    public void write(Path directory, String name) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(name + ".md"), markdown());
            Files.writeString(directory.resolve(name + ".json"), json());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report to " + directory, e);
        }
    }
}
