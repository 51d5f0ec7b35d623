package org.countyhub.fhir.identity.match.quality;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.countyhub.fhir.identity.match.Comparison;
import org.countyhub.fhir.identity.match.Field;
import org.countyhub.fhir.identity.match.Level;
import org.countyhub.fhir.identity.match.MatchModel;
import org.countyhub.fhir.identity.match.ModelEstimator;
import org.countyhub.fhir.identity.match.Traits;

/**
 * Prints how well records are matched, and how fast. Arguments: {@code febrl} with the directory of the two files,
 * {@code english} or {@code county} with a number of persons; {@code -v} after them shows the model and some mistakes.
 */
public final class MatchQuality {
    private static final int COMPARISONS = 2_000_000;

    private MatchQuality() {}

    public static void main(String[] arguments) throws IOException {
        String set = arguments[0];
        List<Labelled> records =
                switch (set) {
                    case "febrl" -> Febrl.read(Path.of(arguments[1]));
                    case "english" -> new EnglishPersons(1).records(Integer.parseInt(arguments[1]));
                    case "county" -> new CountyPersons(1).records(Integer.parseInt(arguments[1]));
                    default -> throw new IllegalArgumentException("no such set: " + set);
                };
        boolean verbose = arguments.length > 2;
        int given = set.equals("county") ? 0 : records.size() / 2;
        long start = System.nanoTime();
        List<Traits> traits =
                records.stream().map(Labelled::record).map(Traits::of).toList();
        long made = System.nanoTime();
        ModelEstimator.Estimate estimate = Learning.learn(traits);
        long learned = System.nanoTime();
        if (verbose) {
            print(estimate.model());
        }
        System.out.printf(
                "%s: %d records, matches expected %.0f, rounds %d, converged %b%n",
                set, records.size(), estimate.matches(), estimate.rounds(), estimate.converged());
        Outcome learnedOutcome = Registry.run(records, traits, estimate.model(), given);
        long run = System.nanoTime();
        System.out.println("learned model: " + learnedOutcome);
        System.out.println("start model:   " + Registry.run(records, traits, MatchModel.start(), given));
        System.out.printf(
                "made ready %d/s, learned in %.1f s, decided %d/s, compared %d/s%n",
                perSecond(records.size(), made - start),
                (learned - made) / 1e9,
                perSecond(records.size(), run - learned),
                speed(traits, estimate.model()));
        if (verbose) {
            learnedOutcome.mistakes().forEach(System.out::println);
        }
    }

    private static long speed(List<Traits> traits, MatchModel model) {
        double sum = 0;
        long start = 0;
        for (int i = -COMPARISONS; i < COMPARISONS; i++) {
            if (i == 0) {
                start = System.nanoTime();
            }
            int other = Math.floorMod(i * 7919, traits.size());
            sum += model.total(Comparison.of(traits.get(Math.floorMod(i, traits.size())), traits.get(other)));
        }
        long rate = perSecond(COMPARISONS, System.nanoTime() - start);
        return sum == 0 ? 0 : rate;
    }

    private static long perSecond(long many, long nanos) {
        return Math.round(many * 1e9 / nanos);
    }

    private static void print(MatchModel model) {
        System.out.printf("prior %.3g (%.1f bits)%n", model.prior(), Math.log(model.prior()) / Math.log(2));
        for (Field field : Field.values()) {
            for (Level level : field.levels()) {
                System.out.printf(
                        "%-10s %-9s m %.6f u %.9f weight %.1f%n",
                        field,
                        level,
                        model.rates().m(field, level),
                        model.rates().u(field, level),
                        model.rates().weight(field, level));
            }
        }
    }
}
