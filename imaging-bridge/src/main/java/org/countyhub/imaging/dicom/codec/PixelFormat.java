package org.countyhub.imaging.dicom.codec;

import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;

/**
 * How a data set says its pixels lie in memory (PS3.3 section C.7.6.3, PS3.5 section 8.1). One that exists is consistent in itself: its samples fit
 * their cells, and the number of all bits fits a long.
 *
 * @param planar whether a frame holds all red samples, then all green, then all blue ones
 * @param highBit the most significant bit of a sample within its cell
 * @param frames at least one
 * @param vr of the element with the pixels
 */
public record PixelFormat(
        int rows,
        int columns,
        Photometric photometric,
        boolean planar,
        Numbers numbers,
        int bitsAllocated,
        int bitsStored,
        int highBit,
        boolean signed,
        int frames,
        Vr vr) {
    /** Which of the three elements holds the pixels (PS3.3 sections C.7.6.3, C.7.6.24 and C.7.6.25). */
    public enum Numbers {
        INTEGER,
        FLOAT,
        DOUBLE
    }

    /** The element with the pixels of a data set. */
    public static Element pixels(Dataset dataset) {
        for (int tag : new int[] {Tag.PixelData, Tag.FloatPixelData, Tag.DoubleFloatPixelData}) {
            Element element = dataset.element(tag);
            if (element != null) {
                return element;
            }
        }
        throw Wrong.pixels("the data set has no pixel data");
    }

    /** What a data set says of its pixels; where that cannot be, Problem.Unprocessable with the tag. */
    public static PixelFormat of(Dataset dataset) {
        Element pixels = pixels(dataset);
        Numbers numbers =
                switch (pixels.tag()) {
                    case Tag.FloatPixelData -> Numbers.FLOAT;
                    case Tag.DoubleFloatPixelData -> Numbers.DOUBLE;
                    default -> Numbers.INTEGER;
                };
        Photometric photometric = photometric(dataset);
        int allocated = between(
                dataset,
                Tag.BitsAllocated,
                1,
                64,
                "bits allocated must be 1, 8, 16 or 32, and as wide as the numbers of the element");
        checkAllocated(allocated, numbers);
        boolean integer = numbers == Numbers.INTEGER;
        int stored = integer
                ? between(dataset, Tag.BitsStored, 1, allocated, "more bits are stored than allocated")
                : allocated;
        PixelFormat format = new PixelFormat(
                between(dataset, Tag.Rows, 1, 0xFFFF, "an image has 1 to 65535 rows"),
                between(dataset, Tag.Columns, 1, 0xFFFF, "an image has 1 to 65535 columns"),
                photometric,
                photometric.samples() > 1 && dataset.integer(Tag.PlanarConfiguration, 0) == 1,
                numbers,
                allocated,
                stored,
                integer
                        ? between(
                                dataset,
                                Tag.HighBit,
                                stored - 1,
                                allocated - 1,
                                "the stored bits do not fit the cell below the high bit")
                        : allocated - 1,
                integer
                        && between(dataset, Tag.PixelRepresentation, 0, 1, "pixels are unsigned (0) or signed (1)")
                                == 1,
                frames(dataset),
                pixels.vr());
        format.checkSize();
        return format;
    }

    private static Photometric photometric(Dataset dataset) {
        String term = dataset.string(Tag.PhotometricInterpretation, "");
        Photometric photometric = Photometric.of(term)
                .orElseThrow(() -> Wrong.attribute(
                        Tag.PhotometricInterpretation,
                        term.isEmpty()
                                ? "the photometric interpretation is missing"
                                : "no such photometric interpretation: " + term));
        if (dataset.integer(Tag.SamplesPerPixel, 0) != photometric.samples()) {
            throw Wrong.attribute(
                    Tag.SamplesPerPixel,
                    "%s has %d samples per pixel, not %d"
                            .formatted(term, photometric.samples(), dataset.integer(Tag.SamplesPerPixel, 0)));
        }
        return photometric;
    }

    private static void checkAllocated(int allocated, Numbers numbers) {
        boolean fits =
                switch (numbers) {
                    case INTEGER -> allocated == 1 || allocated == 8 || allocated == 16 || allocated == 32;
                    case FLOAT -> allocated == 32;
                    case DOUBLE -> allocated == 64;
                };
        if (!fits) {
            throw Wrong.attribute(Tag.BitsAllocated, "pixels of %d bits are not known".formatted(allocated));
        }
    }

    /** NumberOfFrames is only there where there can be several. */
    private static int frames(Dataset dataset) {
        return dataset.string(Tag.NumberOfFrames) == null
                ? 1
                : between(
                        dataset,
                        Tag.NumberOfFrames,
                        1,
                        Integer.MAX_VALUE,
                        "the number of frames must be 1 to 2147483647");
    }

    private static int between(Dataset dataset, int tag, int low, int high, String rule) {
        long value = dataset.integer(tag, Long.MIN_VALUE);
        if (value < low || value > high) {
            throw Wrong.attribute(tag, value == Long.MIN_VALUE ? "missing, or no number" : rule + ", not " + value);
        }
        return (int) value;
    }

    private void checkSize() {
        if (Math.multiplyHigh(bitsPerFrame(), frames) != 0 || bitsPerFrame() * frames < 0) {
            throw Wrong.attribute(
                    Tag.NumberOfFrames, "%d × %d pixels in %d frames cannot be".formatted(columns, rows, frames));
        }
    }

    /** Samples of a pixel. */
    public int samples() {
        return photometric.samples();
    }

    /** Samples of a frame when each pixel has all of its own. */
    long samplesPerFrame() {
        return (long) rows * columns * samples();
    }

    /** Bits of a frame that is not compressed; shared chrominance makes them fewer (PS3.3 section C.7.6.3.1.2, YBR_FULL_422). */
    long bitsPerFrame() {
        return (photometric.isSubsampled() ? 2L * rows * columns : samplesPerFrame()) * bitsAllocated;
    }

    /** The same without the sharing, which some senders declare and do not do. */
    long bitsPerFullFrame() {
        return samplesPerFrame() * bitsAllocated;
    }

    /** Whether bytes lie swapped in words of 16 bits, as in OW of big endian (PS3.5 section 8.1.1 and annex A.3). */
    boolean isSwapped(TransferSyntax syntax) {
        return syntax.isBigEndian() && vr == Vr.OW && bitsAllocated <= 8;
    }
}
