package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The written forms of FHIR R4 section 2.24.0.1. */
class PrimitiveTest {
    @ParameterizedTest
    @CsvSource({
        "date, 2018",
        "date, 1973-06",
        "date, 1905-08-23",
        "date, 2024-02-29",
        "dateTime, 2018",
        "dateTime, 1973-06",
        "dateTime, 1905-08-23",
        "dateTime, 2015-02-07T13:28:17-05:00",
        "dateTime, 2017-01-01T00:00:00.000Z",
        "dateTime, 2016-12-31T23:59:60Z",
        "instant, 2015-02-07T13:28:17.239+02:00",
        "instant, 2017-01-01T00:00:00Z",
        "instant, 2017-01-01T00:00:00+14:00",
        "instant, 2017-01-01T00:00:00.123456789Z",
        "time, 14:35:00",
        "time, 00:00:00.5",
        "id, a",
        "id, A-1.b",
        "code, final",
        "code, two words",
        "uri, http://loinc.org",
        "uri, urn:uuid:C757873D-EC9A-4326-A141-556F43239520",
        "uri, #contained",
        "url, http://例子.example/路径",
        "canonical, http://hl7.org/fhir/ValueSet/x|4.0.1",
        "oid, urn:oid:1.2.3.4.5",
        "oid, urn:oid:2.0.113883",
        "uuid, urn:uuid:c757873d-ec9a-4326-a141-556f43239520",
        "base64Binary, AAAA",
        "base64Binary, AAA=",
        "base64Binary, AA==",
        "base64Binary, 'AAAA AA=='",
        "base64Binary, a+/9",
        "string, 血糖 😀",
        "markdown, '# x'",
    })
    void isAccepted(String type, String text) {
        assertThat(accepts(type, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "date, 0000",
        "date, 18",
        "date, 2018-13",
        "date, 2018-00",
        "date, 2018-1",
        "date, 2025-02-30",
        "date, 2023-02-29",
        "date, 1900-02-29",
        "date, 2018-04-31",
        "date, 2018-04-00",
        "date, 2018/04/01",
        "date, 2018-0401",
        "date, 20180401",
        "date, ２０１８",
        "date, 2015-02-07T13:28:17Z",
        "dateTime, 2015-02-07T13:28:17",
        "dateTime, 2015-02-07T13:28Z",
        "dateTime, 2015-02-07T24:00:00Z",
        "dateTime, 2015-02-07T13:60:00Z",
        "dateTime, 2015-02-07T13:28:61Z",
        "dateTime, 2015-02-30T13:28:17Z",
        "dateTime, 2015-02-07 13:28:17Z",
        "dateTime, 2015-02-07T13:28:17.Z",
        "dateTime, 2015-02-07T13:28:17.1234567890Z",
        "dateTime, 2015-02-07T13:28:17z",
        "dateTime, 2015-02-07T13:28:17Z1",
        "dateTime, 2015-02-07T13:28:17+14:30",
        "dateTime, 2015-02-07T13:28:17+15:00",
        "dateTime, 2015-02-07T13:28:17+0200",
        "dateTime, 2015-02-07T13:28:17+02",
        "dateTime, 2015-02-07T",
        "instant, 2015",
        "instant, 2015-02-07",
        "instant, 2015-02-07T13:28:17",
        "time, 14:35",
        "time, 24:00:00",
        "time, 14:35:00Z",
        "time, 14:35:00.",
        "id, a_b",
        "id, 'a b'",
        "id, ä",
        "code, ' final'",
        "code, 'final '",
        "code, 'two  words'",
        "uri, 'http://a b'",
        "url, ' http://a'",
        "canonical, 'a b'",
        "oid, 1.2.3",
        "oid, urn:oid:3.1",
        "oid, urn:oid:1",
        "oid, urn:oid:1.02",
        "oid, urn:oid:1.2.",
        "oid, urn:oid:1..2",
        "uuid, c757873d-ec9a-4326-a141-556f43239520",
        "uuid, urn:uuid:C757873D-ec9a-4326-a141-556f43239520",
        "uuid, urn:uuid:c757873dec9a-4326-a141-556f43239520x",
        "base64Binary, A",
        "base64Binary, AAA",
        "base64Binary, A===",
        "base64Binary, AA=A",
        "base64Binary, AA-_",
        "base64Binary, '    '",
    })
    void isRefused(String type, String text) {
        assertThat(accepts(type, text)).isFalse();
    }

    @Test
    void anIdHasUpTo64Characters() {
        assertThat(accepts("id", "a".repeat(64))).isTrue();
        assertThat(accepts("id", "a".repeat(65))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"string", "markdown", "code", "uri"})
    void controlCharactersAndHalvesOfCharactersAreRefused(String type) {
        for (String bad :
                new String[] {"\0", "\u0001", "\u0008", "\u000B", "\u001F", "\uD800", "\uDC00", "\uDC00\uD800"}) {
            assertThat(accepts(type, "a" + bad + "b")).isFalse();
            assertThat(accepts(type, "a" + bad)).isFalse();
        }
        assertThat(accepts(type, "a\uD83D\uDE00b")).isTrue();
    }

    @Test
    void textMayHaveTabsAndLines() {
        assertThat(accepts("string", " a\tb\r\nc ")).isTrue();
    }

    @Test
    void everyDayOfTheCalendarIsADateAndNoOther() {
        for (int year : new int[] {1, 4, 100, 400, 1900, 1999, 2000, 2023, 2024, 9999}) {
            for (int month = 0; month <= 13; month++) {
                for (int day = 0; day <= 32; day++) {
                    String text = "%04d-%02d-%02d".formatted(year, month, day);
                    assertThat(accepts("date", text)).as(text).isEqualTo(exists(year, month, day));
                }
            }
        }
    }

    @Test
    void integersHave32Bits() {
        assertThat(Primitive.INTEGER.accepts(IntNode.valueOf(Integer.MIN_VALUE)))
                .isTrue();
        assertThat(Primitive.INTEGER.accepts(LongNode.valueOf(1L << 31))).isFalse();
        assertThat(Primitive.INTEGER.accepts(DecimalNode.valueOf(new BigDecimal("1.0"))))
                .isFalse();
    }

    @Test
    void unsignedIntBeginsAtZeroAndPositiveIntAtOne() {
        assertThat(Primitive.UNSIGNED_INT.accepts(IntNode.valueOf(0))).isTrue();
        assertThat(Primitive.UNSIGNED_INT.accepts(IntNode.valueOf(-1))).isFalse();
        assertThat(Primitive.POSITIVE_INT.accepts(IntNode.valueOf(1))).isTrue();
        assertThat(Primitive.POSITIVE_INT.accepts(IntNode.valueOf(0))).isFalse();
    }

    private static boolean accepts(String type, String text) {
        return Primitive.named(type).accepts(TextNode.valueOf(text));
    }

    private static boolean exists(int year, int month, int day) {
        try {
            LocalDate.of(year, month, day);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
