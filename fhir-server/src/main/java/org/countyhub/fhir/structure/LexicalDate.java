package org.countyhub.fhir.structure;

/**
 * The written forms of date, dateTime, instant and time (FHIR R4 section 2.24.0.1). Days must exist; a leap second (60)
 * is allowed, 24:00 is not. Fractions of a second have up to nine digits, which is the precision of the clocks at hand.
 */
final class LexicalDate {
    private static final int DATE_LENGTH = 10;
    private static final int MAX_FRACTION_DIGITS = 9;

    private LexicalDate() {}

    /** YYYY, YYYY-MM or YYYY-MM-DD. */
    static boolean isDate(String text) {
        return switch (text.length()) {
            case 4 -> year(text) > 0;
            case 7 -> year(text) > 0 && month(text) > 0;
            case DATE_LENGTH -> isDay(text);
            default -> false;
        };
    }

    /** A date, or a day with time and zone. */
    static boolean isDateTime(String text) {
        return text.length() <= DATE_LENGTH ? isDate(text) : isInstant(text);
    }

    /** A day with time, seconds and zone. */
    static boolean isInstant(String text) {
        return text.length() > DATE_LENGTH
                && isDay(text)
                && text.charAt(DATE_LENGTH) == 'T'
                && isZone(text, endOfTime(text, DATE_LENGTH + 1));
    }

    /** hh:mm:ss with an optional fraction, without zone. */
    static boolean isTime(String text) {
        return endOfTime(text, 0) == text.length();
    }

    private static boolean isDay(String text) {
        int year = year(text);
        int month = month(text);
        if (year <= 0 || month <= 0 || text.charAt(7) != '-') {
            return false;
        }
        int day = twoDigits(text, 8);
        return day >= 1 && day <= daysIn(year, month);
    }

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private static int year(String text) {
        int century = twoDigits(text, 0);
        int year = twoDigits(text, 2);
        return century < 0 || year < 0 ? -1 : century * 100 + year;
    }

    private static int month(String text) {
        int month = text.charAt(4) == '-' ? twoDigits(text, 5) : -1;
        return month <= 12 ? month : -1;
    }

    /** The place after hh:mm:ss(.f+)?, or -1. */
    private static int endOfTime(String text, int from) {
        boolean readable = text.length() >= from + 8
                && inRange(text, from, 23)
                && text.charAt(from + 2) == ':'
                && inRange(text, from + 3, 59)
                && text.charAt(from + 5) == ':'
                && inRange(text, from + 6, 60);
        if (!readable) {
            return -1;
        }
        int at = from + 8;
        if (at == text.length() || text.charAt(at) != '.') {
            return at;
        }
        int digits = at + 1;
        int end = digits;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end > digits && end <= digits + MAX_FRACTION_DIGITS ? end : -1;
    }

    /** Z or an offset of at most fourteen hours. */
    private static boolean isZone(String text, int from) {
        if (from < 0 || from >= text.length()) {
            return false;
        }
        char first = text.charAt(from);
        if (first == 'Z') {
            return text.length() == from + 1;
        }
        return (first == '+' || first == '-')
                && text.length() == from + 6
                && text.charAt(from + 3) == ':'
                && inRange(text, from + 1, 14)
                && inRange(text, from + 4, twoDigits(text, from + 1) == 14 ? 0 : 59);
    }

    private static boolean inRange(String text, int at, int max) {
        int number = twoDigits(text, at);
        return number >= 0 && number <= max;
    }

    /** The number that two digits write, or -1 when they are not digits. */
    private static int twoDigits(String text, int at) {
        char tens = text.charAt(at);
        char ones = text.charAt(at + 1);
        return isDigit(tens) && isDigit(ones) ? (tens - '0') * 10 + (ones - '0') : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
