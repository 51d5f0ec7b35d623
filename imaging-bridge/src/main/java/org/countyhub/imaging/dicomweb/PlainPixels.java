package org.countyhub.imaging.dicomweb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.countyhub.imaging.dicom.codec.Frame;
import org.countyhub.imaging.dicom.codec.Frame.Cells;

/** Decoded cells as the bytes of explicit little endian (PS3.5 section 8.1.1), the samples of a pixel side by side. */
final class PlainPixels {
    private PlainPixels() {}

    static byte[] of(Frame frame, int bitsAllocated) {
        return switch (frame.cells()) {
            case Cells.Bytes(byte[] values) -> bitsAllocated == 1 ? packed(values) : values;
            case Cells.Shorts(short[] values) -> {
                ByteBuffer out = little(2 * values.length);
                out.asShortBuffer().put(values);
                yield out.array();
            }
            case Cells.Ints(int[] values) -> {
                ByteBuffer out = little(4 * values.length);
                out.asIntBuffer().put(values);
                yield out.array();
            }
            case Cells.Floats(float[] values) -> {
                ByteBuffer out = little(4 * values.length);
                out.asFloatBuffer().put(values);
                yield out.array();
            }
            case Cells.Doubles(double[] values) -> {
                ByteBuffer out = little(8 * values.length);
                out.asDoubleBuffer().put(values);
                yield out.array();
            }
        };
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Eight pixels a byte, the first in the lowest bit. */
    private static byte[] packed(byte[] values) {
        byte[] packed = new byte[(values.length + 7) / 8];
        for (int i = 0; i < values.length; i++) {
            packed[i >> 3] |= (byte) ((values[i] & 1) << (i & 7));
        }
        return packed;
    }
}
