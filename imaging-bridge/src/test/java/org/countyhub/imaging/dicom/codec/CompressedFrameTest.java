package org.countyhub.imaging.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.countyhub.imaging.Dcmtk;
import org.countyhub.imaging.Samples;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compressed images have exactly the pixels that DCMTK, or the uncompressed sample, says. */
class CompressedFrameTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "CT1_RLE, CT1_UNC",
        "CT1_JPLL, CT1_UNC",
        "CT1_J2KR, CT1_UNC",
        "MR1_JPLL, MR1_UNC",
        "MR1_J2KR, MR1_UNC",
        "US1_RLE, US1_UNC",
        "VL1_J2KR, VL1_UNC",
        "XA1_J2KR, XA1_UNC"
    })
    void samplesWithoutLossHaveThePixelsOfTheirOriginal(String compressed, String original) throws IOException {
        same(PixelFile.read(Samples.file(compressed + ".dcm")), PixelFile.read(Samples.file(original + ".dcm")), true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ':', textBlock = """
            dcmcjpeg +e1         : CT1 MR1 US1 VL1 XA1
            dcmcjpeg +el +sv 1   : CT1 US1
            dcmcjpeg +el +sv 2   : CT1 US1
            dcmcjpeg +el +sv 4   : CT1 MR1 US1 VL1 XA1
            dcmcjpeg +el +sv 6   : CT1 US1 XA1
            dcmcjpeg +el +sv 7   : MR1 VL1
            dcmcjpls +el         : CT1 MR1 US1 VL1 XA1
            dcmcjpls +el +is     : US1 VL1
            dcmcjpls +el +il     : US1 VL1
            dcmcjpls +el +in     : US1 VL1
            dcmcrle              : CT1 MR1 US1 VL1 XA1
            """)
    void formsWithoutLossHaveThePixelsOfTheirOriginal(String tool, String samples) throws IOException {
        for (String sample : samples.split(" ", -1)) {
            Path original = Samples.file(sample + "_UNC.dcm");
            Path form = Dcmtk.run(tool, original, directory.resolve(sample + ".dcm"));
            same(PixelFile.read(form), PixelFile.read(original), true);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ':', textBlock = """
            dcmcjpeg +eb              : dcmdjpeg       : CT1 MR1 US1 VL1 XA1
            dcmcjpeg +eb +q 40 +s2    : dcmdjpeg       : US1 VL1
            dcmcjpeg +eb +cr          : dcmdjpeg       : US1 VL1
            dcmcjpeg +ee              : dcmdjpeg       : CT1 MR1 US1 XA1
            dcmcjpeg +ee +be +q 95    : dcmdjpeg       : CT1 MR1 XA1
            dcmcjpls +en +md 3        : dcmdjpls       : US1 VL1 XA1
            dcmcjpls +en +md 10 +il   : dcmdjpls       : US1
            """)
    void lossyFormsHaveThePixelsThatDcmtkDecodes(String encoder, String decoder, String samples) throws IOException {
        for (String sample : samples.split(" ", -1)) {
            Path form = Dcmtk.run(encoder, Samples.file(sample + "_UNC.dcm"), directory.resolve(sample + ".dcm"));
            Path decoded = Dcmtk.run(decoder, form, directory.resolve(sample + "-decoded.dcm"));
            same(PixelFile.read(form), PixelFile.read(decoded), false);
        }
    }

    /** The encoder may have made another image of it, which its data set then describes. */
    private static void same(PixelFile compressed, PixelFile original, boolean sameImage) throws IOException {
        Frame frame = compressed.frame(0);
        Frame expected = original.frame(0);
        assertThat(compressed.syntax().isNative()).isFalse();
        assertThat(original.syntax().isNative()).isTrue();
        assertThat(frame.width()).isEqualTo(expected.width());
        assertThat(frame.height()).isEqualTo(expected.height());
        assertThat(frame.photometric()).isEqualTo(expected.photometric());
        if (sameImage) {
            assertThat(frame.cells()).hasSameClassAs(expected.cells());
        }
        assertThat(Pixels.values(frame)).isEqualTo(Pixels.values(expected));
    }
}
