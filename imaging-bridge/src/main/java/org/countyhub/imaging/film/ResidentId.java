package org.countyhub.imaging.film;

import java.util.regex.Pattern;

/** Resident identity numbers (GB 11643-1999). */
final class ResidentId {
    /** As identifiers of FHIR name them. */
    static final String SYSTEM = "urn:oid:2.16.156.10011.1.3";

    private static final Pattern FORM = Pattern.compile("[1-9][0-9]{16}[0-9X]");
    private static final String CHECK = "10X98765432";

    private ResidentId() {}

    /** Whether it has the form and the right check character (ISO 7064, MOD 11-2). */
    static boolean isValid(String number) {
        if (!FORM.matcher(number).matches()) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (number.charAt(i) - '0') * ((1 << (17 - i)) % 11);
        }
        return number.charAt(17) == CHECK.charAt(sum % 11);
    }
}
