package org.countyhub.fhir.identity.match;

import java.util.EnumMap;
import java.util.Map;

/**
 * Rates before anything is estimated, for a county of a million and a half. u is reckoned: a surname is shared by 4 % of all
 * pairs in China and a given name by 0.5 % of those of one age, a birth date by one in 25,000, a phone by the three or four of a
 * household. m is cautious: a model that expects more slips than there are asks more often.
 */
final class StartModel {
    private static final Map<Field, double[]> M = new EnumMap<>(Map.of(
            Field.NAME, new double[] {0.955, 0.005, 0.01, 0.008, 0.002, 0.005, 0.003, 0.004, 0.008},
            Field.BIRTH_DATE, new double[] {0.97, 0.015, 0.005, 0.01},
            Field.SEX, new double[] {0.998, 0.002},
            Field.PHONE, new double[] {0.7, 0.02, 0.28},
            Field.ADDRESS, new double[] {0.6, 0.12, 0.05, 0.13, 0.1},
            Field.GUARDIAN, new double[] {0.8, 0.05, 0.15},
            Field.CODE, new double[] {0.9, 0.01, 0.09}));

    private static final Map<Field, double[]> U = new EnumMap<>(Map.of(
            Field.NAME, new double[] {2e-4, 1e-6, 1.5e-4, 2e-4, 1e-4, 1.5e-3, 2.4e-3, 0.038, 0.957},
            Field.BIRTH_DATE, new double[] {4e-5, 1.2e-3, 2e-3, 0.997},
            Field.SEX, new double[] {0.5, 0.5},
            Field.PHONE, new double[] {3e-6, 5e-6, 1},
            Field.ADDRESS, new double[] {5e-6, 1e-4, 3e-3, 0.06, 0.937},
            Field.GUARDIAN, new double[] {1e-4, 4e-4, 1},
            Field.CODE, new double[] {1e-6, 1e-5, 1}));

    static final MatchModel MODEL = new MatchModel(
            7e-7, Rates.of(shares(M), shares(U)), NameFrequencies.NONE, NameFrequencies.NONE, Thresholds.START);

    private StartModel() {}

    private static Rates.Shares shares(Map<Field, double[]> table) {
        return (field, level) ->
                table.getOrDefault(field, new double[0])[field.levels().indexOf(level)];
    }
}
