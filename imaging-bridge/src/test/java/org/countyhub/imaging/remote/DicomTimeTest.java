package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DicomTimeTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @ParameterizedTest
    @CsvSource({
        "20260302, 083015.25,  , 2026-03-02T08:30:15.25+08:00",
        "20260302, 083015.123456, , 2026-03-02T08:30:15.123+08:00",
        "20260302, 0830,  , 2026-03-02T08:30:00+08:00",
        "20260302, 083015, -0530, 2026-03-02T08:30:15-05:30",
        "20260302, 083015, +0000, 2026-03-02T08:30:15Z",
        "20260302, 083060, , 2026-03-02T08:30:59+08:00",
        "1998.02.28, 08:30:15, , 1998-02-28T08:30:15+08:00",
    })
    void aTimeHasSecondsAndAZone(String date, String time, String offset, String expected) {
        assertThat(DicomTime.dateTime(date, time, offset, SHANGHAI)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08", "", "250000", "086100", "abc", "08301", "0830-0900"})
    void aDateWithoutATimeToTheMinuteStaysADate(String time) {
        assertThat(DicomTime.dateTime("20260302", time, null, SHANGHAI)).isEqualTo("2026-03-02");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20260230", "2026", "00000101", "20260101-20260201", "2026-03-02", "２０２６０３０２"})
    void whatIsNoDateOfTheCalendarIsAbsent(String date) {
        assertThat(DicomTime.dateTime(date, "083015", null, SHANGHAI)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0800", "+800", "+9900", "CST"})
    void anOffsetThatIsNoneMeansTheZoneOfTheHub(String offset) {
        assertThat(DicomTime.dateTime("20260302", "083015", offset, SHANGHAI)).isEqualTo("2026-03-02T08:30:15+08:00");
    }

    @Test
    void aYearBeforeTheZoneHadItsOffsetIsAtItsOwn() {
        assertThat(DicomTime.dateTime("19880601", "120000", null, SHANGHAI)).isEqualTo("1988-06-01T12:00:00+09:00");
    }
}
