package org.countyhub.imaging.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

/** PS3.18 section 8.7.3. */
class FrameFormTest {
    private static final TransferSyntax EXPLICIT = TransferSyntax.EXPLICIT_LITTLE_ENDIAN;
    private static final TransferSyntax VIDEO = new TransferSyntax("1.2.840.10008.1.2.4.102");

    private static FrameForm form(String accept, TransferSyntax kept, int frames) {
        return FrameForm.of(MediaRange.all(accept), kept, frames);
    }

    @Test
    void nativeFramesAreOctetsForWhoeverTakesAnything() {
        FrameForm octets = new FrameForm(true, "application/octet-stream", EXPLICIT, true);
        assertThat(form("*/*", EXPLICIT, 3)).isEqualTo(octets);
        assertThat(form("multipart/related", EXPLICIT, 3)).isEqualTo(octets);
        assertThat(form("multipart/related; type=\"application/octet-stream\"; transfer-syntax=*", EXPLICIT, 3))
                .isEqualTo(octets);
        assertThat(form("multipart/related; type=\"*/*\"", TransferSyntax.IMPLICIT_LITTLE_ENDIAN, 3))
                .isEqualTo(octets);
    }

    @Test
    void compressedFramesAreDecodedForWhoeverTakesOctets() {
        FrameForm octets = new FrameForm(true, "application/octet-stream", EXPLICIT, false);
        assertThat(form("multipart/related; type=application/octet-stream", TransferSyntax.JPEG_2000_LOSSLESS, 2))
                .isEqualTo(octets);
        assertThat(form("*/*", TransferSyntax.RLE_LOSSLESS, 2)).isEqualTo(octets);
    }

    @Test
    void anyTransferSyntaxMeansAsTheyAreKept() {
        assertThat(form(
                        "multipart/related; type=\"application/octet-stream\"; transfer-syntax=*",
                        TransferSyntax.JPEG_LS_LOSSLESS,
                        2))
                .isEqualTo(new FrameForm(true, "image/jls", TransferSyntax.JPEG_LS_LOSSLESS, true));
    }

    @Test
    void compressedFramesGoByTheirOwnMediaTypesOfTodayAndOfEarlierEditions() {
        assertThat(form("multipart/related; type=\"image/jp2\"", TransferSyntax.JPEG_2000, 2)
                        .mediaType())
                .isEqualTo("image/jp2");
        assertThat(form("multipart/related; type=\"image/j2c\"", TransferSyntax.JPEG_2000, 2)
                        .mediaType())
                .isEqualTo("image/j2c");
        assertThat(form("multipart/related; type=\"image/x-dicom-rle\"", TransferSyntax.RLE_LOSSLESS, 2)
                        .mediaType())
                .isEqualTo("image/x-dicom-rle");
        assertThat(form("multipart/related; type=\"image/*\"", TransferSyntax.JPEG_BASELINE, 2)
                        .mediaType())
                .isEqualTo("image/jpeg");
    }

    @Test
    void aSingleFrameMayComeByItself() {
        assertThat(form("image/jpeg", TransferSyntax.JPEG_BASELINE, 1).multipart())
                .isFalse();
        assertThat(form("application/octet-stream", EXPLICIT, 1).multipart()).isFalse();
        refused("application/octet-stream", EXPLICIT, 2);
    }

    @Test
    void whatIsPreferredIsGivenWhereItCanBe() {
        String accept = "multipart/related; type=\"image/jls\"; q=0.5, multipart/related; type=\"image/jp2\"; q=0.9,"
                + " multipart/related; type=\"application/octet-stream\"; q=0.1";
        assertThat(form(accept, TransferSyntax.JPEG_LS_LOSSLESS, 2).mediaType()).isEqualTo("image/jls");
        assertThat(form(accept, TransferSyntax.JPEG_2000, 2).mediaType()).isEqualTo("image/jp2");
        assertThat(form(accept, EXPLICIT, 2).mediaType()).isEqualTo("application/octet-stream");
    }

    @Test
    void noFrameIsCompressedForAnybody() {
        refused("multipart/related; type=\"image/jp2\"", EXPLICIT, 1);
        refused("multipart/related; type=\"image/jpeg\"", TransferSyntax.JPEG_2000, 1);
        refused(
                "multipart/related; type=\"image/jp2\"; transfer-syntax=1.2.840.10008.1.2.4.90",
                TransferSyntax.JPEG_2000,
                1);
        refused("image/png", EXPLICIT, 1);
    }

    @Test
    void whatCannotBeDecodedIsGivenAsItIsWhereAnythingIsTaken() {
        assertThat(form("*/*", VIDEO, 1)).isEqualTo(new FrameForm(true, "application/octet-stream", VIDEO, true));
    }

    private static void refused(String accept, TransferSyntax kept, int frames) {
        assertThatThrownBy(() -> form(accept, kept, frames))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.problem())
                        .isInstanceOf(Problem.NotAcceptable.class));
    }
}
