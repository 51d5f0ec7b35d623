package org.countyhub.imaging.dicom.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.countyhub.imaging.dicom.codec.Frame.Cells;

/** Decoded cells as the bytes of explicit little endian (PS3.5 section 8.1.1), the samples of a pixel side by side. */
public final class PlainPixels {
    private PlainPixels() {}

    public static byte[] of(Frame frame, int bitsAllocated) {
        return switch (frame.cells()) {
            case Cells.Bytes(byte[] values) -> bitsAllocated == 1 ? packed(values) : values;
            case Cells.Shorts(short[] values) -> {
                byte[] plain = new byte[2 * values.length];
                little(plain).asShortBuffer().put(values);
                yield plain;
            }
            case Cells.Ints(int[] values) -> {
                byte[] plain = new byte[4 * values.length];
                little(plain).asIntBuffer().put(values);
                yield plain;
            }
            case Cells.Floats(float[] values) -> {
                byte[] plain = new byte[4 * values.length];
                little(plain).asFloatBuffer().put(values);
                yield plain;
            }
            case Cells.Doubles(double[] values) -> {
                byte[] plain = new byte[8 * values.length];
                little(plain).asDoubleBuffer().put(values);
                yield plain;
            }
        };
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
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
