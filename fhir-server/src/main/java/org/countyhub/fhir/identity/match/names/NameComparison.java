package org.countyhub.fhir.identity.match.names;

import java.util.List;

/**
 * Two names compared.
 *
 * @param family the surname on which both agree; empty where they do not
 * @param given the given names on which both agree; empty where they do not
 */
public record NameComparison(Likeness likeness, String family, String given) {
    private static final NameComparison MISSING = new NameComparison(Likeness.MISSING, "", "");
    private static final NameComparison DIFFERENT = new NameComparison(Likeness.DIFFERENT, "", "");

    /** The most alike of all pairs. */
    public static NameComparison best(List<ComparableName> some, List<ComparableName> others) {
        NameComparison best = MISSING;
        for (ComparableName a : some) {
            for (ComparableName b : others) {
                NameComparison next = of(a, b);
                if (next.likeness.compareTo(best.likeness) < 0) {
                    best = next;
                }
            }
        }
        return best;
    }

    public static NameComparison of(ComparableName a, ComparableName b) {
        if (a.isEmpty() || b.isEmpty()) {
            return MISSING;
        }
        if (a.family().equals(b.family())
                && a.given().equals(b.given())
                && !a.family().isEmpty()
                && !a.given().isEmpty()) {
            return agreeing(Likeness.EQUAL, a);
        }
        if (a.han() != b.han()) {
            return a.sound().equals(b.sound()) ? of(Likeness.HOMOPHONE) : DIFFERENT;
        }
        return a.han() ? ChineseNames.compare(a, b) : LetteredNames.compare(a, b);
    }

    static NameComparison of(Likeness likeness) {
        return likeness == Likeness.DIFFERENT ? DIFFERENT : new NameComparison(likeness, "", "");
    }

    static NameComparison agreeing(Likeness likeness, ComparableName name) {
        return new NameComparison(likeness, name.family(), name.given());
    }

    static NameComparison agreeingOnFamily(Likeness likeness, ComparableName name) {
        return new NameComparison(likeness, name.family(), "");
    }

    static NameComparison agreeingOnGiven(Likeness likeness, ComparableName name) {
        return new NameComparison(likeness, "", name.given());
    }
}
