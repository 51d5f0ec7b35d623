package org.countyhub.imaging.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.countyhub.imaging.Dcmtk;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.dicom.Vr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pixels that are not compressed, in every way they lie in a file. */
class NativeFrameTest {
    private static final TransferSyntax LITTLE = TransferSyntax.EXPLICIT_LITTLE_ENDIAN;
    private static final TransferSyntax BIG = TransferSyntax.EXPLICIT_BIG_ENDIAN;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void sixteenBitsAreReadFromWhereTheElementIs() throws IOException {
        byte[] file = Files.readAllBytes(Samples.file("CT2_UNC.dcm"));
        Frame frame = PixelFile.read(Samples.file("CT2_UNC.dcm")).frame(0);
        // Behind the pixels the sample has an element of padding of 12 + 126 bytes.
        ByteBuffer pixels = ByteBuffer.wrap(file, file.length - 138 - 2 * 512 * 512, 2 * 512 * 512)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 512 * 512; i++) {
            assertThat(frame.value(i)).isEqualTo(pixels.getShort(2 * i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dcmconv +te", "dcmconv +ti", "dcmconv +tb"})
    void everyByteOrderHasTheSamePixels(String tool) throws IOException {
        for (String sample : new String[] {"CT1_UNC", "MR3_UNC", "NM1_UNC", "US1_UNC", "VL1_UNC", "XA1_UNC"}) {
            Path original = Samples.file(sample + ".dcm");
            PixelFile form = PixelFile.read(Dcmtk.run(tool, original, directory.resolve("form.dcm")));
            assertThat(Pixels.values(form.frame(0)))
                    .isEqualTo(Pixels.values(PixelFile.read(original).frame(0)));
        }
    }

    @Test
    void theSmallSamplesOfBothByteOrdersAreOneImage() throws IOException {
        assertThat(Pixels.values(
                        PixelFile.read(Samples.file("MR_small_bigendian.dcm")).frame(0)))
                .isEqualTo(Pixels.values(
                        PixelFile.read(Samples.file("MR_small_implicit.dcm")).frame(0)));
    }

    @Test
    void planesOfColoursBecomePixels() throws IOException {
        Path original = Samples.file("US1_UNC.dcm");
        Path jpeg = Dcmtk.run("dcmcjpeg +e1", original, directory.resolve("jpeg.dcm"));
        PixelFile planes = PixelFile.read(Dcmtk.run("dcmdjpeg +pl", jpeg, directory.resolve("planes.dcm")));
        assertThat(PixelFormat.of(planes.dataset()).planar()).isTrue();
        assertThat(Pixels.values(planes.frame(0)))
                .isEqualTo(Pixels.values(PixelFile.read(original).frame(0)));
    }

    @Test
    void eightBitsInWordsOfBigEndianAreSwappedAlsoWhereAFrameBeginsWithinAWord() throws IOException {
        byte[] words = {1, 0, 3, 2, 5, 4, 7, 6, 99, 8};
        Dataset dataset = Pixels.builder("MONOCHROME2", 3, 1, 8, 8, false)
                .set(Tag.NumberOfFrames, Vr.IS, "3")
                .set(Pixels.bulk(words.length))
                .build();
        assertThat(frames(dataset, words, BIG)).isDeepEqualTo(new double[][] {{0, 1, 2}, {3, 4, 5}, {6, 7, 8}});
        Dataset bytes = dataset.toBuilder()
                .set(new Element.Bulk(Tag.PixelData, Vr.OB, 0, words.length))
                .build();
        assertThat(frames(bytes, words, BIG)).isDeepEqualTo(new double[][] {{1, 0, 3}, {2, 5, 4}, {7, 6, 99}});
    }

    @Test
    void singleBitsBeginWhereTheFrameBeforeThemEnds() throws IOException {
        Dataset dataset = Pixels.builder("MONOCHROME2", 3, 1, 1, 1, false)
                .set(Tag.NumberOfFrames, Vr.IS, "5")
                .set(Pixels.bulk(2))
                .build();
        double[][] expected = {{1, 0, 1}, {0, 1, 1}, {0, 0, 1}, {1, 1, 0}, {1, 0, 0}};
        byte[] bits = {(byte) 0b00_110_101, 0b0_001_011_1};
        assertThat(frames(dataset, bits, LITTLE)).isDeepEqualTo(expected);
        byte[] words = {bits[1], bits[0]};
        assertThat(frames(dataset, words, BIG)).isDeepEqualTo(expected);
    }

    @Test
    void sharedChrominanceIsGivenToBothPixels() throws IOException {
        Dataset dataset = Pixels.builder("YBR_FULL_422", 2, 1, 8, 8, false)
                .set(Pixels.bulk(4))
                .build();
        assertThat(frames(dataset, new byte[] {10, 20, 30, 40}, LITTLE))
                .isDeepEqualTo(new double[][] {{10, 30, 40, 20, 30, 40}});
        Dataset full = dataset.toBuilder().set(Pixels.bulk(6)).build();
        assertThat(frames(full, new byte[] {1, 2, 3, 4, 5, 6}, LITTLE))
                .isDeepEqualTo(new double[][] {{1, 2, 3, 4, 5, 6}});
    }

    @Test
    void numbersOf32BitsAreReadInBothOrdersAndWithBothSigns() throws IOException {
        ByteBuffer pixels = ByteBuffer.allocate(8).putInt(-2).putInt(7);
        Dataset signed = Pixels.builder("MONOCHROME2", 2, 1, 32, 32, true)
                .set(Pixels.bulk(8))
                .build();
        assertThat(frames(signed, pixels.array(), BIG)).isDeepEqualTo(new double[][] {{-2, 7}});
        Dataset unsigned = Pixels.builder("MONOCHROME2", 2, 1, 32, 32, false)
                .set(Pixels.bulk(8))
                .build();
        assertThat(frames(unsigned, pixels.array(), BIG)).isDeepEqualTo(new double[][] {{4294967294.0, 7}});
    }

    @Test
    void floatingNumbersAreRead() throws IOException {
        byte[] floats = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(0.5f)
                .putFloat(-1e6f)
                .array();
        Dataset single = floating(32, new Element.Bulk(Tag.FloatPixelData, Vr.OF, 0, 8));
        assertThat(frames(single, floats, LITTLE)).isDeepEqualTo(new double[][] {{0.5, -1e6}});
        byte[] doubles = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(0.1)
                .putDouble(-1e-9)
                .array();
        Dataset wide = floating(64, new Element.Bulk(Tag.DoubleFloatPixelData, Vr.OD, 0, 16));
        assertThat(frames(wide, doubles, LITTLE)).isDeepEqualTo(new double[][] {{0.1, -1e-9}});
    }

    @Test
    void bitsBesideTheSampleAreNoPartOfIt() throws IOException {
        Dataset dataset = Pixels.builder("MONOCHROME2", 2, 1, 16, 12, true)
                .set(Tag.HighBit, 12)
                .set(Pixels.bulk(4))
                .build();
        byte[] cells = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) (0xE001 | 5 << 1))
                .putShort((short) ((-5 & 0xFFF) << 1))
                .array();
        assertThat(frames(dataset, cells, LITTLE)).isDeepEqualTo(new double[][] {{5, -5}});
    }

    private static Dataset floating(int bits, Element pixels) {
        return Pixels.builder("MONOCHROME2", 2, 1, bits, bits, false)
                .remove(Tag.PixelData)
                .remove(Tag.BitsStored)
                .remove(Tag.HighBit)
                .remove(Tag.PixelRepresentation)
                .set(pixels)
                .build();
    }

    private static double[][] frames(Dataset dataset, byte[] bytes, TransferSyntax syntax) throws IOException {
        PixelFormat format = PixelFormat.of(dataset);
        FrameIndex index = FrameLocator.locate(dataset, format, syntax, (position, length) -> bytes);
        double[][] frames = new double[format.frames()][];
        for (int i = 0; i < frames.length; i++) {
            FrameIndex.Range range = index.ranges(i).getFirst();
            byte[] encoded =
                    Arrays.copyOfRange(bytes, (int) range.position(), (int) (range.position() + range.length()));
            frames[i] = Pixels.values(FrameDecoder.decode(encoded, format, syntax, i));
        }
        return frames;
    }
}
