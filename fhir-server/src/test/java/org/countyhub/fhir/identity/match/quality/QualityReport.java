package org.countyhub.fhir.identity.match.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.Traits;

/**
 * Measures how well the three sets are matched, prints a table in Markdown and writes it to {@code bench/results}.
 * Arguments: where the results go, the commit, and, where they are at hand, the directory of FEBRL's files.
 */
public final class QualityReport {
    private static final int ENGLISH = 10_000;
    private static final int COUNTY = 30_000;

    /** A figure and what it is to be at least; a target of 0 means that it must be exactly 0, NaN that there is none. */
    private record Row(String set, String what, double value, double target) {
        String line() {
            String figure = value == Math.rint(value) ? "%,.0f".formatted(value) : "%.5f".formatted(value);
            if (Double.isNaN(target)) {
                return "| %s | %s | %s |  |  |".formatted(set, what, figure);
            }
            boolean met = target == 0 ? value == 0 : value >= target;
            String wanted = target == 0 ? "0" : "≥ " + target;
            return "| %s | %s | %s | %s | %s |".formatted(set, what, figure, wanted, met ? "yes" : "no");
        }
    }

    private final List<Row> rows = new ArrayList<>();

    private QualityReport() {}

    public static void main(String[] arguments) throws IOException {
        QualityReport report = new QualityReport();
        if (arguments.length > 2) {
            report.febrl(Febrl.read(Path.of(arguments[2])));
        } else {
            System.err.println("FEBRL's set is left out: HUB_FEBRL_DIR does not say where its files are");
        }
        report.english(new EnglishPersons(1).records(ENGLISH));
        report.county(new CountyPersons(1).records(COUNTY));
        String table = report.table(arguments[1]);
        System.out.println(table);
        Path file = Path.of(arguments[0]).resolve(LocalDate.now(ZoneOffset.UTC) + "-" + arguments[1] + "-matching.md");
        Files.writeString(file, table);
        System.out.println("written to bench/results/" + file.getFileName());
    }

    private void febrl(List<Labelled> records) {
        String set = "FEBRL4, 5,000 + 5,000";
        Outcome learned = measure(set, records, records.size() / 2);
        add(set, "F1", learned.f1(), 0.998);
        add(set, "precision", learned.precision(), Double.NaN);
        add(set, "recall, linked without asking", learned.recall(), Double.NaN);
        add(set, "recall, with those that a steward is asked about", withSteward(learned), Double.NaN);
    }

    private void english(List<Labelled> records) {
        String set = "English names, a fifth of all values wrong, " + ENGLISH;
        Outcome learned = measure(set, records, records.size() / 2);
        add(set, "F1", learned.f1(), 0.99);
        add(set, "precision", learned.precision(), Double.NaN);
        add(set, "recall, with those that a steward is asked about", withSteward(learned), Double.NaN);
    }

    private void county(List<Labelled> records) {
        String set = "Chinese county, " + COUNTY + " persons";
        Outcome learned = measure(set, records, 0);
        add(set, "precision without verified code", learned.precisionWithoutCode(), 0.9995);
        add(set, "recall without verified code", learned.recallWithoutCode(), 0.98);
        add(set, "pairs of twins linked", (double) learned.wrongTwins(), 0);
        add(set, "F1, codes and weights together", learned.f1(), Double.NaN);
        add(set, "pairs of different persons linked", (double) learned.wrong(), Double.NaN);
    }

    /** Each record that a steward is shown with the right person among the candidates would be linked. */
    private static double withSteward(Outcome outcome) {
        return Math.min(1, (outcome.right() + outcome.reviewedRight()) / (double) outcome.all());
    }

    private Outcome measure(String set, List<Labelled> records, int given) {
        List<Traits> traits =
                records.stream().map(Labelled::record).map(Traits::of).toList();
        MatchModel model = Learning.learn(traits).model();
        long start = System.nanoTime();
        Outcome learned = Registry.run(records, traits, model, given);
        double seconds = (System.nanoTime() - start) / 1e9;
        Outcome started = Registry.run(records, traits, MatchModel.start(), given);
        add(set, "records", records.size(), Double.NaN);
        add(set, "records for a steward", (double) learned.reviews(), Double.NaN);
        add(set, "decided a second, in memory", Math.rint(records.size() / seconds), Double.NaN);
        add(set, "F1 of the model that a new hub starts with", started.f1(), Double.NaN);
        return learned;
    }

    private void add(String set, String what, double value, double target) {
        rows.add(new Row(set, what, value, target));
    }

    private String table(String commit) {
        StringBuilder table = new StringBuilder();
        table.append("# Quality of matching\n\n- commit: ").append(commit);
        table.append("\n- weights: estimated from the records of each set, without their labels\n\n");
        table.append("| set | what | figure | target | met |\n|---|---|---|---|---|\n");
        rows.forEach(row -> table.append(row.line()).append('\n'));
        return table.toString();
    }
}
