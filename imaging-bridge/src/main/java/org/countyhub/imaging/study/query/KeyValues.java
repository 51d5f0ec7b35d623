package org.countyhub.imaging.study.query;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;

/** From the values of one key to how it is matched (PS3.4 section C.2.2.2). */
final class KeyValues {
    private static final int MAX_VALUES = 1_000;
    private static final int MAX_LENGTH = 1_024;
    /** Each asterisk multiplies the ways in which a text can match. */
    private static final int MAX_ASTERISKS = 8;

    private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)*");
    private static final Pattern DATE = Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})");
    private static final Pattern TIME =
            Pattern.compile("([01][0-9]|2[0-3])([0-5][0-9](([0-5][0-9]|60)(\\.[0-9]{1,6})?)?)?");
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,12}");

    private final Key key;
    private final String place;

    /** @param place what the key was called by whoever asked */
    KeyValues(Key key, String place) {
        this.key = key;
        this.place = place;
    }

    /** How these values are matched; empty for universal matching, which no values or a lone asterisk ask for. */
    Optional<Matching> matching(List<String> sent, boolean fuzzy) {
        List<String> values = sent.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
        if (values.isEmpty() || values.stream().allMatch(value -> value.matches("\\*+"))) {
            return Optional.empty();
        }
        if (values.size() > MAX_VALUES || values.stream().anyMatch(value -> value.length() > MAX_LENGTH)) {
            throw refusal("at most " + MAX_VALUES + " values of " + MAX_LENGTH + " characters are taken");
        }
        if (values.stream().anyMatch(value -> value.chars().anyMatch(Character::isISOControl))) {
            throw refusal("control characters match nothing");
        }
        return Optional.of(
                switch (key.vr()) {
                    case UI ->
                        new Matching.Values(
                                key.tag(), values.stream().map(this::uid).toList());
                    case DA -> dates(values);
                    case TM -> time(values);
                    case IS ->
                        new Matching.Values(
                                key.tag(), values.stream().map(this::integer).toList());
                    case PN ->
                        fuzzy && key == Key.PatientName && values.size() == 1
                                ? new Matching.Fuzzy(
                                        key.tag(),
                                        values.getFirst().replace("*", "").replace("?", ""))
                                : text(values);
                    case CS ->
                        text(values.stream()
                                .map(value -> value.toUpperCase(Locale.ROOT))
                                .toList());
                    case AE,
                            AS,
                            AT,
                            DS,
                            DT,
                            FD,
                            FL,
                            LO,
                            LT,
                            OB,
                            OD,
                            OF,
                            OL,
                            OV,
                            OW,
                            SH,
                            SL,
                            SQ,
                            SS,
                            ST,
                            SV,
                            UC,
                            UL,
                            UN,
                            UR,
                            US,
                            UT,
                            UV -> text(values);
                });
    }

    private Matching text(List<String> values) {
        boolean wild = values.stream().anyMatch(value -> value.contains("*") || value.contains("?"));
        if (!wild) {
            return new Matching.Values(key.tag(), values);
        }
        if (values.size() > 1) {
            throw refusal("of several values none can hold * or ?");
        }
        String pattern = values.getFirst().replaceAll("\\*+", "*");
        if (pattern.chars().filter(c -> c == '*').count() > MAX_ASTERISKS) {
            throw refusal("at most " + MAX_ASTERISKS + " asterisks are taken");
        }
        return new Matching.Wildcard(key.tag(), pattern);
    }

    private String uid(String value) {
        if (value.length() > 64 || !UID.matcher(value).matches()) {
            throw refusal("is no UID (PS3.5 section 9)");
        }
        return value;
    }

    private String integer(String value) {
        if (!INTEGER.matcher(value).matches()) {
            throw refusal("is no whole number");
        }
        return Long.toString(Long.parseLong(value));
    }

    private Matching dates(List<String> values) {
        if (values.size() > 1 || values.getFirst().indexOf('-') < 0) {
            return new Matching.Values(
                    key.tag(), values.stream().map(this::date).toList());
        }
        String value = values.getFirst();
        int hyphen = value.indexOf('-');
        String low = value.substring(0, hyphen).strip();
        String high = value.substring(hyphen + 1).strip();
        if (low.isEmpty() && high.isEmpty()) {
            throw refusal("is a range without bounds");
        }
        return ordered(
                new Matching.Range(key.tag(), low.isEmpty() ? null : date(low), high.isEmpty() ? null : date(high)));
    }

    private String date(String value) {
        Matcher parts = DATE.matcher(value);
        try {
            if (parts.matches()) {
                LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3));
                return value;
            }
        } catch (DateTimeException e) {
            // The same refusal: a month or day that there is not.
        }
        throw refusal("is no date YYYYMMDD, nor a range of two, either of which may be left out");
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    /** A time says as much as it is long: 10 is the hour, 1030 the minute (PS3.5 table 6.2-1). */
    private Matching time(List<String> values) {
        if (values.size() > 1) {
            throw refusal("takes one time or one range of times");
        }
        String value = values.getFirst();
        int hyphen = value.indexOf('-');
        String low = hyphen < 0 ? value : value.substring(0, hyphen).strip();
        String high = hyphen < 0 ? value : value.substring(hyphen + 1).strip();
        if (low.isEmpty() && high.isEmpty()) {
            throw refusal("is a range without bounds");
        }
        return ordered(
                new Matching.Range(key.tag(), low.isEmpty() ? null : time(low), high.isEmpty() ? null : time(high)));
    }

    private String time(String value) {
        if (!TIME.matcher(value).matches()) {
            throw refusal("is no time HH[MM[SS[.FFFFFF]]], nor a range of two, either of which may be left out");
        }
        return value;
    }

    private Matching ordered(Matching.Range range) {
        String low = range.low();
        String high = range.high();
        // 1030-10 ends with the hour in which it begins.
        if (low != null && high != null && low.compareTo(high) > 0 && !low.startsWith(high)) {
            throw refusal("is a range that ends before it begins");
        }
        return range;
    }

    private ProblemException refusal(String why) {
        return Problem.badSearch(place, place + ": " + why);
    }
}
