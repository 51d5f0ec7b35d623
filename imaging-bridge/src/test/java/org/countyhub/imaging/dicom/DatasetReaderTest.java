package org.countyhub.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.countyhub.imaging.Samples;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PS3.5 section 7, and what attacks it. */
class DatasetReaderTest {
    private static final int SEQUENCE = 0x00081140;

    private static Dataset sample(String name) throws IOException {
        try (InputStream in = Files.newInputStream(Samples.file(name))) {
            Part10.FileMeta meta = Part10.read(in);
            return DatasetReader.read(in, meta.transferSyntax(), DatasetReader.Limits.DEFAULT);
        }
    }

    private static void refused(Bytes bytes, String place, String why) {
        assertThatThrownBy(bytes::read).isInstanceOfSatisfying(ProblemException.class, refused -> {
            Fault fault = refused.problem().faults().getFirst();
            assertThat(fault.expression()).isEqualTo(place);
            assertThat(fault.diagnostics()).contains(why);
        });
    }

    @Test
    void theSamplesAreReadInEveryTransferSyntax() throws IOException {
        for (String name : List.of("CT1_UNC.dcm", "CT1_RLE.dcm", "CT1_JPLL.dcm", "CT1_J2KR.dcm")) {
            Dataset ct = sample(name);
            assertThat(ct.string(Tag.Modality)).as(name).isEqualTo("CT");
            assertThat(ct.integer(Tag.Rows, 0)).isEqualTo(512);
        }
        assertThat(sample("MR_small_bigendian.dcm").integer(Tag.Rows, 0))
                .isEqualTo(sample("MR_small_implicit.dcm").integer(Tag.Rows, 0))
                .isEqualTo(64);
    }

