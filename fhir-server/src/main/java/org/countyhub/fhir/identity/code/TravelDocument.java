package org.countyhub.fhir.identity.code;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passports and permits. Their numbers have no check character outside the machine-readable zone, and counters copy them by
 * hand, so that the best that can be said of one is that it may be right.
 */
final class TravelDocument {
    /** ICAO Doc 9303 has nine characters; some countries print more. */
    private static final Pattern PASSPORT = Pattern.compile("(?=(?:[A-Z]*[0-9]){3})[0-9A-Z]{6,12}");

    /** A letter and eight digits for life; older permits add two digits that count their re-issues. */
    private static final Pattern HONG_KONG_MACAO = Pattern.compile("([HM][0-9]{8})(?:[0-9]{2})?");

    /** Eight digits for life; older permits add two digits, or a letter in brackets, of their issue. */
    private static final Pattern TAIWAN = Pattern.compile("([0-9]{8})(?:[0-9]{2})?(?:\\(?[A-Z]\\)?)?");

    private TravelDocument() {}

    static Check passport(String folded) {
        return PASSPORT.matcher(folded).matches()
                ? new Check.Unproven(folded)
                : new Check.Unsound(folded, "a passport number has 6 to 12 letters and digits");
    }

    /** Mainland travel permit for Hong Kong and Macao residents; without the count of its issue, which changes. */
    static Check hongKongMacaoPermit(String folded) {
        return lifelong(HONG_KONG_MACAO.matcher(folded), folded, "a permit number begins with H or M and eight digits");
    }

    /** Mainland travel permit for Taiwan residents; without the count of its issue, which changes. */
    static Check taiwanPermit(String folded) {
        return lifelong(TAIWAN.matcher(folded), folded, "a permit number begins with eight digits");
    }

    private static Check lifelong(Matcher number, String folded, String otherwise) {
        return number.matches() ? new Check.Unproven(number.group(1)) : new Check.Unsound(folded, otherwise);
    }
}
