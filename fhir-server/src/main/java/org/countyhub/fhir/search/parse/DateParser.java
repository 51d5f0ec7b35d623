package org.countyhub.fhir.search.parse;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.countyhub.fhir.search.index.DateRanges;
import org.countyhub.fhir.search.index.IndexValue;
import org.countyhub.fhir.search.model.DateValue;
import org.countyhub.fhir.search.model.DateValue.Prefix;
import org.countyhub.kernel.Problem;

/** Parses {@code [prefix][date]} (FHIR R4 sections 3.1.1.4.5 and 3.1.1.4.7). */
final class DateParser {
    private final ZoneId zone;
    private final Clock clock;

    DateParser(ZoneId zone, Clock clock) {
        this.zone = zone;
        this.clock = clock;
    }

    DateValue parse(Parameter sent, String value) {
        Prefix prefix = Prefix.EQ;
        String date = value;
        if (value.length() > 2 && Character.isLetter(value.charAt(0))) {
            prefix = prefix(sent, value.substring(0, 2));
            date = value.substring(2);
        }
        try {
            // A plus sign that was not encoded arrives as a space.
            IndexValue.DateRange range = DateRanges.of(date.replace(' ', '+'), zone);
            return prefix == Prefix.AP
                    ? around(range.lowInclusive(), range.highExclusive())
                    : new DateValue(prefix, range.lowInclusive(), range.highExclusive());
        } catch (DateTimeException e) {
            throw Problem.badSearch(sent.key(), "parameter " + sent.key() + " has a value that is no date: " + value);
        }
    }

    private static Prefix prefix(Parameter sent, String text) {
        try {
            return Prefix.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Problem.badSearch(sent.key(), "parameter " + sent.key() + " has an unknown prefix " + text);
        }
    }

    /** Ten percent of the gap between now and the date, as section 3.1.1.4.5 recommends. */
    private DateValue around(Instant low, Instant high) {
        Duration gap = Duration.between(low, clock.instant()).abs().dividedBy(10);
        return new DateValue(Prefix.AP, low.minus(gap), high.plus(gap));
    }
}
