package org.countyhub.bench.county;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * The 18-digit resident ID of GB 11643: six digits of region, eight of birth date, three of sequence (odd for men), one
 * check character by ISO 7064 MOD 11-2.
 */
public final class ResidentId {
    /** Sequences of one region, day and sex: 000 to 998 or 001 to 999 by twos. */
    static final int SEQUENCES = 500;

    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_CHARACTERS = "10X98765432";

    private ResidentId() {}

    /** The ID with the n-th sequence, from 0, of its region, day and sex. */
    static String of(String region, LocalDate birthDate, Sex sex, int n) {
        if (n < 0 || n >= SEQUENCES) {
            throw new IllegalArgumentException("more than " + SEQUENCES + " people of one region, day and sex");
        }
        int sequence = 2 * n + (sex == Sex.MALE ? 1 : 0);
        String body = region + birthDate.format(DateTimeFormatter.BASIC_ISO_DATE) + "%03d".formatted(sequence);
        return body + checkCharacter(body);
    }

    /** The check character of the first 17 digits: 0 to 9, or X for ten. */
    public static char checkCharacter(String digits) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (digits.charAt(i) - '0');
        }
        return CHECK_CHARACTERS.charAt(sum % 11);
    }

    /** Whether it has 18 characters, a birth date that exists and the right check character. */
    public static boolean isValid(String id) {
        if (id.length() != 18 || !id.chars().limit(17).allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        try {
            birthDate(id);
        } catch (DateTimeException e) {
            return false;
        }
        return id.charAt(17) == checkCharacter(id);
    }

    /** The birth date in a well-formed ID. */
    public static LocalDate birthDate(String id) {
        return LocalDate.parse(id.substring(6, 14), DateTimeFormatter.BASIC_ISO_DATE);
    }

    /** The sex in a well-formed ID. */
    public static Sex sex(String id) {
        return (id.charAt(16) - '0') % 2 == 1 ? Sex.MALE : Sex.FEMALE;
    }
}
