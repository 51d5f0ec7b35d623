package org.countyhub.imaging.dicom.codec;

/**
 * A decoded frame: rows from top to bottom, pixels from left to right, the samples of a pixel side by side.
 *
 * @param photometric what samples mean now: no chrominance is shared any more, and YBR_ICT, YBR_RCT and lossy YBR of JPEG have become RGB
 * @param bitsStored of a sample
 * @param lowBit the bit of a cell where a sample begins; what lies beside it, such as an overlay, is no part of it
 * @param signed whether the most significant bit of a sample is its sign
 */
public record Frame(
        int width, int height, Photometric photometric, int bitsStored, int lowBit, boolean signed, Cells cells) {
    /** The cells of all samples, as wide as what they hold. One-bit samples have a byte each. The arrays are never changed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public sealed interface Cells {
        int length();

        record Bytes(byte[] values) implements Cells {
            @Override
            public int length() {
                return values.length;
            }
        }

        record Shorts(short[] values) implements Cells {
            @Override
            public int length() {
                return values.length;
            }
        }

        record Ints(int[] values) implements Cells {
            @Override
            public int length() {
                return values.length;
            }
        }

        record Floats(float[] values) implements Cells {
            @Override
            public int length() {
                return values.length;
            }
        }

        record Doubles(double[] values) implements Cells {
            @Override
            public int length() {
                return values.length;
            }
        }
    }

    /** A sample by its place: {@code (y × width + x) × samples + sample}. */
    public double value(int index) {
        return switch (cells) {
            case Cells.Bytes bytes -> stored(bytes.values()[index]);
            case Cells.Shorts shorts -> stored(shorts.values()[index]);
            case Cells.Ints ints -> stored(ints.values()[index]);
            case Cells.Floats floats -> floats.values()[index];
            case Cells.Doubles doubles -> doubles.values()[index];
        };
    }

    /** The sample in a cell. */
    public long stored(int cell) {
        long raised = ((long) cell >> lowBit) << (64 - bitsStored);
        return signed ? raised >> (64 - bitsStored) : raised >>> (64 - bitsStored);
    }
}
