package org.countyhub.fhir.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import org.countyhub.fhir.search.index.IndexValue.DateRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FHIR R4 section 3.1.1.4.7: a date stands for all of the time that its precision leaves open. */
class DateRangesTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @ParameterizedTest
    @CsvSource({
        "2024, 2023-12-31T16:00:00Z, 2024-12-31T16:00:00Z",
        "2024-02, 2024-01-31T16:00:00Z, 2024-02-29T16:00:00Z",
        "2023-02, 2023-01-31T16:00:00Z, 2023-02-28T16:00:00Z",
        "2024-12, 2024-11-30T16:00:00Z, 2024-12-31T16:00:00Z",
        "2024-02-29, 2024-02-28T16:00:00Z, 2024-02-29T16:00:00Z",
        "2024-02-29T08:30, 2024-02-29T00:30:00Z, 2024-02-29T00:31:00Z",
        "2024-02-29T08:30Z, 2024-02-29T08:30:00Z, 2024-02-29T08:31:00Z",
        "2024-02-29T08:30:15, 2024-02-29T00:30:15Z, 2024-02-29T00:30:16Z",
        "2024-02-29T08:30:15+01:00, 2024-02-29T07:30:15Z, 2024-02-29T07:30:16Z",
        "2024-02-29T08:30:15-05:30, 2024-02-29T14:00:15Z, 2024-02-29T14:00:16Z",
        "2024-02-29T08:30:15.1Z, 2024-02-29T08:30:15.100Z, 2024-02-29T08:30:15.200Z",
        "2024-02-29T08:30:15.123Z, 2024-02-29T08:30:15.123Z, 2024-02-29T08:30:15.124Z",
        "2024-02-29T08:30:15.123456789Z, 2024-02-29T08:30:15.123456Z, 2024-02-29T08:30:15.123457Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z, 2017-01-01T00:00:01Z"
    })
    void aDateCoversTheTimeOfItsPrecision(String date, Instant low, Instant high) {
        assertThat(DateRanges.of(date, SHANGHAI)).isEqualTo(new DateRange(low, high));
    }

    @Test
    void aDayOfTheChangeToSummerTimeHas23Hours() {
        assertThat(DateRanges.of("2024-03-31", ZoneId.of("Europe/Berlin")))
                .isEqualTo(new DateRange(Instant.parse("2024-03-30T23:00:00Z"), Instant.parse("2024-03-31T22:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001",
                "0001-01-01",
                "9999",
                "9999-12-31",
                "9999-12-31T23:59:59-12:00",
                "0001-01-01T00:00:00+14:00"
            })
    void datesAtTheEndsOfTimeStayWithinWhatADatabaseHolds(String date) {
        DateRange range = DateRanges.of(date, SHANGHAI);

        assertThat(range.lowInclusive()).isBetween(DateRange.OPEN_LOW, DateRange.OPEN_HIGH);
        assertThat(range.highExclusive()).isBetween(DateRange.OPEN_LOW, DateRange.OPEN_HIGH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "24",
                "2024-",
                "2024-1",
                "2024-13",
                "2024-00",
                "2023-02-29",
                "2024-02-30",
                "2024-02-29T",
                "2024-02-29T08",
                "2024-02-29T24:00",
                "2024-02-29 08:30",
                "2024-02-29T08:60",
                "2024-02-29T08:30:61Z",
                "2024-02-29T08:30:15.Z",
                "2024-02-29T08:30:15+8",
                "2024-02-29T08:30:15 08:00",
                "2024/02/29",
                "２０２４",
                "today"
            })
    void whatIsNoDateIsRefused(String text) {
        assertThatThrownBy(() -> DateRanges.of(text, SHANGHAI)).isInstanceOf(DateTimeException.class);
    }
}
