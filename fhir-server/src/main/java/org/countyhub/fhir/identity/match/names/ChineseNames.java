package org.countyhub.fhir.identity.match.names;

/** Names in Chinese characters. */
final class ChineseNames {
    private ChineseNames() {}

    static NameComparison compare(ComparableName a, ComparableName b) {
        if (a.whole().equals(b.whole())) {
            return NameComparison.agreeing(Likeness.EQUAL, a);
        }
        if (a.isDotted() || b.isDotted()) {
            NameComparison parts = dotted(a.whole(), b.whole());
            if (parts.likeness() != Likeness.DIFFERENT) {
                return parts;
            }
        }
        if (a.family().isEmpty() != b.family().isEmpty()
                || a.given().isEmpty() != b.given().isEmpty()) {
            return incomplete(a, b);
        }
        if ((a.given() + a.family()).equals(b.whole()) && a.whole().length() > 1) {
            return NameComparison.agreeing(Likeness.VARIANT, a);
        }
        if (a.whole().length() == b.whole().length()) {
            NameComparison aligned = aligned(a, b);
            if (aligned.likeness() != Likeness.DIFFERENT) {
                return aligned;
            }
        }
        return byParts(a, b);
    }

    /** 阿迪力·买买提 is also written 阿迪力买买提, or 阿迪力 alone. */
    private static NameComparison dotted(String a, String b) {
        String dot = String.valueOf(Folding.DOT);
        String plain = a.replace(dot, "");
        String other = b.replace(dot, "");
        boolean same = plain.equals(other);
        boolean leading =
                (a.startsWith(b + dot) && other.length() > 1) || (b.startsWith(a + dot) && plain.length() > 1);
        return NameComparison.of(same || leading ? Likeness.VARIANT : Likeness.DIFFERENT);
    }

    private static NameComparison incomplete(ComparableName a, ComparableName b) {
        if (a.family().equals(b.family()) && !a.family().isEmpty()) {
            return NameComparison.agreeingOnFamily(Likeness.PART, a);
        }
        if (a.given().equals(b.given()) && !a.given().isEmpty()) {
            return NameComparison.agreeingOnGiven(Likeness.PART, a);
        }
        return NameComparison.of(Likeness.DIFFERENT);
    }

    private static NameComparison aligned(ComparableName a, ComparableName b) {
        int length = a.whole().length();
        int sounds = 0;
        int shapes = 0;
        for (int i = 0; i < length; i++) {
            char x = a.whole().charAt(i);
            char y = b.whole().charAt(i);
            if (x == y) {
                continue;
            }
            if (Readings.alike(x, y)) {
                sounds++;
            } else if (Shapes.alike(x, y)) {
                shapes++;
            } else {
                return NameComparison.of(Likeness.DIFFERENT);
            }
        }
        if (sounds + shapes >= length && shapes > 0) {
            return NameComparison.of(Likeness.DIFFERENT);
        }
        Likeness likeness = shapes == 0 ? Likeness.HOMOPHONE : shapes == 1 ? Likeness.SIMILAR : Likeness.LOOSE;
        return agreedParts(likeness, a, b);
    }

    private static NameComparison byParts(ComparableName a, ComparableName b) {
        String given = a.given();
        String other = b.given();
        if (a.family().equals(b.family()) && !a.family().isEmpty()) {
            boolean turned = given.length() == 2
                    && other.length() == 2
                    && given.charAt(0) == other.charAt(1)
                    && given.charAt(1) == other.charAt(0);
            if (turned) {
                return NameComparison.agreeingOnFamily(Likeness.SIMILAR, a);
            }
            // Of one-character names nothing would be left that agrees.
            boolean oneOff = given.length() + other.length() > 2 && Edits.isOne(given, other);
            return NameComparison.agreeingOnFamily(oneOff ? Likeness.LOOSE : Likeness.FAMILY, a);
        }
        if (given.equals(other) && !given.isEmpty()) {
            boolean misread = a.family().length() == 1
                    && b.family().length() == 1
                    && Shapes.alike(a.family().charAt(0), b.family().charAt(0));
            return NameComparison.agreeingOnGiven(misread ? Likeness.SIMILAR : Likeness.GIVEN, a);
        }
        return NameComparison.of(Likeness.DIFFERENT);
    }

    private static NameComparison agreedParts(Likeness likeness, ComparableName a, ComparableName b) {
        return new NameComparison(
                likeness,
                a.family().equals(b.family()) ? a.family() : "",
                a.given().equals(b.given()) ? a.given() : "");
    }
}
