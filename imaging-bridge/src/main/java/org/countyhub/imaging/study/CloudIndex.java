package org.countyhub.imaging.study;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry of the medical insurance's index of images (医保影像云索引, draft of February 2025): the person's code in 26 digits, the
 * minute of the examination, the body part in 9 (WS/T 364.8) and the device in 13 digits, which are zeros for now, and the unified
 * social credit code of the hospital, with hyphens between them.
 *
 * @param personCode 人员管理码, 26 digits
 * @param examined by the clock of the hospital, to the minute
 * @param organizationCode 18 characters whose last one is the check character of GB 32100
 */
public record CloudIndex(String personCode, LocalDateTime examined, String organizationCode) {
    private static final String BODY_PART = "0".repeat(9);
    private static final String DEVICE = "0".repeat(13);
    private static final Pattern PERSON_CODE = Pattern.compile("[0-9]{26}");
    private static final Pattern FORM =
            Pattern.compile("([0-9]{26})-([0-9]{12})-(" + BODY_PART + ")-(" + DEVICE + ")-([0-9A-Z]{18})");
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuuMMddHHmm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern ORGANIZATION_CODE =
            Pattern.compile("[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}");
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int LAST_YEAR = 9999;

    /** Checks the parts; throws IllegalArgumentException that says which one is wrong. */
    public CloudIndex {
        if (!isPersonCode(personCode)) {
            throw new IllegalArgumentException("the code of a person is 26 digits");
        }
        if (examined.getYear() < 1 || examined.getYear() > LAST_YEAR) {
            throw new IllegalArgumentException("the year of the examination has four digits");
        }
        if (!isOrganizationCode(organizationCode)) {
            throw new IllegalArgumentException("not a unified social credit code (GB 32100)");
        }
    }

    /** The entry in a text; empty where any part of it is not as it should be. */
    public static Optional<CloudIndex> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || !isOrganizationCode(matcher.group(5))) {
            return Optional.empty();
        }
        try {
            LocalDateTime examined = LocalDateTime.parse(matcher.group(2), MINUTE);
            return examined.getYear() == 0
                    ? Optional.empty()
                    : Optional.of(new CloudIndex(matcher.group(1), examined, matcher.group(5)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public static boolean isPersonCode(String code) {
        return PERSON_CODE.matcher(code).matches();
    }

    /** Whether the check character of a unified social credit code is right: weights are the powers of 3 modulo 31 (GB 32100-2015). */
    public static boolean isOrganizationCode(String code) {
        if (!ORGANIZATION_CODE.matcher(code).matches()) {
            return false;
        }
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < code.length() - 1; i++) {
            sum += weight * ALPHABET.indexOf(code.charAt(i));
            weight = weight * 3 % ALPHABET.length();
        }
        int check = (ALPHABET.length() - sum % ALPHABET.length()) % ALPHABET.length();
        return code.charAt(code.length() - 1) == ALPHABET.charAt(check);
    }

    /** The entry as it is sent. */
    public String text() {
        return String.join("-", personCode, MINUTE.format(examined), BODY_PART, DEVICE, organizationCode);
    }
}
