package org.countyhub.imaging.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfInt;
import org.opencv.imgcodecs.Imgcodecs;

/** JPEG 2000 with loss and of other widths than the samples have, encoded here. */
class Jpeg2000Test {
    private static PixelFormat format(int width, int height, boolean color, int bits, boolean signed) {
        return PixelFormat.of(
                Pixels.builder(color ? "YBR_ICT" : "MONOCHROME2", width, height, bits > 8 ? 16 : 8, bits, signed)
                        .build());
    }

    /** @param ratio of the lengths before and after; 0 without loss */
    private static byte[] encode(Mat pixels, int bits, boolean signed, int ratio) {
        int[] params = new int[16];
        params[Imgcodecs.DICOM_PARAM_IMREAD] = Imgcodecs.IMREAD_UNCHANGED;
        params[Imgcodecs.DICOM_PARAM_DCM_IMREAD] = signed ? Imgcodecs.DICOM_FLAG_SIGNED : Imgcodecs.DICOM_FLAG_UNSIGNED;
        params[Imgcodecs.DICOM_PARAM_WIDTH] = pixels.width();
        params[Imgcodecs.DICOM_PARAM_HEIGHT] = pixels.height();
        params[Imgcodecs.DICOM_PARAM_COMPRESSION] = Imgcodecs.DICOM_CP_J2K;
        params[Imgcodecs.DICOM_PARAM_COMPONENTS] = pixels.channels();
        params[Imgcodecs.DICOM_PARAM_BITS_PER_SAMPLE] = bits;
        params[Imgcodecs.DICOM_PARAM_INTERLEAVE_MODE] = Imgcodecs.ILV_SAMPLE;
        params[Imgcodecs.DICOM_PARAM_COLOR_MODEL] =
                pixels.channels() == 3 ? Imgcodecs.EPI_RGB : Imgcodecs.EPI_Monochrome2;
        params[Imgcodecs.DICOM_PARAM_J2K_COMPRESSION_FACTOR] = ratio;
        Mat out = Imgcodecs.dicomJpgWrite(pixels, new MatOfInt(params), "");
        byte[] encoded = new byte[Math.toIntExact(out.total())];
        out.get(0, 0, encoded);
        return encoded;
    }

    /** Loads the library as a decoder does, with a frame that is in order. */
    private static void load() throws IOException {
        assertThat(PixelFile.read(Samples.file("CT1_J2KR.dcm")).frame(0).width())
                .isEqualTo(512);
    }

    @ParameterizedTest
    @CsvSource({"8, false", "10, false", "12, false", "12, true", "16, false", "16, true"})
    void greyOfEveryWidthIsDecoded(int bits, boolean signed) throws IOException {
        load();
        short[] values = new short[64 * 48];
        int low = signed ? -(1 << (bits - 1)) : 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) (low + i * 7919 % (1 << bits));
        }
        Mat pixels;
        if (bits == 8) {
            byte[] bytes = new byte[values.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) values[i];
            }
            pixels = new Mat(48, 64, CvType.CV_8UC1);
            pixels.put(0, 0, bytes);
        } else {
            pixels = new Mat(48, 64, signed ? CvType.CV_16SC1 : CvType.CV_16UC1);
            pixels.put(0, 0, values);
        }
        Frame frame = FrameDecoder.decode(
                encode(pixels, bits, signed, 0),
                format(64, 48, false, bits, signed),
                TransferSyntax.JPEG_2000_LOSSLESS,
                0);
        for (int i = 0; i < values.length; i++) {
            assertThat(frame.value(i)).isEqualTo(signed ? values[i] : values[i] & 0xFFFF);
        }
    }

    @Test
    void lossyColoursComeOutAsRgbCloseToTheOriginal() throws IOException {
        load();
        Frame original = PixelFile.read(Samples.file("VL1_UNC.dcm")).frame(0);
        byte[] rgb = ((Frame.Cells.Bytes) original.cells()).values();
        // The encoder takes red first, unlike the decoder.
        Mat pixels = new Mat(original.height(), original.width(), CvType.CV_8UC3);
        pixels.put(0, 0, rgb);
        byte[] encoded = encode(pixels, 8, false, 10);
        assertThat(encoded.length).isBetween(1000, rgb.length / 8);
        Frame frame = FrameDecoder.decode(
                encoded, format(original.width(), original.height(), true, 8, false), TransferSyntax.JPEG_2000, 0);
        assertThat(frame.photometric()).isEqualTo(Photometric.RGB);
        double sum = 0;
        for (int i = 0; i < rgb.length; i++) {
            sum += Math.abs(frame.value(i) - original.value(i));
        }
        assertThat(sum / rgb.length)
                .as("%d bytes", encoded.length)
                .isLessThan(4)
                .isPositive();
    }

    @Test
    void theFileFormatAroundACodestreamIsTakenAway() throws IOException {
        PixelFile file = PixelFile.read(Samples.file("MR1_J2KR.dcm"));
        byte[] codestream = file.encoded(0);
        byte[] boxed = new byte[12 + 8 + codestream.length];
        System.arraycopy(new byte[] {0, 0, 0, 12, 'j', 'P', ' ', ' ', 13, 10, -121, 10}, 0, boxed, 0, 12);
        System.arraycopy(new byte[] {0, 0, 0, 0, 'j', 'p', '2', 'c'}, 0, boxed, 12, 8);
        System.arraycopy(codestream, 0, boxed, 20, codestream.length);
        Frame frame = FrameDecoder.decode(boxed, PixelFormat.of(file.dataset()), file.syntax(), 0);
        assertThat(Pixels.values(frame)).isEqualTo(Pixels.values(file.frame(0)));
    }
}
