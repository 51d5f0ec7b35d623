package org.countyhub.fhir.identity.match.quality;

import java.util.random.RandomGenerator;

/** Slips of those who type. */
final class Corruption {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    private final RandomGenerator random;

    Corruption(RandomGenerator random) {
        this.random = random;
    }

    /** One character wrong, missing, doubled or swapped with its neighbour; digits stay digits. */
    String slip(String text) {
        if (text.length() < 2) {
            return text;
        }
        int at = random.nextInt(text.length() - 1);
        StringBuilder changed = new StringBuilder(text);
        switch (random.nextInt(4)) {
            case 0 -> changed.setCharAt(at, other(text.charAt(at)));
            case 1 -> changed.deleteCharAt(at);
            case 2 -> changed.insert(at, text.charAt(at));
            default -> {
                changed.setCharAt(at, text.charAt(at + 1));
                changed.setCharAt(at + 1, text.charAt(at));
            }
        }
        return changed.toString();
    }

    /** One digit wrong or two swapped; the length stays. */
    String digitSlip(String digits) {
        int at = random.nextInt(digits.length() - 1);
        StringBuilder changed = new StringBuilder(digits);
        if (random.nextBoolean()) {
            changed.setCharAt(at, other(digits.charAt(at)));
        } else {
            changed.setCharAt(at, digits.charAt(at + 1));
            changed.setCharAt(at + 1, digits.charAt(at));
        }
        return changed.toString();
    }

    private char other(char c) {
        return Character.isDigit(c)
                ? (char) ('0' + (c - '0' + 1 + random.nextInt(9)) % 10)
                : LETTERS.charAt(random.nextInt(LETTERS.length()));
    }
}
