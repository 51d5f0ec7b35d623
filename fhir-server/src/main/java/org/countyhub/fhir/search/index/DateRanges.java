package org.countyhub.fhir.search.index;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.countyhub.fhir.search.index.IndexValue.DateRange;

/** From the text of a date to the time that it covers at its precision (FHIR R4 section 3.1.1.4.7). */
public final class DateRanges {
    private static final int MICRO_DIGITS = 6;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final String text;
    private final ZoneId zone;

    private DateRanges(String text, ZoneId zone) {
        this.text = text;
        this.zone = zone;
    }

    /**
     * The range of a date, dateTime or instant: {@code 2024}, {@code 2024-02}, {@code 2024-02-29},
     * {@code 2024-02-29T08:30}, with seconds, fractions and an offset as written. Fractions count to the microsecond. What
     * lies beyond {@link DateRange#OPEN_LOW} and {@link DateRange#OPEN_HIGH} is cut off there.
     *
     * @param zone where dates lie that have no offset
     * @throws DateTimeException when the text is none of these or names no day of the calendar
     */
    public static DateRange of(String fhirDate, ZoneId zone) {
        return new DateRanges(fhirDate, zone).range();
    }

    private DateRange range() {
        int year = digits(0, 4);
        return switch (text.length()) {
            case 4 -> days(Year.of(year).atDay(1), Year.of(year).plusYears(1).atDay(1));
            case 7 -> {
                YearMonth month = YearMonth.of(year, digits(5, 7, '-'));
                yield days(month.atDay(1), month.plusMonths(1).atDay(1));
            }
            case 10 -> {
                LocalDate day = day(year);
                yield days(day, day.plusDays(1));
            }
            default -> time(day(year));
        };
    }

    private LocalDate day(int year) {
        return LocalDate.of(year, digits(5, 7, '-'), digits(8, 10, '-'));
    }

    private DateRange time(LocalDate day) {
        LocalDateTime minute = day.atTime(digits(11, 13, 'T'), digits(14, 16, ':'));
        if (text.length() == 16 || text.charAt(16) != ':') {
            Instant low = instant(minute, 16);
            return clamped(low, low.plus(1, ChronoUnit.MINUTES));
        }
        int second = digits(17, 19, ':');
        if (second > 60) {
            throw malformed();
        }
        // A leap second, which FHIR allows and java.time does not know, is the second after it.
        LocalDateTime start = minute.plusSeconds(second);
        if (text.length() == 19 || text.charAt(19) != '.') {
            Instant low = instant(start, 19);
            return clamped(low, low.plusSeconds(1));
        }
        return fraction(start);
    }

    private DateRange fraction(LocalDateTime second) {
        int end = 20;
        long micros = 0;
        long unit = MICROS_PER_SECOND;
        while (end < text.length() && isDigit(text.charAt(end))) {
            if (end < 20 + MICRO_DIGITS) {
                unit /= 10;
                micros += unit * (text.charAt(end) - '0');
            }
            end++;
        }
        if (end == 20) {
            throw malformed();
        }
        Instant low = instant(second, end).plus(micros, ChronoUnit.MICROS);
        return clamped(low, low.plus(unit, ChronoUnit.MICROS));
    }

    private Instant instant(LocalDateTime local, int offsetAt) {
        if (offsetAt == text.length()) {
            return local.atZone(zone).toInstant();
        }
        String offset = text.substring(offsetAt);
        if (!offset.equals("Z") && offset.length() != "+00:00".length()) {
            throw malformed();
        }
        return local.toInstant(ZoneOffset.of(offset));
    }

    private DateRange days(LocalDate low, LocalDate highExclusive) {
        return clamped(
                low.atStartOfDay(zone).toInstant(),
                highExclusive.atStartOfDay(zone).toInstant());
    }

    private int digits(int from, int to, char before) {
        if (text.length() < to || text.charAt(from - 1) != before) {
            throw malformed();
        }
        return digits(from, to);
    }

    private int digits(int from, int to) {
        if (text.length() < to) {
            throw malformed();
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                throw malformed();
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private DateTimeException malformed() {
        return new DateTimeException("not a date: " + (text.length() > 40 ? text.substring(0, 40) + "…" : text));
    }

    private static DateRange clamped(Instant low, Instant high) {
        Instant last = DateRange.OPEN_HIGH.minusSeconds(1);
        Instant first = DateRange.OPEN_LOW.plusSeconds(1);
        return new DateRange(
                low.isBefore(DateRange.OPEN_LOW) ? DateRange.OPEN_LOW : low.isAfter(last) ? last : low,
                high.isAfter(DateRange.OPEN_HIGH) ? DateRange.OPEN_HIGH : high.isBefore(first) ? first : high);
    }
}
