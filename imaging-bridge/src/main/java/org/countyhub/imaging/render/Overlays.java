package org.countyhub.imaging.render;

import java.util.Arrays;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.codec.Frame;
import org.countyhub.imaging.dicom.codec.Frame.Cells;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Overlay planes drawn in white: those of elements 60xx,3000 and the retired ones in unused bits of the cells (PS3.3 section C.9.2). */
final class Overlays {
    private static final int MOST_PLANES = 16;

    private Overlays() {}

    /** Draws into the samples of a picture of the frame's size. */
    static void draw(Frame frame, Dataset dataset, int number, byte[] samples, int channels) {
        for (int i = 0; i < MOST_PLANES; i++) {
            int group = i << 17;
            if (dataset.contains(Tag.OverlayRows + group)) {
                draw(frame, dataset, group, number, samples, channels);
            }
        }
    }

    private static void draw(Frame frame, Dataset dataset, int group, int number, byte[] samples, int channels) {
        int rows = (int) dataset.integer(Tag.OverlayRows + group, 0);
        int columns = (int) dataset.integer(Tag.OverlayColumns + group, 0);
        long[] origin = dataset.integers(Tag.OverlayOrigin + group);
        int top = origin.length == 2 ? (int) origin[0] - 1 : 0;
        int left = origin.length == 2 ? (int) origin[1] - 1 : 0;
        Plane plane = plane(frame, dataset, group, number, rows, columns);
        for (int y = Math.max(0, -top); y < rows && y + top < frame.height(); y++) {
            for (int x = Math.max(0, -left); x < columns && x + left < frame.width(); x++) {
                if (plane.isSet((long) y * columns + x)) {
                    int pixel = ((y + top) * frame.width() + x + left) * channels;
                    Arrays.fill(samples, pixel, pixel + channels, (byte) 0xFF);
                }
            }
        }
    }

    @FunctionalInterface
    private interface Plane {
        boolean isSet(long pixel);
    }

    private static Plane plane(Frame frame, Dataset dataset, int group, int number, int rows, int columns) {
        int tag = Tag.OverlayData + group;
        Element data = dataset.element(tag);
        if (data == null) {
            return embedded(frame, (int) dataset.integer(Tag.OverlayBitPosition + group, 0), rows, columns);
        }
        long frames = dataset.integer(Tag.NumberOfFramesInOverlay + group, 1);
        // An overlay of several frames begins at a frame of the image; one of a single frame lies over all (section
        // C.9.2.1.4).
        long first = dataset.integer(Tag.ImageFrameOrigin + group, 1) - 1;
        long plane = frames > 1 ? number - first : 0;
        if (plane < 0 || plane >= frames) {
            return pixel -> false;
        }
        long offset = plane * rows * columns;
        if (!(data instanceof Element.Bytes(int ignored, var alsoIgnored, byte[] bits))
                || bits.length * 8L < offset + (long) rows * columns) {
            throw Problem.unprocessable(Fault.at(
                    Tag.text(tag), "value", "an overlay of %d × %d pixels with too few bits".formatted(columns, rows)));
        }
        return pixel -> (bits[(int) ((offset + pixel) >> 3)] >> ((offset + pixel) & 7) & 1) != 0;
    }

    private static Plane embedded(Frame frame, int bit, int rows, int columns) {
        boolean isOutside = bit < frame.lowBit() || bit >= frame.lowBit() + frame.bitsStored();
        if (!(frame.cells() instanceof Cells.Shorts(short[] cells))
                || !isOutside
                || bit > 15
                || rows != frame.height()
                || columns != frame.width()) {
            return pixel -> false;
        }
        return pixel -> (cells[(int) pixel] >> bit & 1) != 0;
    }
}
