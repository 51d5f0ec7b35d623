package org.countyhub.fhir.identity.match.names;

/** Slips of the keyboard. */
public final class Edits {
    private Edits() {}

    /**
     * Whether one text becomes the other by exactly one slip: a character too many, too few or wrong, or two neighbours the
     * wrong way round; that is a Damerau-Levenshtein distance of 1.
     */
    public static boolean isOne(String a, String b) {
        int longer = Math.max(a.length(), b.length());
        int shorter = Math.min(a.length(), b.length());
        if (longer - shorter > 1) {
            return false;
        }
        int head = 0;
        while (head < shorter && a.charAt(head) == b.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && a.charAt(a.length() - 1 - tail) == b.charAt(b.length() - 1 - tail)) {
            tail++;
        }
        int rest = longer - head - tail;
        return rest == 1 || (rest == 2 && shorter == longer && isSwap(a, b, head));
    }

    private static boolean isSwap(String a, String b, int at) {
        return a.charAt(at) == b.charAt(at + 1) && a.charAt(at + 1) == b.charAt(at);
    }
}
