package org.countyhub.fhir.hl7v2.adt;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.countyhub.fhir.hl7v2.message.ErrorCode;
import org.countyhub.fhir.hl7v2.message.Location;
import org.countyhub.fhir.hl7v2.message.Refusal;

/** Data type TS or DTM (HL7 v2.5.1 section 2.A.22): {@code YYYY[MM[DD[HHMM[SS[.S[S[S[S]]]]]]]][+/-ZZZZ]}. */
final class Hl7Time {
    private static final Pattern FORM = Pattern.compile("(?<year>\\d{4})(?:(?<month>\\d{2})(?:(?<day>\\d{2})"
            + "(?:(?<hour>\\d{2})(?<minute>\\d{2})(?:(?<second>\\d{2})(?:\\.(?<fraction>\\d{1,4}))?)?)?)?)?"
            + "(?<zone>[+-]\\d{4})?");

    private final Matcher parts;
    private final Location at;

    private Hl7Time(Matcher parts, Location at) {
        this.parts = parts;
        this.at = at;
    }

    /** Refuses what is no point in time. */
    static Hl7Time of(String text, Location at) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw wrong(at, "not a time of the form YYYYMMDD or YYYYMMDDHHMMSS");
        }
        Hl7Time time = new Hl7Time(parts, at);
        time.check();
        return time;
    }

    private static Refusal wrong(Location at, String text) {
        return Refusal.error(at, ErrorCode.DATA_TYPE, text);
    }

    private void check() {
        try {
            if (hasTime()) {
                OffsetDateTime unused = offset(ZoneOffset.UTC);
            } else {
                LocalDate unused = LocalDate.of(number("year"), atLeastOne("month"), atLeastOne("day"));
            }
        } catch (DateTimeException e) {
            throw wrong(at, "there is no such day or time");
        }
    }

    private int number(String part) {
        String digits = parts.group(part);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private int atLeastOne(String part) {
        return parts.group(part) == null ? 1 : number(part);
    }

    boolean hasTime() {
        return parts.group("hour") != null;
    }

    /** The day as a FHIR date, as exact as it was sent. */
    String date() {
        StringBuilder date = new StringBuilder(parts.group("year"));
        for (String part : new String[] {"month", "day"}) {
            if (parts.group(part) != null) {
                date.append('-').append(parts.group(part));
            }
        }
        return date.toString();
    }

    /** A FHIR dateTime, with an offset if there is a time of day. */
    String dateTime(ZoneId zone) {
        return hasTime() ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(offset(zone)) : date();
    }

    /** The moment; a day alone is none. */
    Instant instant(ZoneId zone) {
        if (!hasTime()) {
            throw wrong(at, "a time of day is needed here");
        }
        return offset(zone).toInstant();
    }

    private OffsetDateTime offset(ZoneId zone) {
        String fraction = parts.group("fraction");
        int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "000").substring(0, 4)) * 100_000;
        LocalDateTime local = LocalDateTime.of(
                number("year"),
                number("month"),
                number("day"),
                number("hour"),
                number("minute"),
                number("second"),
                nanos);
        String offset = parts.group("zone");
        return offset == null ? local.atZone(zone).toOffsetDateTime() : local.atOffset(ZoneOffset.of(offset));
    }
}
