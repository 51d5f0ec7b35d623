package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 14.1.2, of 1,000 bytes. */
class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-499, 0, 500",
        "bytes=500-, 500, 500",
        "bytes=999-, 999, 1",
        "bytes=-1, 999, 1",
        "bytes=-5000, 0, 1000",
        "bytes=0-99999999999999999999999, 0, 1000",
        "bytes = 10 - 19, 10, 10",
    })
    void aRangeIsCutToWhatThereIs(String header, long first, long length) {
        assertThat(ByteRange.of(header, 1_000)).isEqualTo(new ByteRange.Part(first, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=1000-2000", "bytes=99999999999999999999-", "bytes=-0"})
    void aRangeBehindTheEndCannotBeMet(String header) {
        assertThat(ByteRange.of(header, 1_000)).isEqualTo(new ByteRange.Beyond());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-4", "bytes=-", "bytes=a-b", "items=0-1", "bytes=0-1,3-4", "bytes", ""})
    void whatIsNoSingleRangeIsPassedOver(String header) {
        assertThat(ByteRange.of(header, 1_000)).isEqualTo(new ByteRange.All());
    }

    @Test
    void nothingOfNothingCannotBeGiven() {
        assertThat(ByteRange.of("bytes=0-", 0)).isEqualTo(new ByteRange.Beyond());
        assertThat(ByteRange.of("bytes=-5", 0)).isEqualTo(new ByteRange.Beyond());
        assertThat(ByteRange.of(null, 0)).isEqualTo(new ByteRange.All());
    }
}
