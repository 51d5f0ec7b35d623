package org.countyhub.bench.county;

/**
 * The unified social credit code of an organisation, GB 32100: two characters of register and kind, six digits of region,
 * nine of organisation code (its ninth a check by GB 11714), one check character modulo 31.
 */
public final class Uscc {
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int[] ORGANISATION_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};
    private static final int LENGTH = 18;

    private Uscc() {}

    /** The code of a public institution (register and kind 12) with an eight-digit organisation serial. */
    static String ofPublicInstitution(String region, String serial) {
        String body = "12" + region + serial + organisationCheck(serial);
        return body + checkCharacter(body);
    }

    /** The check character of the first 17 characters. */
    public static char checkCharacter(String body) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += weight * ALPHABET.indexOf(body.charAt(i));
            weight = weight * 3 % ALPHABET.length();
        }
        return ALPHABET.charAt((ALPHABET.length() - sum % ALPHABET.length()) % ALPHABET.length());
    }

    /** Whether it has 18 characters of the alphabet and the right check character. */
    public static boolean isValid(String code) {
        return code.length() == LENGTH
                && code.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                && code.charAt(LENGTH - 1) == checkCharacter(code);
    }

    private static char organisationCheck(String serial) {
        int sum = 0;
        for (int i = 0; i < ORGANISATION_WEIGHTS.length; i++) {
            sum += ORGANISATION_WEIGHTS[i] * (serial.charAt(i) - '0');
        }
        return "0123456789X0".charAt(11 - sum % 11);
    }
}
