package org.countyhub.bench.county;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Draws the numbers of a panel. A person has a set point in every item, so that a history looks like one person's; a few values
 * lie outside the reference range and a few are critical.
 */
final class LaboratoryValues {
    private static final double BETWEEN_PERSONS = 0.75;
    private static final double WITHIN_PERSON = 0.5;
    private static final double CHANCE_OF_ILLNESS = 0.035;
    private static final double CHANCE_OF_CRITICAL = 0.004;
    // A reference range holds the middle 95 of 100: 1.96 deviations to either side.
    private static final double DEVIATIONS = 1.96;
    private static final double LEAST_DEVIATIONS = -2.7;
    private static final double MOST_DEVIATIONS = 4.5;

    private static final List<String> DIFFERENTIAL = List.of("LYM%", "MON%", "EOS%", "BAS%");
    private static final double MOST_OF_DIFFERENTIAL = 92;

    /** Items computed from others of the panel, each after those it needs. */
    private static final Map<String, ToDoubleFunction<Map<String, Double>>> FORMULAS = formulas();

    private LaboratoryValues() {}

    /** Unrounded values of the numeric items by their codes. */
    static Map<String, Double> draw(Panel panel, Order order, RandomGenerator random) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (LaboratoryItem item : panel.items()) {
            switch (item.shape()) {
                case NORMAL, SKEWED -> values.put(item.code(), value(item, order, random));
                case DERIVED, GRADED, REACTIVE -> {}
            }
        }
        leaveRoomForNeutrophils(values);
        FORMULAS.forEach((code, formula) -> {
            if (panel.items().stream().anyMatch(item -> item.code().equals(code))) {
                values.put(code, formula.applyAsDouble(values));
            }
        });
        return values;
    }

    private static double value(LaboratoryItem item, Order order, RandomGenerator random) {
        double critical = critical(item, random);
        if (!Double.isNaN(critical)) {
            return critical;
        }
        long person = Lot.seed(order.person().number(), item.code().hashCode());
        double deviations =
                BETWEEN_PERSONS * Lot.generator(person).nextGaussian() + WITHIN_PERSON * random.nextGaussian();
        if (Lot.chance(CHANCE_OF_ILLNESS, random)) {
            deviations += (item.shape() == LaboratoryItem.Shape.NORMAL && random.nextBoolean() ? -1 : 1)
                    * (2 + 2 * random.nextDouble());
        }
        deviations = Math.clamp(deviations, LEAST_DEVIATIONS, MOST_DEVIATIONS);
        double drift = 1 + item.percentADecade() / 100 * Math.max(0, order.age() - 40) / 10;
        Range reference = item.reference(order.person().sex(), order.age());
        double low = reference.low() == null ? 0 : reference.low();
        double high = reference.high() == null ? 2 * low : reference.high();
        if (item.shape() == LaboratoryItem.Shape.NORMAL) {
            double middle = (low + high) / 2;
            return Math.max(low / 4, middle * drift + deviations * (high - low) / 2 / DEVIATIONS);
        }
        double median = low > 0 ? Math.sqrt(low * high) : high / 3;
        return median * drift * Math.exp(deviations * Math.log(high / median) / DEVIATIONS);
    }

    /** A value up to a fifth outside the critical range, or NaN for nearly everyone. */
    private static double critical(LaboratoryItem item, RandomGenerator random) {
        // Both drawn for every item, so that a critical value moves no value after it.
        boolean strikes = Lot.chance(CHANCE_OF_CRITICAL, random);
        double beyond = 0.4 * random.nextDouble() - 0.2;
        Double low = item.critical().low();
        Double high = item.critical().high();
        if (!strikes) {
            return Double.NaN;
        }
        if (low != null && (beyond < 0 || high == null)) {
            return low * (0.98 - Math.abs(beyond));
        }
        return high == null ? Double.NaN : high * (1.02 + Math.abs(beyond));
    }

    private static Map<String, ToDoubleFunction<Map<String, Double>>> formulas() {
        Map<String, ToDoubleFunction<Map<String, Double>>> formulas = new LinkedHashMap<>();
        formulas.put("MCH", v -> of(v, "MCV") * of(v, "MCHC") / 1000);
        formulas.put("HGB", v -> of(v, "RBC") * of(v, "MCH"));
        formulas.put("HCT", v -> of(v, "RBC") * of(v, "MCV") / 10);
        formulas.put("NEU%", v -> 100 - sumOfDifferential(v));
        formulas.put("NEU#", v -> of(v, "WBC") * of(v, "NEU%") / 100);
        formulas.put("LYM#", v -> of(v, "WBC") * of(v, "LYM%") / 100);
        formulas.put("INR", v -> Math.pow(of(v, "PT") / 11.2, 1.05));
        return formulas;
    }

    // The parts of a differential are shares of one whole: drawn apart they may exceed it.
    private static void leaveRoomForNeutrophils(Map<String, Double> values) {
        double sum = sumOfDifferential(values);
        if (sum > MOST_OF_DIFFERENTIAL) {
            for (String code : DIFFERENTIAL) {
                values.computeIfPresent(code, (part, share) -> share * MOST_OF_DIFFERENTIAL / sum);
            }
        }
    }

    private static double sumOfDifferential(Map<String, Double> values) {
        return DIFFERENTIAL.stream()
                .mapToDouble(code -> values.getOrDefault(code, 0.0))
                .sum();
    }

    private static double of(Map<String, Double> values, String code) {
        Double value = values.get(code);
        if (value == null) {
            throw new IllegalStateException("the panel lacks " + code);
        }
        return value;
    }
}
