package org.countyhub.fhir.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.countyhub.fhir.identity.code.CodeText;

/**
 * Phone numbers as digits: without the country code of China, with the area code where the source gives it, without
 * extension. Left out is what only fills the field: fewer than seven digits, runs such as 12345678901, and numbers that end
 * in seven equal digits, such as 13800000000.
 */
final class PhoneNumbers {
    private static final int FEWEST_DIGITS = 7;

    /** E.164. */
    private static final int MOST_DIGITS = 15;

    private static final Pattern SEVERAL = Pattern.compile("[/、,，;；]");
    private static final Pattern EXTENSION = Pattern.compile("(?i)(转|轉|分机|分機|ext|x|#).*");
    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]+");
    private static final Pattern CHINA = Pattern.compile("^(?:\\+|00)86");
    private static final Pattern CHINA_WITHOUT_SIGN = Pattern.compile("^86(?=1[3-9][0-9]{9}$)");
    private static final Pattern MOBILE = Pattern.compile("1[3-9][0-9]{9}");

    /** An area code without its zero and a number of seven or eight digits. */
    private static final Pattern LANDLINE_FROM_ABROAD = Pattern.compile("(?:10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}");

    private static final Pattern SAME_AT_THE_END = Pattern.compile("[0-9]*([0-9])\\1{6}");
    private static final String UPWARDS = "01234567890123456789";
    private static final String DOWNWARDS = "98765432109876543210";

    private PhoneNumbers() {}

    /** The numbers of kind phone and sms, and of no kind, in a list of ContactPoint (FHIR R4 section 2.24.0.9). */
    static Set<String> read(JsonNode contactPoints) {
        Set<String> numbers = new LinkedHashSet<>();
        for (JsonNode contactPoint : contactPoints) {
            String kind = contactPoint.path("system").asText();
            boolean old = contactPoint.path("use").asText().equals("old");
            if (!old && (kind.isEmpty() || kind.equals("phone") || kind.equals("sms"))) {
                SEVERAL.splitAsStream(
                                CodeText.halfWidth(contactPoint.path("value").asText()))
                        .forEach(typed -> one(typed).ifPresent(numbers::add));
            }
        }
        return numbers;
    }

    /** One number as typed; empty if it can be nobody's. */
    static Optional<String> one(String typed) {
        if (isMobile(typed)) {
            return fillsTheField(typed) ? Optional.empty() : Optional.of(typed);
        }
        String bare = EXTENSION.matcher(CodeText.halfWidth(typed)).replaceFirst("");
        StringBuilder signed = new StringBuilder(bare.strip().startsWith("+") ? "+" : "");
        signed.append(NO_DIGITS.matcher(bare).replaceAll(""));
        String dialled = CHINA.matcher(signed).replaceFirst("");
        boolean china = dialled.length() < signed.length();
        String digits = NO_DIGITS
                .matcher(CHINA_WITHOUT_SIGN.matcher(dialled).replaceFirst(""))
                .replaceAll("");
        if (china
                && !MOBILE.matcher(digits).matches()
                && LANDLINE_FROM_ABROAD.matcher(digits).matches()) {
            digits = "0" + digits;
        }
        boolean usual = digits.length() >= FEWEST_DIGITS && digits.length() <= MOST_DIGITS;
        return usual && !fillsTheField(digits) ? Optional.of(digits) : Optional.empty();
    }

    /** As {@link #MOBILE}, which most are. */
    private static boolean isMobile(String typed) {
        if (typed.length() != 11 || typed.charAt(0) != '1' || typed.charAt(1) < '3') {
            return false;
        }
        for (int i = 1; i < typed.length(); i++) {
            if (typed.charAt(i) < '0' || typed.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean fillsTheField(String digits) {
        return SAME_AT_THE_END.matcher(digits).matches() || UPWARDS.contains(digits) || DOWNWARDS.contains(digits);
    }
}
