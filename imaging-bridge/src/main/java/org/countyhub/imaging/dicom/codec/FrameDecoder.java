package org.countyhub.imaging.dicom.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.codec.Codestream.ColorTransform;
import org.countyhub.imaging.dicom.codec.Frame.Cells;
import org.countyhub.kernel.Problem;

/** From the bytes of one frame to its samples. */
public final class FrameDecoder {
    /** A photograph of 33 million pixels in colour, or a plain X-ray of 10,000 × 10,000. */
    private static final long MOST_SAMPLES = 100_000_000;

    /** A sample costs up to eight bytes inside the native decoders, which the heap does not see; so all frames in work share this. */
    private static final int KILOSAMPLES = 128 * 1024;

    private static final Semaphore ROOM = new Semaphore(KILOSAMPLES, true);
    private static final int WAIT_SECONDS = 10;

    private FrameDecoder() {}

    /**
     * Decodes a frame.
     *
     * @param encoded the bytes of its ranges, joined (see {@link FrameIndex#ranges})
     * @param frame which one, the first being 0
     * @throws org.countyhub.kernel.ProblemException Unprocessable where the bytes are not such a frame; NotAcceptable for what is not decoded here (video,
     *     high-throughput JPEG 2000, retired forms); TooCostly for an image that is too large; Busy where others decode too much at the moment
     */
    public static Frame decode(byte[] encoded, PixelFormat format, TransferSyntax syntax, int frame) {
        if (format.samplesPerFrame() > MOST_SAMPLES) {
            throw Wrong.tooCostly(
                    "a frame of %d × %d pixels is not decoded".formatted(format.columns(), format.rows()));
        }
        int permits = (int) (format.samplesPerFrame() >> 10) + 1;
        try {
            if (!ROOM.tryAcquire(permits, WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw Problem.busy("too many large images are decoded at the same time", 2 * WAIT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.busy("the work was stopped", 1);
        }
        try {
            return decodeWithRoom(encoded, format, syntax, frame);
        } finally {
            ROOM.release(permits);
        }
    }

    private static Frame decodeWithRoom(byte[] encoded, PixelFormat format, TransferSyntax syntax, int frame) {
        return switch (Family.of(syntax)) {
            case NATIVE -> NativePixels.decode(encoded, format, syntax, frame);
            case RLE -> rle(encoded, format);
            case JPEG -> compressed(encoded, JpegHeader.check(encoded, compressible(format), false), format);
            case JPEG_LS -> compressed(encoded, JpegHeader.check(encoded, compressible(format), true), format);
            case JPEG_2000 -> {
                byte[] codestream = J2kHeader.unboxed(encoded);
                yield compressed(codestream, J2kHeader.check(codestream, compressible(format)), format);
            }
            case HTJ2K, VIDEO, OTHER ->
                throw Wrong.notDecoded("no pictures are made of transfer syntax " + syntax.uid());
        };
    }

    private static Frame rle(byte[] encoded, PixelFormat format) {
        if (format.bitsAllocated() % 8 != 0 || format.numbers() != PixelFormat.Numbers.INTEGER) {
            throw Wrong.pixels("RLE of %d bits".formatted(format.bitsAllocated()));
        }
        int bytesPerSample = format.bitsAllocated() / 8;
        byte[] bytes = Rle.decode(encoded, format.rows() * format.columns(), format.samples(), bytesPerSample);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Cells cells = NativePixels.cells(buffer, format, bytes.length / bytesPerSample, 0);
        return NativePixels.frame(format, format.photometric(), cells);
    }

    private static PixelFormat compressible(PixelFormat format) {
        boolean can = format.numbers() == PixelFormat.Numbers.INTEGER
                && (format.bitsAllocated() == 8 || format.bitsAllocated() == 16)
                && format.samples() <= 3;
        if (!can) {
            throw Wrong.pixels("pixels of %d × %d bits cannot be compressed in this transfer syntax"
                    .formatted(format.samples(), format.bitsAllocated()));
        }
        return format;
    }

    private static Frame compressed(byte[] codestream, Codestream header, PixelFormat format) {
        Cells decoded = NativeCodecs.decode(codestream, header, format);
        Cells cells = header.planar() ? NativePixels.interleaved(decoded, format.samples()) : decoded;
        Photometric photometric = format.photometric();
        boolean isRgb = header.transform() != ColorTransform.NONE
                || photometric == Photometric.YBR_ICT
                || photometric == Photometric.YBR_RCT;
        Frame frame = NativePixels.frame(format, format.samples() == 3 && isRgb ? Photometric.RGB : photometric, cells);
        // Compressed samples have no bits below them, whatever the high bit was before, unless the whole cell was
        // compressed.
        return header.bits() <= format.bitsStored()
                ? new Frame(
                        frame.width(),
                        frame.height(),
                        frame.photometric(),
                        frame.bitsStored(),
                        0,
                        frame.signed(),
                        cells)
                : frame;
    }
}
