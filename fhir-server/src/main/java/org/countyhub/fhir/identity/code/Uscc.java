package org.countyhub.fhir.identity.code;

import java.util.Optional;

/**
 * The unified social credit code of an organisation (GB 32100-2015): two characters of register and kind, six digits of
 * region, nine of organisation code, one check character modulo 31.
 *
 * @param code 18 characters, upper case; throws IllegalArgumentException if it is no such code
 */
public record Uscc(String code) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int LENGTH = 18;
    private static final int REGION_START = 2;
    private static final int REGION_END = 8;

    public Uscc {
        if (!isValid(code)) {
            throw new IllegalArgumentException("not a unified social credit code (GB 32100)");
        }
    }

    /** The code in a text as people type it; empty if there is none or its check character is wrong. */
    public static Optional<Uscc> of(String typed) {
        String folded = CodeText.fold(typed);
        return isValid(folded) ? Optional.of(new Uscc(folded)) : Optional.empty();
    }

    /** The six digits of the region of the registering authority. */
    public String region() {
        return code.substring(REGION_START, REGION_END);
    }

    private static boolean isValid(String code) {
        return code.length() == LENGTH
                && code.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                && code.substring(REGION_START, REGION_END).chars().allMatch(c -> c >= '0' && c <= '9')
                && code.charAt(LENGTH - 1) == checkCharacter(code);
    }

    /** The check character of the first 17 characters; weights are the powers of 3 modulo 31. */
    private static char checkCharacter(String code) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += weight * ALPHABET.indexOf(code.charAt(i));
            weight = weight * 3 % ALPHABET.length();
        }
        return ALPHABET.charAt((ALPHABET.length() - sum % ALPHABET.length()) % ALPHABET.length());
    }
}
