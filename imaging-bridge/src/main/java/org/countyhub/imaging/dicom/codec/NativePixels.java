package org.countyhub.imaging.dicom.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.codec.Frame.Cells;

/** Pixels that are not compressed (PS3.5 section 8.1 and annex A.1 to A.3), from bytes to samples side by side. */
final class NativePixels {
    private NativePixels() {}

    /** @param frame which one, the first being 0: frames of single bits may begin within a byte */
    static Frame decode(byte[] encoded, PixelFormat format, TransferSyntax syntax, int frame) {
        boolean isFull = !format.photometric().isSubsampled() || encoded.length * 8L >= format.bitsPerFullFrame();
        if (!isFull && format.columns() % 2 != 0) {
            throw Wrong.attribute(Tag.Columns, "pixels that share their chrominance come in pairs");
        }
        long bits = isFull ? format.bitsPerFullFrame() : format.bitsPerFrame();
        boolean swapped = format.isSwapped(syntax);
        long offset = bits * frame % (swapped ? 16 : 8);
        if (encoded.length * 8L < offset + bits) {
            throw Wrong.pixels(
                    "frame %d has %d bytes, it needs %d".formatted(frame + 1, encoded.length, (offset + bits + 7) / 8));
        }
        byte[] bytes = swapped ? swapped(encoded) : encoded;
        int count = Math.toIntExact(bits / format.bitsAllocated());
        ByteBuffer buffer =
                ByteBuffer.wrap(bytes).order(syntax.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        Cells cells = cells(buffer, format, count, (int) offset);
        if (format.photometric().isSubsampled() && !isFull) {
            cells = withOwnChrominance(cells);
        } else if (format.planar()) {
            cells = interleaved(cells, format.samples());
        }
        return frame(format, format.photometric(), cells);
    }

    /** A frame of cells as the data set describes them. */
    static Frame frame(PixelFormat format, Photometric photometric, Cells cells) {
        Photometric now = photometric == Photometric.YBR_FULL_422 ? Photometric.YBR_FULL : photometric;
        return new Frame(
                format.columns(),
                format.rows(),
                now,
                format.bitsStored(),
                format.highBit() + 1 - format.bitsStored(),
                format.signed(),
                cells);
    }

    static Cells cells(ByteBuffer buffer, PixelFormat format, int count, int bitOffset) {
        int byteOffset = bitOffset / 8;
        return switch (format.bitsAllocated()) {
            case 1 -> {
                byte[] values = new byte[count];
                for (int i = 0; i < count; i++) {
                    int bit = bitOffset + i;
                    values[i] = (byte) (buffer.get(bit >> 3) >> (bit & 7) & 1);
                }
                yield new Cells.Bytes(values);
            }
            case 8 -> {
                byte[] values = new byte[count];
                buffer.get(byteOffset, values);
                yield new Cells.Bytes(values);
            }
            case 16 -> {
                short[] values = new short[count];
                buffer.asShortBuffer().get(values);
                yield new Cells.Shorts(values);
            }
            case 32 -> {
                if (format.numbers() == PixelFormat.Numbers.FLOAT) {
                    float[] values = new float[count];
                    buffer.asFloatBuffer().get(values);
                    yield new Cells.Floats(values);
                }
                int[] values = new int[count];
                buffer.asIntBuffer().get(values);
                yield new Cells.Ints(values);
            }
            default -> {
                double[] values = new double[count];
                buffer.asDoubleBuffer().get(values);
                yield new Cells.Doubles(values);
            }
        };
    }

    private static byte[] swapped(byte[] bytes) {
        byte[] swapped = bytes.clone();
        for (int i = 0; i + 1 < bytes.length; i += 2) {
            swapped[i] = bytes[i + 1];
            swapped[i + 1] = bytes[i];
        }
        return swapped;
    }

    static Cells interleaved(Cells cells, int samples) {
        int pixels = cells.length() / samples;
        return switch (cells) {
            case Cells.Bytes bytes -> {
                byte[] values = new byte[bytes.length()];
                for (int sample = 0; sample < samples; sample++) {
                    for (int i = 0; i < pixels; i++) {
                        values[i * samples + sample] = bytes.values()[sample * pixels + i];
                    }
                }
                yield new Cells.Bytes(values);
            }
            case Cells.Shorts shorts -> {
                short[] values = new short[shorts.length()];
                for (int sample = 0; sample < samples; sample++) {
                    for (int i = 0; i < pixels; i++) {
                        values[i * samples + sample] = shorts.values()[sample * pixels + i];
                    }
                }
                yield new Cells.Shorts(values);
            }
            case Cells.Ints ignored -> throw deepColor();
            case Cells.Floats ignored -> throw deepColor();
            case Cells.Doubles ignored -> throw deepColor();
        };
    }

    /** Two pixels lie as Y1 Y2 Cb Cr (PS3.3 section C.7.6.3.1.2, YBR_FULL_422). */
    private static Cells withOwnChrominance(Cells cells) {
        if (!(cells instanceof Cells.Bytes(byte[] shared))) {
            throw deepColor();
        }
        byte[] values = new byte[shared.length / 2 * 3];
        for (int from = 0, to = 0; from + 3 < shared.length; from += 4) {
            for (int pixel = 0; pixel < 2; pixel++) {
                values[to++] = shared[from + pixel];
                values[to++] = shared[from + 2];
                values[to++] = shared[from + 3];
            }
        }
        return new Cells.Bytes(values);
    }

    private static RuntimeException deepColor() {
        return Wrong.notDecoded("colours of more than 8 bits with shared chrominance, or of more than 16 bits");
    }
}
