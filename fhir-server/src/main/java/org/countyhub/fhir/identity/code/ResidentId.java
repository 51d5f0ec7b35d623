package org.countyhub.fhir.identity.code;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The resident ID of GB 11643-1999: six digits of region (GB/T 2260), eight of birth date, three of sequence (odd for
 * men), one check character by ISO 7064 MOD 11-2. Residence permits for Hong Kong, Macao and Taiwan residents (regions 81
 * to 83) and the permanent resident card for foreigners (first digit 9) follow the same scheme.
 *
 * @param number 18 characters, the last 0 to 9 or X; throws IllegalArgumentException, which does not repeat it, if it is
 *     no resident ID
 */
public record ResidentId(String number) {
    private static final Pattern EIGHTEEN = Pattern.compile("[0-9]{17}[0-9X]");
    private static final Pattern FIFTEEN = Pattern.compile("[0-9]{15}");
    private static final Pattern REGION =
            Pattern.compile("(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[0-9])[0-9]{4}");
    private static final int REGION_DIGITS = 6;
    private static final int BODY_DIGITS = 17;

    /** Nobody born earlier can have been given one; keeps 1111-11-11 out. */
    private static final int FIRST_BIRTH_YEAR = 1850;

    private static final int LAST_BIRTH_YEAR = 2199;

    public ResidentId {
        String wrong = fault(number);
        if (wrong != null) {
            throw new IllegalArgumentException(wrong);
        }
    }

    /** The ID in a text as people type it, of 18 or of 15 digits; empty if there is none or it is wrong. */
    public static Optional<ResidentId> of(String typed) {
        return switch (check(typed)) {
            case Check.Sound sound -> Optional.of(new ResidentId(sound.value()));
            case Check.Unproven unproven -> Optional.of(new ResidentId(unproven.value()));
            case Check.Unsound ignored -> Optional.empty();
            case Check.PerAssigner ignored -> Optional.empty();
            case Check.Shared ignored -> Optional.empty();
        };
    }

    /**
     * Sound with 18 digits and the right check character. The old form of 15 digits comes out as 18 but unproven: it has
     * no check character, and some were given out twice.
     */
    public static Check check(String typed) {
        String folded = CodeText.fold(typed);
        boolean old = FIFTEEN.matcher(folded).matches();
        String number = old ? eighteen(folded) : folded;
        String wrong = fault(number);
        if (wrong != null) {
            return new Check.Unsound(folded, wrong);
        }
        return old ? new Check.Unproven(number) : new Check.Sound(number);
    }

    /** The six digits of the region where the number was given out; not where the person lives. */
    public String region() {
        return number.substring(0, REGION_DIGITS);
    }

    public LocalDate birthDate() {
        return birthDate(number);
    }

    /** Whether it was given to a man; otherwise to a woman. */
    public boolean male() {
        return (number.charAt(BODY_DIGITS - 1) - '0') % 2 == 1;
    }

    /** The check character of the first 17 digits: 0 to 9, or X for ten. */
    static char checkCharacter(String digits) {
        int remainder = 0;
        for (int i = 0; i < BODY_DIGITS; i++) {
            remainder = (remainder + digits.charAt(i) - '0') * 2 % 11;
        }
        int check = (12 - remainder) % 11;
        return check == 10 ? 'X' : (char) ('0' + check);
    }

    /** GB 11643-1999: the old form belongs to people born from 1900 to 1999. */
    private static String eighteen(String fifteen) {
        String body = fifteen.substring(0, REGION_DIGITS) + "19" + fifteen.substring(REGION_DIGITS);
        return body + checkCharacter(body);
    }

    private static @Nullable String fault(String number) {
        if (!EIGHTEEN.matcher(number).matches()) {
            return "a resident ID has 18 digits, of which the last may be X, or 15 in its old form";
        }
        if (!REGION.matcher(number.substring(0, REGION_DIGITS)).matches()) {
            return "the resident ID begins with no region of GB/T 2260";
        }
        try {
            int year = birthDate(number).getYear();
            if (year < FIRST_BIRTH_YEAR || year > LAST_BIRTH_YEAR) {
                return "the resident ID contains an impossible year of birth";
            }
        } catch (DateTimeException e) {
            return "the resident ID contains no date of the calendar";
        }
        return number.charAt(BODY_DIGITS) == checkCharacter(number)
                ? null
                : "the check character of the resident ID is wrong (GB 11643)";
    }

    private static LocalDate birthDate(String number) {
        return LocalDate.of(
                Integer.parseInt(number, 6, 10, 10),
                Integer.parseInt(number, 10, 12, 10),
                Integer.parseInt(number, 12, 14, 10));
    }
}
