package org.countyhub.imaging.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.dicom.codec.Frame;
import org.countyhub.imaging.dicom.codec.Photometric;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

/** Colours that the samples do not have. */
class ColorsTest {
    private static int[] colors(Photometric photometric, int bits, Dataset dataset, int... cells) {
        short[] shorts = new short[cells.length];
        for (int i = 0; i < cells.length; i++) {
            shorts[i] = (short) cells[i];
        }
        Frame frame = new Frame(
                cells.length / photometric.samples(), 1, photometric, bits, 0, false, new Frame.Cells.Shorts(shorts));
        byte[] samples = Rendering.render(frame, dataset, 0, View.DEFAULT).samples();
        int[] colors = new int[samples.length];
        for (int i = 0; i < colors.length; i++) {
            colors[i] = samples[i] & 0xFF;
        }
        return colors;
    }

    @Test
    void deepColoursKeepTheirHighestBits() {
        assertThat(colors(Photometric.RGB, 16, Dataset.EMPTY, 0x1234, 0xFFFF, 0x0100))
                .containsExactly(0x12, 0xFF, 1);
        assertThat(colors(Photometric.RGB, 10, Dataset.EMPTY, 1023, 512, 3)).containsExactly(255, 128, 0);
    }

    @Test
    void luminanceAndChrominanceBecomeColours() {
        assertThat(colors(Photometric.YBR_FULL, 8, Dataset.EMPTY, 76, 85, 255, 255, 128, 128))
                .containsExactly(254, 0, 0, 255, 255, 255);
        assertThat(colors(Photometric.YBR_PARTIAL_422, 8, Dataset.EMPTY, 16, 128, 128, 235, 128, 128))
                .containsExactly(0, 0, 0, 255, 255, 255);
    }

    @Test
    void retiredColoursAreStillSeen() {
        assertThat(colors(Photometric.ARGB, 8, Dataset.EMPTY, 9, 1, 2, 3)).containsExactly(1, 2, 3);
        assertThat(colors(Photometric.CMYK, 8, Dataset.EMPTY, 0, 255, 0, 0)).containsExactly(255, 0, 255);
        assertThatThrownBy(() -> colors(Photometric.HSV, 8, Dataset.EMPTY, 1, 2, 3))
                .isInstanceOf(ProblemException.class);
    }

    private static Dataset segmented(int bits, byte[] segments) {
        Dataset.Builder builder = Dataset.builder();
        for (int tag : new int[] {
            Tag.RedPaletteColorLookupTableDescriptor,
            Tag.GreenPaletteColorLookupTableDescriptor,
            Tag.BluePaletteColorLookupTableDescriptor
        }) {
            builder.set(tag, 8, 100, bits);
        }
        for (int tag : new int[] {
            Tag.SegmentedRedPaletteColorLookupTableData,
            Tag.SegmentedGreenPaletteColorLookupTableData,
            Tag.SegmentedBluePaletteColorLookupTableData
        }) {
            builder.set(new Element.Bytes(tag, Vr.OW, segments));
        }
        return builder.build();
    }

    @Test
    void segmentsOfAPaletteAreExpanded() {
        // Two entries, a line of two more to 30, the first segment again, then two more entries.
        Dataset eight = segmented(8, new byte[] {0, 2, 5, 10, 1, 2, 30, 2, 1, 0, 0, 0, 0, 0, 2, 7, 8});
        assertThat(red(eight)).containsExactly(5, 5, 10, 20, 30, 5, 10, 7, 8, 8);
        byte[] words = {0, 0, 2, 0, 0, 5, 0, 10, 1, 0, 2, 0, 0, 30, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 7, 0, 8};
        assertThat(red(segmented(16, words))).containsExactly(5, 5, 10, 20, 30, 5, 10, 7, 8, 8);
    }

    /** From a value below the first to one above the last. */
    private static int[] red(Dataset dataset) {
        int[] colors = colors(Photometric.PALETTE_COLOR, 16, dataset, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108);
        int[] red = new int[colors.length / 3];
        Arrays.setAll(red, i -> colors[3 * i]);
        return red;
    }

    @Test
    void segmentsThatBreakAreRefused() {
        for (byte[] segments : new byte[][] {
            {},
            {0},
            {0, 9, 1, 2},
            {1, 2, 30},
            {3, 1, 1},
            {0, 0},
            {0, 1, 5, 2, 1, 3, 0, 0, 0, 2, 1, 3, 0, 0, 0},
            {0, 1, 5, 2, 1, 100, 0, 0, 0},
            {0, 1, 5, 2, 1, 0, 0, 0, (byte) 0x80},
            {0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9}
        }) {
            assertThatThrownBy(() -> red(segmented(8, segments))).isInstanceOf(ProblemException.class);
        }
        assertThatThrownBy(() -> red(Dataset.EMPTY)).isInstanceOf(ProblemException.class);
    }
}
