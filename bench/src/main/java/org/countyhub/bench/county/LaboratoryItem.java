package org.countyhub.bench.county;

import java.util.Locale;

/**
 * One thing a laboratory measures.
 *
 * @param code the hospital's own, without its prefix
 * @param percentADecade how the middle moves with every ten years after 40
 * @param critical outside of it a value is critical (危急值); open at both ends where there is no such value
 */
record LaboratoryItem(
        String code,
        String loinc,
        String name,
        Shape shape,
        String unit,
        int decimals,
        Range male,
        Range female,
        Range child,
        Range critical,
        double percentADecade,
        String method) {
    private static final int ADULT_YEARS = 14;

    /** How values lie: about a middle, log-normal, computed from others, graded from negative to 3+, or reactive or not. */
    enum Shape {
        NORMAL,
        SKEWED,
        DERIVED,
        GRADED,
        REACTIVE
    }

    static LaboratoryItem of(Table.Row row) {
        return new LaboratoryItem(
                row.text(1),
                row.text(2),
                row.text(3),
                Shape.valueOf(row.text(4).toUpperCase(Locale.ROOT)),
                row.text(5),
                row.number(6),
                Range.parse(row.text(7)),
                Range.parse(row.text(8)),
                Range.parse(row.text(9)),
                Range.parse(row.text(10)),
                row.decimal(11),
                row.text(12));
    }

    /** The reference range at an age in years. */
    Range reference(Sex sex, int age) {
        if (age < ADULT_YEARS) {
            return child;
        }
        return sex == Sex.MALE ? male : female;
    }
}
