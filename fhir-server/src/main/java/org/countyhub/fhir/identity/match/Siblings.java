package org.countyhub.fhir.identity.match;

import java.util.List;

/** Twins and others of one family, who differ in nothing but the given name. */
final class Siblings {
    private Siblings() {}

    /** Both sources number the children of one birth, and none of the numbers is the same. */
    static boolean isOtherOfMultipleBirth(Traits incoming, List<Traits> records) {
        if (!incoming.multipleBirth() || incoming.birthOrder() == 0) {
            return false;
        }
        boolean other = false;
        for (Traits record : records) {
            if (record.multipleBirth() && record.birthOrder() != 0) {
                if (record.birthOrder() == incoming.birthOrder()) {
                    return false;
                }
                other = true;
            }
        }
        return other;
    }

    /** Surname and household the same, birth date not contradicting, but no record of the person has the same given name. */
    static boolean areLikely(Traits incoming, List<Traits> records, List<Comparison> comparisons) {
        boolean likely = false;
        for (int i = 0; i < comparisons.size(); i++) {
            Comparison comparison = comparisons.get(i);
            if (comparison.level(Field.NAME).isAtLeast(Level.VARIANT)) {
                return false;
            }
            Traits record = records.get(i);
            likely |= comparison.level(Field.BIRTH_DATE) != Level.DIFFERENT
                    && (Conflicts.shareHousehold(comparison) || incoming.multipleBirth() || record.multipleBirth())
                    && differInGivenName(incoming, record, comparison);
        }
        return likely;
    }

    private static boolean differInGivenName(Traits a, Traits b, Comparison comparison) {
        Level name = comparison.level(Field.NAME);
        boolean han = a.names().stream().anyMatch(one -> one.han())
                || b.names().stream().anyMatch(one -> one.han());
        if (han) {
            boolean sameGiven = !comparison.given().isEmpty();
            return !sameGiven && name != Level.DIFFERENT && name != Level.MISSING;
        }
        // In letters slips are frequent, and a number of the person's own tells twins apart.
        return name == Level.FAMILY && !comparison.level(Field.CODE).isAtLeast(Level.SIMILAR);
    }
}
