package org.countyhub.fhir.search.index;

import static org.countyhub.fhir.search.index.Conversion.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import org.countyhub.fhir.search.index.IndexValue.DateRange;
import org.countyhub.fhir.structure.TypeDefinition;
import org.jspecify.annotations.Nullable;

/** DATE parameters: FHIR R4 section 3.1.1.4.7. */
final class DateConversion {
    private final ZoneId zone;

    DateConversion(ZoneId zone) {
        this.zone = zone;
    }

    @Nullable
    Conversion of(TypeDefinition leaf) {
        return switch (leaf.name()) {
            case "date", "dateTime", "instant" -> (value, parameter, sink) -> emit(range(value), parameter, sink);
            case "Period" -> (period, parameter, sink) -> emit(period(period), parameter, sink);
            case "Timing" -> (timing, parameter, sink) -> emit(outerLimits(timing), parameter, sink);
            default -> null;
        };
    }

    private static void emit(@Nullable DateRange range, SearchParameter parameter, IndexSink sink) {
        if (range != null) {
            sink.value(parameter, range);
        }
    }

    private @Nullable DateRange range(@Nullable JsonNode value) {
        String text = text(value);
        if (text == null) {
            return null;
        }
        try {
            return DateRanges.of(text.strip(), zone);
        } catch (DateTimeException e) {
            // 2023-02-30 has the form of a date, so the structure check lets it pass.
            return null;
        }
    }

    /** A period without start or end is open there; one with neither, or that ends before it starts, says nothing. */
    private @Nullable DateRange period(JsonNode period) {
        DateRange start = range(period.get("start"));
        DateRange end = range(period.get("end"));
        if (start == null && end == null) {
            return null;
        }
        Instant low = start == null ? DateRange.OPEN_LOW : start.lowInclusive();
        Instant high = end == null ? DateRange.OPEN_HIGH : end.highExclusive();
        return low.isBefore(high) ? new DateRange(low, high) : null;
    }

    /** Of a timing only the outer limits matter: its events and its bounds, whatever happens between. */
    private @Nullable DateRange outerLimits(JsonNode timing) {
        DateRange limits = period(timing.path("repeat").path("boundsPeriod"));
        for (JsonNode event : timing.path("event")) {
            limits = union(limits, range(event));
        }
        return limits;
    }

    private static @Nullable DateRange union(@Nullable DateRange a, @Nullable DateRange b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return new DateRange(
                a.lowInclusive().isBefore(b.lowInclusive()) ? a.lowInclusive() : b.lowInclusive(),
                a.highExclusive().isAfter(b.highExclusive()) ? a.highExclusive() : b.highExclusive());
    }
}
