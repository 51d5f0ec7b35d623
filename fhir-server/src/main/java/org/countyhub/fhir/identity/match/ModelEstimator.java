package org.countyhub.fhir.identity.match;

import java.util.Map;

/**
 * Learns a model from pairs nobody has labelled: u from pairs drawn at random; then m and the prior by expectation maximisation
 * over the pairs that share a blocking key, with u fixed (Winkler 1988; Jaro 1989). Then once more, with those of the random
 * pairs left out of u that turned out to be one person: few as they are, they are most of those that agree on a code. All pairs without a shared key count as different persons, so that the prior is that of a pair drawn at random and m is free
 * of the choice of keys. Rates known so far weigh in as some pairs, so that levels which are hardly met keep a sensible
 * value. Deterministic.
 */
public final class ModelEstimator {
    private static final int PASSES = 3;
    private static final int MOST_ROUNDS = 200;
    private static final double CONVERGED = 1e-6;

    /** Random pairs that the rates known so far weigh as many as. */
    private static final double KNOWN_RANDOM_PAIRS = 100_000;

    /** Matches that the rates known so far weigh as many as. */
    private static final double KNOWN_MATCHES = 50;

    /** Fewer agreeing on name, birth date or sex, and what was found is no persons but something else, such as families. */
    private static final double LEAST_EQUAL = 0.5;

    private ModelEstimator() {}

    /**
     * A model, and how sure it is.
     *
     * @param matches expected number of blocked pairs that are one person
     * @param converged whether the last round changed nothing to speak of, and what it found looks like persons; if not, keep
     *     the model that is in use
     */
    public record Estimate(MatchModel model, double matches, int rounds, boolean converged) {}

    /**
     * Estimates a model.
     *
     * @param known the model in use or the start model; names' frequencies and thresholds stay as they are
     * @param random pairs drawn at random, blocked or not
     * @param blocked all pairs that share a blocking key, each once, without those that a {@link Conflict} tells apart
     * @param allPairs n(n-1)/2 for n records, or the product for two files
     */
    public static Estimate estimate(MatchModel known, PatternCounts random, PatternCounts blocked, double allPairs) {
        Map<Pattern, Long> drawn = random.sorted();
        Map<Pattern, Long> pairs = blocked.sorted();
        Estimate estimate = new Estimate(known, 0, 0, false);
        for (int pass = 0; pass < PASSES; pass++) {
            Tally others = new Tally();
            MatchModel sofar = estimate.model();
            boolean first = pass == 0;
            drawn.forEach(
                    (pattern, count) -> others.add(pattern, first ? count : count * (1 - probability(sofar, pattern))));
            Rates u = Rates.of(
                    known.rates()::m,
                    (field, level) -> others.of(field, level)
                            + KNOWN_RANDOM_PAIRS * known.rates().u(field, level));
            estimate = maximise(with(known, known.prior(), u), known.rates(), pairs, allPairs);
        }
        return estimate;
    }

    private static Estimate maximise(MatchModel start, Rates known, Map<Pattern, Long> pairs, double allPairs) {
        MatchModel model = start;
        double matches = 0;
        for (int round = 1; round <= MOST_ROUNDS; round++) {
            Tally tally = new Tally();
            double found = 0;
            for (Map.Entry<Pattern, Long> entry : pairs.entrySet()) {
                double expected = probability(model, entry.getKey()) * entry.getValue();
                tally.add(entry.getKey(), expected);
                found += expected;
            }
            Rates rates = Rates.of(
                    (field, level) -> tally.of(field, level) + KNOWN_MATCHES * known.m(field, level), start.rates()::u);
            double prior = Math.clamp(found / allPairs, 1e-12, 0.5);
            boolean settled =
                    change(model.rates(), rates) < CONVERGED && Math.abs(found - matches) <= CONVERGED * found;
            model = with(start, prior, rates);
            matches = found;
            if (settled) {
                return new Estimate(model, matches, round, looksLikePersons(rates));
            }
        }
        return new Estimate(model, matches, MOST_ROUNDS, false);
    }

    private static double probability(MatchModel model, Pattern pattern) {
        return MatchModel.probability(model.total(new Comparison(pattern, "", "")));
    }

    private static MatchModel with(MatchModel known, double prior, Rates rates) {
        return new MatchModel(prior, rates, known.families(), known.givenNames(), known.thresholds());
    }

    private static double change(Rates before, Rates after) {
        double most = 0;
        for (Field field : Field.values()) {
            for (Level level : field.levels()) {
                most = Math.max(most, Math.abs(before.m(field, level) - after.m(field, level)));
            }
        }
        return most;
    }

    private static boolean looksLikePersons(Rates rates) {
        double names = 0;
        for (Level level : Field.NAME.levels()) {
            names += level.isAtLeast(Level.SIMILAR) ? rates.m(Field.NAME, level) : 0;
        }
        return names >= LEAST_EQUAL
                && rates.m(Field.BIRTH_DATE, Level.EQUAL) >= LEAST_EQUAL
                && rates.m(Field.SEX, Level.EQUAL) >= LEAST_EQUAL;
    }

    @SuppressWarnings("EnumOrdinal")
    private static final class Tally {
        private final double[][] counts = new double[Field.values().length][Level.values().length];

        void add(Pattern pattern, double pairs) {
            for (Field field : Field.values()) {
                counts[field.ordinal()][pattern.level(field).ordinal()] += pairs;
            }
        }

        double of(Field field, Level level) {
            return counts[field.ordinal()][level.ordinal()];
        }
    }
}