    @Test
    void pixelsStayWhereTheyAre() throws IOException {
        byte[] file = Files.readAllBytes(Samples.file("CT1_UNC.dcm"));
        InputStream in = new ByteArrayInputStream(file);
        Part10.read(in);
        int start = file.length - in.available();

        Element.Bulk pixels =
                (Element.Bulk) Objects.requireNonNull(sample("CT1_UNC.dcm").element(Tag.PixelData));

        assertThat(pixels.length()).isEqualTo(512 * 512 * 2);
        assertThat(start + pixels.position() + pixels.length()).isLessThanOrEqualTo(file.length);
        assertThat(sample("CT1_JPLL.dcm").element(Tag.PixelData))
                .isInstanceOfSatisfying(Element.Fragments.class, encapsulated -> assertThat(encapsulated.fragments())
                        .hasSize(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CT1_UNC.dcm",
                "sr.dcm",
                "US1_UNC.dcm",
                "charset/gb18030.dcm",
                "charset/chrH31.dcm",
                "MR_small_implicit.dcm"
            })
    void whatIsReadIsWrittenAndReadAgain(String name) throws IOException {
        Dataset first = sample(name).toBuilder().remove(Tag.PixelData).build();
        for (TransferSyntax syntax :
                List.of(TransferSyntax.EXPLICIT_LITTLE_ENDIAN, TransferSyntax.IMPLICIT_LITTLE_ENDIAN)) {
            byte[] written = Bytes.write(first, syntax);
            assertThat(Bytes.write(Bytes.read(written, syntax), syntax))
                    .as(syntax.uid())
                    .isEqualTo(written);
        }
    }

    @Test
    void aLengthBeyondTheDataIsRefused() {
        refused(
                new Bytes().tag(Tag.PatientID).text("LO").number16(1_000).text("P1"),
                "(0010,0020) at byte 0",
                "before the value does");
        refused(
                new Bytes()
                        .element(Tag.Modality, "CS", "CT")
                        .head(Tag.PixelData, "OW", 0xFFFFFFF0L)
                        .text("1234"),
                "(7FE0,0010) at byte 10",
                "before the value does");
    }

    @Test
    void aLengthBeyondItsItemIsRefused() {
        refused(
                new Bytes().head(SEQUENCE, "SQ", 20).item(12).element(Tag.PatientID, "LO", "longer than its item"),
                "(0008,1140)[0].(0010,0020) at byte 20",
                "beyond the end of what it is in");
    }

    @Test
    void anItemLongerThanItsSequenceIsRefused() {
        refused(new Bytes().head(SEQUENCE, "SQ", 8).item(100), "(0008,1140)[0] at byte 0", "longer than its sequence");
    }

    @Test
    void anUnknownRepresentationIsRefused() {
        refused(
                new Bytes().tag(Tag.PatientID).text("ZZ").number16(2).text("P1"),
                "(0010,0020) at byte 0",
                "no value representation");
    }

    @Test
    void delimitersWhereNoneBelongAreRefused() {
        refused(new Bytes().endOfItem(), "(FFFE,E00D) at byte 0", "where an element should");
        refused(
                new Bytes().head(SEQUENCE, "SQ", 0xFFFFFFFFL).element(Tag.PatientID, "LO", "P1"),
                "(0008,1140) at byte 0",
                "where an item should");
    }

    @Test
    void sequencesTenThousandDeepAreRefusedAtOnce() {
        Bytes bomb = new Bytes();
        for (int i = 0; i < 10_000; i++) {
            bomb.head(SEQUENCE, "SQ", 0xFFFFFFFFL).item(0xFFFFFFFFL);
        }
        assertThatThrownBy(bomb::read)
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.problem())
                        .isInstanceOf(Problem.TooLarge.class))
                .hasMessageContaining("deep");
    }

    @Test
    void endlessElementsAndItemsAndFragmentsAreRefusedInBoundedMemory() {
        byte[] element = new Bytes().element(Tag.PatientID, "LO", "P1").bytes();
        byte[] item = new Bytes().item(0).bytes();
        for (byte[] start : List.of(
                new byte[0],
                new Bytes().head(SEQUENCE, "SQ", 0xFFFFFFFFL).bytes(),
                new Bytes().head(Tag.PixelData, "OB", 0xFFFFFFFFL).bytes())) {
            byte[] again = start.length == 0 ? element : item;
            InputStream endless = new SequenceInputStream(new ByteArrayInputStream(start), new Endless(again));
            assertThatThrownBy(() -> DatasetReader.read(
                            endless, TransferSyntax.EXPLICIT_LITTLE_ENDIAN, DatasetReader.Limits.DEFAULT))
                    .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.problem())
                            .isInstanceOf(Problem.TooLarge.class));
        }
    }

    /** The same bytes for ever. */
    private static final class Endless extends InputStream {
        private final byte[] bytes;
        private int at;

        Endless(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            at = (at + 1) % bytes.length;
            return bytes[(at + bytes.length - 1) % bytes.length] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            for (int i = 0; i < length; i++) {
                into[from + i] = (byte) read();
            }
            return length;
        }
    }

    @Test
    void aDeflateBombIsNotUnpackedBeyondTheLimit() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(9, true))) {
            out.write(new Bytes().head(Tag.PixelData, "OW", 0xFFFFFF00L).bytes());
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                out.write(zeros);
            }
        }
        DatasetReader.Limits few = new DatasetReader.Limits(1024, 1 << 20, 1000, 8, 100, 1 << 20, 100);

        assertThat(packed.size()).isLessThan(200_000);
        assertThatThrownBy(() -> DatasetReader.read(
                        new ByteArrayInputStream(packed.toByteArray()), TransferSyntax.DEFLATED_LITTLE_ENDIAN, few))
                .hasMessageContaining("inflates to more");
    }

    @Test
    void whatInflatesAsNoImageDoesIsNotUnpackedToTheEnd() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(9, true))) {
            out.write(new Bytes().head(Tag.PixelData, "OW", 256 << 20).bytes());
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 256; i++) {
                out.write(zeros);
            }
        }
        assertThatThrownBy(() -> Bytes.read(packed.toByteArray(), TransferSyntax.DEFLATED_LITTLE_ENDIAN))
                .hasMessageContaining("inflates to more");
    }

    @Test
    void twoDifferentValuesOfOneElementAreRefused() {
        refused(
                new Bytes()
                        .element(Tag.PatientID, "LO", "P1")
                        .element(Tag.PatientSex, "CS", "F ")
                        .element(Tag.PatientID, "LO", "P2"),
                "(0010,0020) at byte 20",
                "there twice");
        refused(new Bytes().head(SEQUENCE, "SQ", 0).head(SEQUENCE, "SQ", 0), "(0008,1140) at byte 12", "there twice");
    }

    @Test
    void oneValueWrittenTwiceIsTaken() {
        Dataset read = new Bytes()
                .element(Tag.PatientID, "LO", "P1")
                .element(Tag.PatientID, "LO", "P1")
                .read();
        assertThat(read.strings(Tag.PatientID)).containsExactly("P1");
    }

    @Test
    void registeredElementsOfUnknownRepresentationAreReadAsWhatTheyAre() {
        Dataset read = new Bytes()
                .head(Tag.PatientID, "UN", 2)
                .text("P1")
                .head(Tag.IssuerOfPatientIDQualifiersSequence, "UN", 20)
                .item(12)
                .tag(Tag.UniversalEntityID)
                .number32(4)
                .text("1.2 ")
                .head(Tag.Rows, "UN", 2)
                .number16(512)
                .head(Tag.Columns, "UN", 3)
                .text("abc")
                .read();

        assertThat(read.string(Tag.PatientID)).isEqualTo("P1");
        assertThat(read.items(Tag.IssuerOfPatientIDQualifiersSequence)
                        .getFirst()
                        .string(Tag.UniversalEntityID))
                .isEqualTo("1.2");
        assertThat(read.integer(Tag.Rows, 0)).isEqualTo(512);
        assertThat(Objects.requireNonNull(read.element(Tag.Columns)).vr()).isEqualTo(Vr.UN);
    }

    @Test
    void aSequenceOfUnknownRepresentationThatIsNoneStaysUnknown() {
        Dataset read = new Bytes()
                .head(SEQUENCE, "UN", 4)
                .text("junk")
                .element(Tag.PatientID, "LO", "P1")
                .read();

        assertThat(Objects.requireNonNull(read.element(SEQUENCE)).vr()).isEqualTo(Vr.UN);
        assertThat(read.string(Tag.PatientID)).isEqualTo("P1");
    }

    @Test
    void implicitNumbersHaveASignIfThePixelsDo() {
        int padding = 0x00280120;
        for (int sign : new int[] {0, 1}) {
            byte[] dataset = new Bytes()
                    .tag(Tag.PixelRepresentation)
                    .number32(2)
                    .number16(sign)
                    .tag(padding)
                    .number32(2)
                    .number16(-2000)
                    .bytes();
            assertThat(Bytes.read(dataset, TransferSyntax.IMPLICIT_LITTLE_ENDIAN)
                            .integer(padding, 0))
                    .isEqualTo(sign == 1 ? -2000 : 63536);
        }
    }

    @Test
    void aSequenceOfUnknownRepresentationIsImplicit() {
        Dataset read = new Bytes()
                .head(0x00091010, "UN", 0xFFFFFFFFL)
                .item(0xFFFFFFFFL)
                .tag(Tag.PatientID)
                .number32(2)
                .text("P1")
                .endOfItem()
                .endOfSequence()
                .element(Tag.Modality, "CS", "CT")
                .read();

        assertThat(read.items(0x00091010).getFirst().string(Tag.PatientID)).isEqualTo("P1");
        assertThat(read.string(Tag.Modality)).isEqualTo("CT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CT1_JPLL.dcm",
                "sr.dcm",
                "charset/gb18030.dcm",
                "MR_small_implicit.dcm",
                "MR_small_bigendian.dcm"
            })
    void mutatedSamplesAreReadOrRefusedAndNothingElse(String name) throws IOException {
        long seed = ThreadLocalRandom.current().nextLong();
        Random random = new Random(seed);
        byte[] sample = head(Samples.file(name));
        InputStream whole = new ByteArrayInputStream(sample);
        TransferSyntax syntax = Part10.read(whole).transferSyntax();
        byte[] dataset = whole.readAllBytes();
        for (int round = 0; round < 2_000; round++) {
            byte[] mutated = dataset.clone();
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                mutated[random.nextInt(Math.min(mutated.length, 4_000))] = (byte) random.nextInt();
            }
            try {
                Bytes.write(
                        Bytes.read(mutated, syntax).toBuilder()
                                .remove(Tag.PixelData)
                                .build()
                                .only(List.of(Tag.PatientName, SEQUENCE)),
                        TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
            } catch (ProblemException refused) {
                assertThat(refused.problem().faults()).isNotEmpty();
            } catch (IllegalArgumentException bulk) {
                assertThat(bulk).as("seed " + seed).hasMessageContaining("not in memory");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    /** The beginning of a file, so that mutations hit what is read. */
    private static byte[] head(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return bytes.length > 40_000 ? java.util.Arrays.copyOf(bytes, 40_000) : bytes;
    }
}
