package org.countyhub.imaging.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudIndexTest {
    private static final String SAMPLE =
            "10000000000000000708463177-202411221430-000000000-0000000000000-123502004266007916";

    @Test
    void theSampleOfTheDraftIsReadAndWrittenAgain() {
        CloudIndex index = CloudIndex.parse(SAMPLE).orElseThrow();
        assertThat(index.personCode()).isEqualTo("10000000000000000708463177");
        assertThat(index.examined()).isEqualTo(LocalDateTime.parse("2024-11-22T14:30"));
        assertThat(index.organizationCode()).isEqualTo("123502004266007916");
        assertThat(index.text()).isEqualTo(SAMPLE);
    }

    @Test
    void secondsAreLeftOut() {
        assertThat(new CloudIndex(
                                "10000000000000000708463177",
                                LocalDateTime.parse("2024-11-22T14:30:59.9"),
                                "123502004266007916")
                        .text())
                .isEqualTo(SAMPLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1000000000000000070846317-202411221430-000000000-0000000000000-123502004266007916",
                "10000000000000000708463177-202402301430-000000000-0000000000000-123502004266007916",
                "10000000000000000708463177-202411222460-000000000-0000000000000-123502004266007916",
                "10000000000000000708463177-202411221430-000000001-0000000000000-123502004266007916",
                "10000000000000000708463177-202411221430-000000000-0000000000000-123502004266007917",
                "10000000000000000708463177-202411221430-000000000-0000000000000-213502004266007916",
                "10000000000000000708463177-202411221430-000000000-0000000000000-12350200426600791I",
                "10000000000000000708463177-202411221430-000000000-0000000000000-123502004266007916\n",
                "１0000000000000000708463177-202411221430-000000000-0000000000000-123502004266007916"
            })
    void whatIsNotWholeAndSoundIsNone(String text) {
        assertThat(CloudIndex.parse(text)).isEmpty();
    }

    @Test
    void aWrongPartIsNamed() {
        LocalDateTime time = LocalDateTime.parse("2024-11-22T14:30");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CloudIndex("1", time, "123502004266007916"))
                .withMessageContaining("26 digits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CloudIndex("10000000000000000708463177", time, "123502004266007915"))
                .withMessageContaining("GB 32100");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new CloudIndex("10000000000000000708463177", time.withYear(10_000), "123502004266007916"))
                .withMessageContaining("year");
    }
}
