package org.countyhub.imaging.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

/** What data sets may say of their pixels. */
class PixelFormatTest {
    private static void refused(int tag, UnaryOperator<Dataset.Builder> change) {
        Dataset dataset = change.apply(Pixels.builder("MONOCHROME2", 512, 512, 16, 12, false))
                .build();
        assertThatThrownBy(() -> PixelFormat.of(dataset)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem()).isInstanceOf(Problem.Unprocessable.class);
            assertThat(e.problem().faults().getFirst().expression()).isEqualTo(Tag.text(tag));
        });
    }

    @Test
    void samplesAreUnderstood() throws IOException {
        PixelFormat format =
                PixelFormat.of(PixelFile.read(Samples.file("XA1_UNC.dcm")).dataset());
        assertThat(format)
                .isEqualTo(new PixelFormat(
                        1024,
                        1024,
                        Photometric.MONOCHROME2,
                        false,
                        PixelFormat.Numbers.INTEGER,
                        16,
                        10,
                        9,
                        false,
                        1,
                        Vr.OW));
    }

    @Test
    void whatCannotBeIsRefusedWithItsTag() {
        refused(Tag.Rows, all -> all.remove(Tag.Rows));
        refused(Tag.Columns, all -> all.set(Tag.Columns, 0));
        refused(Tag.PixelData, all -> all.remove(Tag.PixelData));
        refused(Tag.PhotometricInterpretation, all -> all.set(Tag.PhotometricInterpretation, Vr.CS, "GREY"));
        refused(Tag.PhotometricInterpretation, all -> all.remove(Tag.PhotometricInterpretation));
        refused(Tag.SamplesPerPixel, all -> all.set(Tag.SamplesPerPixel, 3));
        refused(Tag.BitsAllocated, all -> all.set(Tag.BitsAllocated, 12));
        refused(Tag.BitsAllocated, all -> all.set(Tag.BitsAllocated, 64));
        refused(Tag.BitsStored, all -> all.set(Tag.BitsStored, 17));
        refused(Tag.BitsStored, all -> all.set(Tag.BitsStored, 0));
        refused(Tag.HighBit, all -> all.set(Tag.HighBit, 10));
        refused(Tag.HighBit, all -> all.set(Tag.HighBit, 16));
        refused(Tag.PixelRepresentation, all -> all.set(Tag.PixelRepresentation, 2));
        refused(Tag.NumberOfFrames, all -> all.set(Tag.NumberOfFrames, Vr.IS, "0"));
        refused(Tag.NumberOfFrames, all -> all.set(Tag.NumberOfFrames, Vr.IS, "99999999999"));
        refused(Tag.NumberOfFrames, all -> all.set(Tag.NumberOfFrames, Vr.IS, "many"));
    }

    @Test
    void aProductBeyondALongIsRefused() {
        refused(Tag.NumberOfFrames, all -> all.set(Tag.Rows, 65535)
                .set(Tag.Columns, 65535)
                .set(Tag.BitsAllocated, 32)
                .set(Tag.NumberOfFrames, Vr.IS, "2147483647"));
    }
}
