package org.countyhub.imaging.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.countyhub.imaging.dicom.codec.FrameIndex.Range;
import org.junit.jupiter.api.Test;

/** The kept form of where frames lie. */
class FrameIndexTest {
    @Test
    void equalFramesTakeAFewBytesHoweverManyThereAre() {
        FrameIndex index = new FrameIndex.Uniform(5_000_000_000L, 8 * 512 * 512 * 2, 100_000, 1);
        assertThat(index.toBytes()).hasSizeLessThan(16);
        assertThat(FrameIndex.of(index.toBytes())).isEqualTo(index);
        assertThat(index.ranges(99_999)).containsExactly(new Range(5_000_000_000L + 99_999L * 524288, 524288));
        assertThatThrownBy(() -> index.ranges(100_000)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void unequalFramesTakeAFewBytesEach() {
        Random random = new Random(1);
        List<List<Range>> frames = new ArrayList<>();
        long position = 5_000_000_000L;
        for (int i = 0; i < 1000; i++) {
            List<Range> ranges = new ArrayList<>();
            for (int k = 0; k <= random.nextInt(3); k++) {
                long length = random.nextInt(60_000);
                ranges.add(new Range(position, length));
                position += length + 8;
            }
            frames.add(ranges);
        }
        FrameIndex index = new FrameIndex.Listed(frames);
        byte[] bytes = index.toBytes();
        assertThat(FrameIndex.of(bytes)).isEqualTo(index);
        assertThat(bytes.length).isLessThan(10 * 1000);
        assertThat(index.length(0))
                .isEqualTo(frames.getFirst().stream().mapToLong(Range::length).sum());
    }

    @Test
    void bytesThatAreNoIndexAreRefused() {
        byte[] good =
                new FrameIndex.Listed(List.of(List.of(new Range(300, 1000)), List.of(new Range(1308, 5)))).toBytes();
        for (int cut = 0; cut < good.length; cut++) {
            byte[] shorter = Arrays.copyOf(good, cut);
            assertThatThrownBy(() -> FrameIndex.of(shorter)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> FrameIndex.of(Arrays.copyOf(good, good.length + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        // A claim of 2^31 frames in five bytes must not make a list of that size.
        byte[] claim = {1, -1, -1, -1, -1, 7};
        assertThatThrownBy(() -> FrameIndex.of(claim)).isInstanceOf(IllegalArgumentException.class);
        Random random = new Random(2);
        for (int i = 0; i < 10_000; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            try {
                assertThat(FrameIndex.of(noise).frames()).isNotNegative();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("frame");
            }
        }
    }
}
