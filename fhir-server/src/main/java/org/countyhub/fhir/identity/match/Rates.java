package org.countyhub.fhir.identity.match;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * For each level of each field, how often it is met among the pairs that are one person (m) and among those that are not (u),
 * of the pairs where both say something. Within a field the quotient m/u never rises from one level to the next. Immutable.
 */
@SuppressWarnings("EnumOrdinal") // Looked up for every field of every pair; stored by name.
public final class Rates {
    /** What no probability falls below, so that every weight is finite. */
    private static final double SMALLEST = 1e-12;

    private final Map<Field, double[]> m;
    private final Map<Field, double[]> u;
    private final double[][] weights;

    private Rates(Map<Field, double[]> m, Map<Field, double[]> u) {
        this.m = m;
        this.u = u;
        this.weights = new double[Field.values().length][Level.values().length];
        for (Field field : Field.values()) {
            for (Level level : field.levels()) {
                weights[field.ordinal()][level.ordinal()] = log2(m(field, level) / u(field, level));
            }
        }
    }

    /** Made of counts or shares, which need not add up to one; levels out of order share what they have (isotonic regression). */
    static Rates of(Shares m, Shares u) {
        Map<Field, double[]> matches = new EnumMap<>(Field.class);
        Map<Field, double[]> others = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            double[] otherRates = normal(field, level -> u.of(field, level));
            others.put(field, otherRates);
            matches.put(field, falling(normal(field, level -> m.of(field, level)), otherRates));
        }
        return new Rates(matches, others);
    }

    /** A number for each level of each field. */
    @FunctionalInterface
    interface Shares {
        double of(Field field, Level level);
    }

    public double m(Field field, Level level) {
        return rate(m, field, level);
    }

    public double u(Field field, Level level) {
        return rate(u, field, level);
    }

    /** log₂(m/u), in bits; 0 for what is no evidence. */
    public double weight(Field field, Level level) {
        return weights[field.ordinal()][level.ordinal()];
    }

    static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    private static double rate(Map<Field, double[]> rates, Field field, Level level) {
        int index = field.levels().indexOf(level);
        if (index < 0) {
            throw new IllegalArgumentException(field + " has no level " + level);
        }
        return rates.getOrDefault(field, new double[0])[index];
    }

    private static double[] normal(Field field, ToDoubleFunction<Level> share) {
        double[] rates = field.levels().stream()
                .mapToDouble(level -> Math.max(SMALLEST, share.applyAsDouble(level)))
                .toArray();
        double sum = Arrays.stream(rates).sum();
        return Arrays.stream(rates).map(rate -> rate / sum).toArray();
    }

    /** Pools neighbours until m/u falls; the sum stays what it was (pool adjacent violators, Ayer et al. 1955). */
    private static double[] falling(double[] m, double[] u) {
        int[] end = new int[m.length];
        double[] matches = new double[m.length];
        double[] others = new double[m.length];
        int pools = 0;
        for (int i = 0; i < m.length; i++) {
            end[pools] = i + 1;
            matches[pools] = m[i];
            others[pools] = u[i];
            pools++;
            while (pools > 1 && matches[pools - 1] * others[pools - 2] > matches[pools - 2] * others[pools - 1]) {
                pools--;
                matches[pools - 1] += matches[pools];
                others[pools - 1] += others[pools];
                end[pools - 1] = end[pools];
            }
        }
        double[] result = new double[m.length];
        int next = 0;
        for (int pool = 0; pool < pools; pool++) {
            double quotient = matches[pool] / others[pool];
            while (next < end[pool]) {
                result[next] = u[next] * quotient;
                next++;
            }
        }
        return result;
    }
}
