package org.countyhub.imaging.dicom.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.countyhub.imaging.dicom.codec.Frame.Cells;
import org.jspecify.annotations.Nullable;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * The native decoders of the Weasis project: the Independent JPEG Group's with lossless and 12-bit processes, CharLS for JPEG-LS, OpenJPEG for JPEG 2000. They
 * believe what a codestream says of itself, so only what {@link JpegHeader} or {@link J2kHeader} has checked may come here.
 */
final class NativeCodecs {
    private static final String LIBRARY = "lib/linux-x86_64/libopencv_java.so";

    private NativeCodecs() {}

    /** Loaded once, when the first frame needs it; class initialisation is what makes it once. */
    private static final class Library {
        static final @Nullable String FAILURE = load();

        @SuppressWarnings("restricted")
        private static @Nullable String load() {
            try (InputStream in = Mat.class.getClassLoader().getResourceAsStream(LIBRARY)) {
                if (in == null) {
                    return "no " + LIBRARY;
                }
                // A directory of its own, which only this user may enter: nobody else can put a library in its place.
                // Once it is
                // mapped the file is no longer needed, so nothing is left over, however the process ends.
                Path directory = Files.createTempDirectory("imaging-codecs");
                Path file = directory.resolve("libopencv_java.so");
                try {
                    Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                    System.load(file.toString());
                } finally {
                    Files.deleteIfExists(file);
                    Files.deleteIfExists(directory);
                }
                return null;
            } catch (IOException | UnsatisfiedLinkError e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    /** Samples side by side; colours as red, green, blue. Cells are of 16 bits where the data set's are. */
    static Cells decode(byte[] codestream, Codestream header, PixelFormat format) {
        if (Library.FAILURE != null) {
            throw Wrong.notDecoded("the decoders cannot be loaded on this machine: " + Library.FAILURE);
        }
        int flags = header.transform() == Codestream.ColorTransform.FROM_YBR
                ? Imgcodecs.DICOM_FLAG_YBR
                : Imgcodecs.DICOM_FLAG_UNSIGNED;
        Mat in = new Mat(1, codestream.length, CvType.CV_8UC1);
        try {
            in.put(0, 0, codestream);
            Mat out = Imgcodecs.dicomJpgMatRead(in, flags, Imgcodecs.IMREAD_UNCHANGED);
            try {
                return cells(out, header, format);
            } finally {
                out.release();
            }
        } catch (CvException e) {
            throw Wrong.pixels("the frame cannot be decoded");
        } finally {
            in.release();
        }
    }

    private static Cells cells(Mat mat, Codestream header, PixelFormat format) {
        if (mat.empty()
                || mat.rows() != header.height()
                || mat.cols() != header.width()
                || mat.channels() != header.components()) {
            throw Wrong.pixels("the frame cannot be decoded");
        }
        int count = Math.toIntExact(format.samplesPerFrame());
        // Pixels come out as blue, green, red; planes as they are.
        boolean isReversed = header.components() == 3 && !header.planar();
        int depth = mat.depth();
        boolean isWide = depth == CvType.CV_16U || depth == CvType.CV_16S;
        if (isWide && format.bitsAllocated() > 8) {
            short[] values = new short[count];
            mat.get(0, 0, values);
            if (isReversed) {
                for (int i = 0; i < count; i += 3) {
                    short blue = values[i];
                    values[i] = values[i + 2];
                    values[i + 2] = blue;
                }
            }
            return new Cells.Shorts(values);
        }
        if (isWide || (depth != CvType.CV_8U && depth != CvType.CV_8S)) {
            throw Wrong.pixels("the frame has wider samples than the data set says");
        }
        byte[] values = new byte[count];
        mat.get(0, 0, values);
        if (isReversed) {
            for (int i = 0; i < count; i += 3) {
                byte blue = values[i];
                values[i] = values[i + 2];
                values[i + 2] = blue;
            }
        }
        return format.bitsAllocated() > 8 ? widened(values, depth == CvType.CV_8S) : new Cells.Bytes(values);
    }

    /** Samples of few bits come out as bytes; a data set with cells of 16 bits means numbers. */
    private static Cells widened(byte[] values, boolean signed) {
        short[] wide = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = (short) (signed ? values[i] : values[i] & 0xFF);
        }
        return new Cells.Shorts(wide);
    }
}
