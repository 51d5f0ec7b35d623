package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MediaRangeTest {
    @Test
    void separatorsInsideQuotesSeparateNothing() {
        assertThat(MediaRange.all("multipart/related; type=\"a/b;c,d\"; boundary=\"x\\\"y\", text/plain"))
                .extracting(MediaRange::name)
                .containsExactly("multipart/related", "text/plain");
        assertThat(MediaRange.all("multipart/related; boundary=\"x\\\"y\"")
                        .getFirst()
                        .parameter("boundary"))
                .isEqualTo("x\"y");
    }

    @Test
    void rangesComeInTheOrderOfTheirWeightsAndThoseOfNoneNotAtAll() {
        assertThat(MediaRange.all("a/a;q=0.1, b/b, c/c;q=0, d/d;q=0.5, e/e;q=2, nonsense"))
                .extracting(MediaRange::name)
                .containsExactly("b/b", "d/d", "a/a");
    }

    @Test
    void noHeaderIsTooStrange() {
        Random random = new Random(9110);
        String alphabet = "a/*;,=\"\\ q0.1";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder header = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                header.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(MediaRange.all(header.toString())).hasSizeLessThanOrEqualTo(50);
        }
    }
}
