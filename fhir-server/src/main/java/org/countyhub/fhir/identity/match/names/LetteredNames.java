package org.countyhub.fhir.identity.match.names;

import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** Names in letters. */
final class LetteredNames {
    private static final JaroWinklerSimilarity JARO_WINKLER = new JaroWinklerSimilarity();

    /** Above it, most pairs in published tables of census names are one name (Winkler 2006, section 3). */
    private static final double SLIP = 0.88;

    private LetteredNames() {}

    private enum Part {
        EQUAL,
        SLIP,
        DIFFERENT,
        MISSING
    }

    static NameComparison compare(ComparableName a, ComparableName b) {
        NameComparison straight =
                combine(part(a.family(), b.family()), part(a.given(), b.given()), a.family(), a.given());
        if (straight.likeness().compareTo(Likeness.PART) <= 0) {
            return straight;
        }
        if (a.whole().equals(b.whole())) {
            return NameComparison.agreeing(Likeness.VARIANT, a);
        }
        Part family = part(a.family(), b.given());
        Part given = part(a.given(), b.family());
        if (family == Part.EQUAL && given == Part.EQUAL) {
            return NameComparison.agreeing(Likeness.VARIANT, a);
        }
        NameComparison turned = combine(family, given, a.family(), a.given());
        Likeness likeness = turned.likeness().compareTo(Likeness.LOOSE) <= 0 ? Likeness.LOOSE : turned.likeness();
        boolean better = likeness.compareTo(straight.likeness()) < 0;
        return better ? new NameComparison(likeness, turned.family(), turned.given()) : straight;
    }

    private static NameComparison combine(Part family, Part given, String familyText, String givenText) {
        Likeness likeness =
                switch (family) {
                    case EQUAL ->
                        switch (given) {
                            case EQUAL -> Likeness.EQUAL;
                            case SLIP -> Likeness.SIMILAR;
                            case MISSING -> Likeness.PART;
                            case DIFFERENT -> Likeness.FAMILY;
                        };
                    case SLIP ->
                        switch (given) {
                            case EQUAL -> Likeness.SIMILAR;
                            case SLIP, MISSING -> Likeness.LOOSE;
                            case DIFFERENT -> Likeness.FAMILY;
                        };
                    case MISSING ->
                        switch (given) {
                            case EQUAL -> Likeness.PART;
                            case SLIP -> Likeness.LOOSE;
                            case MISSING -> Likeness.MISSING;
                            case DIFFERENT -> Likeness.DIFFERENT;
                        };
                    case DIFFERENT -> given == Part.EQUAL || given == Part.SLIP ? Likeness.GIVEN : Likeness.DIFFERENT;
                };
        return new NameComparison(
                likeness, family == Part.EQUAL ? familyText : "", given == Part.EQUAL ? givenText : "");
    }

    private static Part part(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Part.MISSING;
        }
        if (a.equals(b)) {
            return Part.EQUAL;
        }
        return isSlip(a, b) ? Part.SLIP : Part.DIFFERENT;
    }

    private static boolean isSlip(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        if (shorter == 1 || a.startsWith(b + " ") || b.startsWith(a + " ")) {
            return a.charAt(0) == b.charAt(0);
        }
        return (shorter > 2 && Edits.isOne(a, b)) || JARO_WINKLER.apply(a, b) >= SLIP;
    }
}
