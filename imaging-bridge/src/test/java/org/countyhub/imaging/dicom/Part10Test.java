package org.countyhub.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import org.countyhub.imaging.Samples;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

/** PS3.10 section 7.1. */
class Part10Test {
    private static final Part10.FileMeta META =
            new Part10.FileMeta(TransferSyntax.JPEG_BASELINE, "1.2.840.10008.5.1.4.1.1.2", "1.2.3");

    @Test
    void whatIsWrittenIsReadAndTheStreamIsLeftAtTheDataSet() throws IOException {
        byte[] header = Part10.header(META, "CT1");
        InputStream in = new ByteArrayInputStream(header);

        assertThat(Part10.read(in)).isEqualTo(META);
        assertThat(in.available()).isZero();
    }

    private static Dataset sample(String name) throws IOException {
        try (InputStream in = Files.newInputStream(Samples.file(name))) {
            Part10.FileMeta meta = Part10.read(in);
            return DatasetReader.read(in, meta.transferSyntax(), DatasetReader.Limits.DEFAULT);
        }
    }

    private static void refused(String name, String place) {
        assertThatThrownBy(() -> sample(name)).isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(
                        refused.problem().faults().getFirst().expression())
                .startsWith(place));
    }

    @Test
    void malformedSamplesAreRefusedWithTheirPlace() {
        refused("malformed/no_meta.dcm", "byte 128");
        refused("malformed/MR_truncated.dcm", "(7FE0,0010) at byte ");
    }

    @Test
    void anElementOfAnotherRepresentationThanTheDictionaryHasIsTaken() throws IOException {
        assertThat(sample("malformed/badVR.dcm").string(Tag.PatientName)).isEqualTo("Lastname^Firstname");
    }

    @Test
    void theBeginningOfAProgramIsRefused() {
        for (byte[] magic : List.of(new byte[] {'M', 'Z'}, new byte[] {0x7F, 'E', 'L', 'F'})) {
            byte[] header = Part10.header(META, "CT1");
            System.arraycopy(magic, 0, header, 0, magic.length);
            assertThatThrownBy(() -> Part10.read(new ByteArrayInputStream(header)))
                    .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.problem())
                            .isInstanceOf(Problem.Unprocessable.class));
        }
    }

    @Test
    void aCutOffHeaderIsRefusedWhereverItEnds() {
        byte[] header = Part10.header(META, "CT1");
        for (int length = 0; length < header.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(header, length);
            assertThatThrownBy(() -> Part10.read(new ByteArrayInputStream(cut)))
                    .as(length + " bytes")
                    .isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void uidsAreDigitsAndDots() {
        for (String uid : List.of("1.2.840.10008.1.2", "2.25.1", "1", "1.02.3")) {
            assertThat(Uid.isValid(uid)).as(uid).isTrue();
        }
        for (String uid : List.of(
                "", ".", "1.", ".1", "1..2", "1.2/../3", "/etc", "1.2\0", "1.2 ", "1.a", "1.".repeat(32) + "1")) {
            assertThat(Uid.isValid(uid)).as(uid).isFalse();
        }
        assertThat(Uid.of(new java.util.UUID(-1, -1))).isEqualTo("2.25.340282366920938463463374607431768211455");
    }
}
