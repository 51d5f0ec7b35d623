package org.countyhub.fhir.identity.match;

import java.util.Arrays;

/**
 * What a comparison is worth (Fellegi and Sunter 1969). Immutable; {@link ModelJson} stores it, {@link ModelEstimator} learns it.
 *
 * @param prior probability that two records drawn at random are one person
 */
public record MatchModel(
        double prior, Rates rates, NameFrequencies families, NameFrequencies givenNames, Thresholds thresholds) {
    public MatchModel {
        if (!(prior > 0 && prior < 1)) {
            throw new IllegalArgumentException("no probability of two records being one person: " + prior);
        }
    }

    /** The start model of a county of a million and a half, before anything is estimated. */
    public static MatchModel start() {
        return StartModel.MODEL;
    }

    /** The bits that a field adds. */
    public double weight(Field field, Comparison comparison) {
        double weight = rates.weight(field, comparison.level(field));
        return field == Field.NAME
                ? weight + families.adjustment(comparison.family()) + givenNames.adjustment(comparison.given())
                : weight;
    }

    /** The bits by which what the household says is cut; 0 or more. */
    double withheld(Comparison comparison) {
        double household = 0;
        for (Field field : Fields.OF_HOUSEHOLD) {
            household += weight(field, comparison);
        }
        return Math.max(0, household - thresholds.household());
    }

    /** The odds that the two records are one person, in bits, prior included. */
    public double total(Comparison comparison) {
        double total = Rates.log2(prior / (1 - prior)) - withheld(comparison);
        for (Field field : Fields.ALL) {
            total += weight(field, comparison);
        }
        return total;
    }

    /** The probability that belongs to odds in bits. */
    static double probability(double bits) {
        return 1 / (1 + Math.pow(2, -bits));
    }

    private static final class Fields {
        static final Field[] ALL = Field.values();
        static final Field[] OF_HOUSEHOLD =
                Arrays.stream(ALL).filter(Field::isOfHousehold).toArray(Field[]::new);
    }
}
