package org.countyhub.imaging.remote;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Dates (DA) and times (TM) of PS3.5 section 6.2 as FHIR's. A dateTime of R4 that has a time needs seconds and a zone (section
 * 2.24.0.1): the zone is what TimezoneOffsetFromUTC says, else the hub's. A time that does not even have minutes is left out, and
 * what is no date is absent.
 */
final class DicomTime {
    private static final Pattern DATE =
            Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})|([0-9]{4})\\.([0-9]{2})\\.([0-9]{2})");
    private static final Pattern TIME = Pattern.compile("([0-9]{2}):?([0-9]{2}):?([0-9]{2})?(?:\\.([0-9]{1,6}))?");
    private static final Pattern OFFSET = Pattern.compile("[+-][0-9]{4}");
    private static final int LAST_SECOND = 59;

    private DicomTime() {}

    /** A date; empty where there is none or it is no date of the calendar. */
    static Optional<LocalDate> date(@Nullable String da) {
        Matcher matcher = DATE.matcher(da == null ? "" : da.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int first = matcher.group(1) == null ? 4 : 1;
        try {
            LocalDate date = LocalDate.of(
                    Integer.parseInt(matcher.group(first)),
                    Integer.parseInt(matcher.group(first + 1)),
                    Integer.parseInt(matcher.group(first + 2)));
            return date.getYear() == 0 ? Optional.empty() : Optional.of(date);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A time to the minute at least, to the millisecond at most; a leap second counts as the one before it. */
    static Optional<LocalTime> time(@Nullable String tm) {
        Matcher matcher = TIME.matcher(tm == null ? "" : tm.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String seconds = matcher.group(3);
        String fraction = matcher.group(4);
        try {
            LocalTime time = LocalTime.of(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    seconds == null ? 0 : leap(Integer.parseInt(seconds)));
            return Optional.of(
                    fraction == null || seconds == null
                            ? time
                            : time.plus(Long.parseLong((fraction + "000").substring(0, 3)), ChronoUnit.MILLIS));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int leap(int second) {
        return second == LAST_SECOND + 1 ? LAST_SECOND : second;
    }

    /** The moment of a date and a time; empty where either is missing. */
    static Optional<OffsetDateTime> moment(
            @Nullable String da, @Nullable String tm, @Nullable String offset, ZoneId zone) {
        return date(da).flatMap(date -> time(tm).map(
                        time -> date.atTime(time).atZone(zone(offset, zone)).toOffsetDateTime()));
    }

    /** The zone that TimezoneOffsetFromUTC (0008,0201) says, else the hub's. */
    private static ZoneId zone(@Nullable String offset, ZoneId hub) {
        String text = offset == null ? "" : offset.strip();
        if (OFFSET.matcher(text).matches()) {
            try {
                return ZoneOffset.of(text);
            } catch (DateTimeException e) {
                return hub;
            }
        }
        return hub;
    }

    /** A dateTime of FHIR from the date of one tag and the time of another; null where there is no date. */
    static @Nullable String dateTime(Dataset from, int dateTag, int timeTag, ZoneId zone) {
        return dateTime(from.string(dateTag), from.string(timeTag), from.string(Tag.TimezoneOffsetFromUTC), zone);
    }

    static @Nullable String dateTime(@Nullable String da, @Nullable String tm, @Nullable String offset, ZoneId zone) {
        return moment(da, tm, offset, zone)
                .map(DicomTime::text)
                .or(() -> date(da).map(LocalDate::toString))
                .orElse(null);
    }

    /** With seconds, even where they are zero. */
    static String text(OffsetDateTime moment) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment);
    }
}
