package org.countyhub.imaging.render;

import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.codec.Frame;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Colour pictures: red, green and blue of eight bits each (PS3.3 section C.7.6.3.1.2). */
final class Colors {
    private Colors() {}

    static byte[] render(Frame frame, Dataset dataset) {
        return switch (frame.photometric()) {
            case PALETTE_COLOR -> palette(frame, dataset);
            case RGB, YBR_ICT, YBR_RCT -> eightBits(frame);
            case YBR_FULL, YBR_FULL_422 -> fromYbr(eightBits(frame), 0, 1);
            // Luminance from 16 to 235 and chrominance from 16 to 240, as in ITU-R BT.601.
            case YBR_PARTIAL_422, YBR_PARTIAL_420 -> fromYbr(eightBits(frame), 16, 255.0 / 219);
            case ARGB -> withoutAlpha(eightBits(frame));
            case CMYK -> fromCmyk(eightBits(frame));
            case HSV, MONOCHROME1, MONOCHROME2 ->
                throw new Problem.NotAcceptable(List.of(Fault.at(
                                Tag.text(Tag.PhotometricInterpretation),
                                "not-supported",
                                "no pictures are made of " + frame.photometric())))
                        .exception();
        };
    }

    private static byte[] palette(Frame frame, Dataset dataset) {
        LookupTable[] palette = Palette.of(dataset, frame.signed());
        int pixels = frame.cells().length();
        byte[] out = new byte[3 * pixels];
        for (int i = 0; i < pixels; i++) {
            double value = frame.value(i);
            for (int k = 0; k < 3; k++) {
                out[3 * i + k] = (byte) (int) palette[k].applyAsDouble(value);
            }
        }
        return out;
    }

    /** The eight most significant bits of samples; those with fewer are spread. */
    private static byte[] eightBits(Frame frame) {
        if (frame.cells() instanceof Frame.Cells.Bytes(byte[] values) && frame.bitsStored() == 8) {
            return values.clone();
        }
        byte[] out = new byte[frame.cells().length()];
        double highest = Math.scalb(1.0, frame.bitsStored()) - 1;
        boolean isDeep = frame.bitsStored() >= 8;
        for (int i = 0; i < out.length; i++) {
            long value = (long) frame.value(i) & ((1L << frame.bitsStored()) - 1);
            out[i] = (byte) (isDeep ? value >> (frame.bitsStored() - 8) : Math.round(255 * value / highest));
        }
        return out;
    }

    /** In place: the samples are nobody else's. */
    private static byte[] fromYbr(byte[] samples, int black, double scale) {
        double chroma = black == 0 ? 1 : 255.0 / 224;
        for (int i = 0; i < samples.length; i += 3) {
            double y = ((samples[i] & 0xFF) - black) * scale;
            double cb = ((samples[i + 1] & 0xFF) - 128) * chroma;
            double cr = ((samples[i + 2] & 0xFF) - 128) * chroma;
            samples[i] = clamped(y + 1.402 * cr);
            samples[i + 1] = clamped(y - 0.344136 * cb - 0.714136 * cr);
            samples[i + 2] = clamped(y + 1.772 * cb);
        }
        return samples;
    }

    private static byte[] withoutAlpha(byte[] samples) {
        byte[] out = new byte[samples.length / 4 * 3];
        for (int from = 0, to = 0; to < out.length; from += 4, to += 3) {
            System.arraycopy(samples, from + 1, out, to, 3);
        }
        return out;
    }

    private static byte[] fromCmyk(byte[] samples) {
        byte[] out = new byte[samples.length / 4 * 3];
        for (int from = 0, to = 0; to < out.length; from += 4, to += 3) {
            int light = 255 - (samples[from + 3] & 0xFF);
            for (int i = 0; i < 3; i++) {
                out[to + i] = clamped((255 - (samples[from + i] & 0xFF)) * light / 255.0);
            }
        }
        return out;
    }

    private static byte clamped(double value) {
        return (byte) (int) Math.clamp(Math.rint(value), 0, 255);
    }
}
