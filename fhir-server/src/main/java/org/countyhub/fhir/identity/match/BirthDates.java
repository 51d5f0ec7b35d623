package org.countyhub.fhir.identity.match;

import java.time.LocalDate;
import org.countyhub.fhir.identity.match.names.Edits;

/** Birth dates, as eight digits. */
final class BirthDates {
    private BirthDates() {}

    static String digits(LocalDate date) {
        return "%04d%02d%02d".formatted(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    }

    /** Day and month the wrong way round. */
    static String turned(String date) {
        return date.substring(0, 4) + date.substring(6) + date.substring(4, 6);
    }

    static Level compare(String a, String b) {
        if (a.equals(b)) {
            return Level.EQUAL;
        }
        if (Edits.isOne(a, b) || turned(a).equals(b)) {
            return Level.SIMILAR;
        }
        boolean year = a.regionMatches(0, b, 0, 4);
        boolean month = a.regionMatches(4, b, 4, 2);
        boolean day = a.regionMatches(6, b, 6, 2);
        if (year ? month || day : month && day && isNextYear(a, b)) {
            return Level.LOOSE;
        }
        return Level.DIFFERENT;
    }

    private static boolean isNextYear(String a, String b) {
        return Math.abs(Integer.parseInt(a, 0, 4, 10) - Integer.parseInt(b, 0, 4, 10)) == 1;
    }
}
