package org.countyhub.fhir.identity.match;

import java.util.Arrays;
import org.countyhub.fhir.identity.PostalAddress;
import org.countyhub.fhir.identity.match.names.Edits;
import org.countyhub.fhir.identity.match.names.Folding;

/**
 * An address folded, and in pairs of neighbouring characters, since words run together or apart.
 *
 * @param pairs sorted, one after another
 * @param numbers all digits of the line; houses of one street differ in nothing else
 */
record ComparableAddress(String text, String pairs, String numbers, String city, String district, String postalCode) {
    private static final double SIMILAR = 0.7;
    private static final double LOOSE = 0.4;
    private static final int SHORTEST_WITH_SLIPS = 4;

    static ComparableAddress of(PostalAddress address) {
        String city = Folding.fold(address.city());
        String district = Folding.fold(address.district());
        String text = without(Folding.fold(address.state()), Folding.fold(address.text()));
        text = without(district, without(city, text));
        return new ComparableAddress(
                text,
                pairs(text),
                digits(text),
                city,
                district,
                address.postalCode().strip());
    }

    /** Some sources repeat city and township in the line. */
    private static String without(String start, String text) {
        boolean repeated = !start.isEmpty() && text.length() > start.length() && text.startsWith(start);
        return repeated ? text.substring(start.length()).strip() : text;
    }

    static Level compare(ComparableAddress a, ComparableAddress b) {
        boolean area = sameArea(a, b);
        if (a.text.isEmpty() || b.text.isEmpty()) {
            return area ? Level.AREA : Level.MISSING;
        }
        if (a.text.equals(b.text)) {
            return area || otherDistrictUnknown(a, b) ? Level.EQUAL : Level.SIMILAR;
        }
        double alike = alike(a.pairs, b.pairs);
        boolean sameHouse = a.numbers.equals(b.numbers) || a.numbers.isEmpty() || b.numbers.isEmpty();
        if (alike >= SIMILAR && sameHouse) {
            return Level.SIMILAR;
        }
        if (alike >= LOOSE && (area || alike >= SIMILAR)) {
            return Level.LOOSE;
        }
        return area ? Level.AREA : Level.DIFFERENT;
    }

    private static boolean sameArea(ComparableAddress a, ComparableAddress b) {
        if (!a.district.isEmpty() && !b.district.isEmpty()) {
            return nearlyEqual(a.district, b.district);
        }
        return nearlyEqual(a.city, b.city) || (!a.postalCode.isEmpty() && a.postalCode.equals(b.postalCode));
    }

    private static boolean otherDistrictUnknown(ComparableAddress a, ComparableAddress b) {
        return (a.district.isEmpty() || b.district.isEmpty()) && (a.city.isEmpty() || b.city.isEmpty());
    }

    private static boolean nearlyEqual(String a, String b) {
        return !a.isEmpty()
                && (a.equals(b)
                        || (a.length() >= SHORTEST_WITH_SLIPS
                                && b.length() >= SHORTEST_WITH_SLIPS
                                && Edits.isOne(a, b)));
    }

    /** Dice's coefficient of the pairs. */
    private static double alike(String a, String b) {
        int common = 0;
        int i = 0;
        int j = 0;
        while (i + 1 < a.length() && j + 1 < b.length()) {
            int difference = a.charAt(i) != b.charAt(j) ? a.charAt(i) - b.charAt(j) : a.charAt(i + 1) - b.charAt(j + 1);
            common += difference == 0 ? 2 : 0;
            i += difference <= 0 ? 2 : 0;
            j += difference >= 0 ? 2 : 0;
        }
        return a.length() + b.length() == 0 ? 0 : 2.0 * common / (a.length() + b.length());
    }

    /** All pairs of neighbouring characters but digits and spaces, sorted, one after another. */
    private static String pairs(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && (c < '0' || c > '9')) {
                line.append(c);
            }
        }
        long[] pairs = new long[Math.max(0, line.length() - 1)];
        Arrays.setAll(pairs, i -> (long) line.charAt(i) << 16 | line.charAt(i + 1));
        Arrays.sort(pairs);
        char[] flat = new char[2 * pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            flat[2 * i] = (char) (pairs[i] >>> 16);
            flat[2 * i + 1] = (char) pairs[i];
        }
        return new String(flat);
    }

    private static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            }
        }
        return digits.toString();
    }
}
