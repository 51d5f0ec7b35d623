package org.countyhub.bench.dicom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstanceTest {
    private static final Instance.Uids UIDS = new Instance.Uids("1.2", "1.2.1", "1.2.1.1", Uid.CT_IMAGE);

    private static Instance instance(PixelData pixels) {
        Attributes attributes = new Attributes()
                .items(
                        0x0008_1032,
                        new Attributes().text(0x0008_0100, "SH", "A").items(0x0040_0275))
                .text(Tag.PatientName, "PN", "张^三")
                .bytes(0x0029_1010, "OB", new byte[70_000]);
        return Instance.of(attributes, CharacterSet.GB18030, UIDS, Uid.EXPLICIT_LITTLE_ENDIAN, Optional.of(pixels));
    }

    private static byte[] bytes(int value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void beginsWithAPreambleAndItsMetaInformation() {
        byte[] file = instance(PixelData.of(bytes(1, 10))).file();

        assertThat(Arrays.copyOf(file, 128)).containsOnly(0);
        assertThat(new String(file, 128, 4, US_ASCII)).isEqualTo("DICM");
        // (0002,0000) UL, then its length.
        assertThat(Arrays.copyOfRange(file, 132, 140)).containsExactly(2, 0, 0, 0, 'U', 'L', 4, 0);
        int length = file[140] & 0xFF;
        // The first element of the data set lies where the length says that the meta information ends.
        assertThat(Arrays.copyOfRange(file, 144 + length, 144 + length + 8))
                .containsExactly(8, 0, 5, 0, 'C', 'S', 8, 0);
    }

    @Test
    void writesElementsInTheOrderOfTheirTags() {
        byte[] bytes = new Attributes()
                .text(0x0010_0020, "LO", "1")
                .number(0xFFFC_0002, "US", 1)
                .text(0x0008_0060, "CS", "CT")
                .plain();

        assertThat(bytes)
                .containsExactly(
                        8, 0, 0x60, 0, 'C', 'S', 2, 0, 'C', 'T', 0x10, 0, 0x20, 0, 'L', 'O', 2, 0, '1', ' ', 0xFC, 0xFF,
                        2, 0, 'U', 'S', 2, 0, 1, 0);
    }

    @Test
    void writesChineseInTheCharacterSetThatItNames() {
        String header = new String(instance(PixelData.of(new byte[2])).header(), ISO_8859_1);

        assertThat(header)
                .contains("GB18030")
                .contains(new String("张^三".getBytes(Charset.forName("GB18030")), ISO_8859_1));
    }

    @Test
    void padsUidsWithNulAndTextWithASpace() {
        assertThat(new Attributes().text(0x0008_0018, "UI", "1.2").plain()).endsWith('1', '.', '2', 0);
        assertThat(new Attributes().text(0x0008_0060, "CS", "ECG").plain()).endsWith('E', 'C', 'G', ' ');
    }

    @Test
    void refusesAValueThatDoesNotFit() {
        assertThatThrownBy(() -> new Attributes()
                        .bytes(0x0010_0020, "LO", new byte[70_000])
                        .plain())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("70000 bytes does not fit into a LO");
    }

    @Test
    void countsElementsInItemsToo() {
        assertThat(new Attributes()
                        .text(0x0008_0060, "CS", "CT")
                        .items(0x0008_1032, new Attributes().text(0x0008_0100, "SH", "A"))
                        .count())
                .isEqualTo(3);
    }

    @Test
    void theSameNameGivesTheSameUid() {
        assertThat(Uid.of("a")).isEqualTo(Uid.of("a")).isNotEqualTo(Uid.of("b")).matches("2\\.25\\.[1-9][0-9]{1,38}");
    }

    @Test
    void findsThePixelDataOfAFileAgain() {
        PixelData plain = PixelData.of(bytes(7, 1_000));
        byte[] file = instance(plain).file();

        assertThat(Part10Reader.pixelDigest(file, 0, file.length)).isEqualTo(plain.digest());
    }

    @Test
    void findsTheFragmentsOfCompressedFrames() {
        PixelData compressed = new PixelData.Encapsulated(List.of(bytes(1, 101), bytes(2, 50)));
        byte[] file = instance(compressed).file();

        assertThat(Part10Reader.pixelDigest(file, 0, file.length))
                .isEqualTo(compressed.digest())
                .isNotEqualTo(new PixelData.Encapsulated(List.of(bytes(1, 101), bytes(3, 50))).digest());
    }

    @Test
    void aFileThatIsCutOffHasNoDigest() {
        byte[] file = instance(PixelData.of(bytes(7, 1_000))).file();

        for (int length : new int[] {10, 131, 200, file.length - 1_012, file.length - 1}) {
            assertThatThrownBy(() -> Part10Reader.pixelDigest(file, 0, length))
                    .as("%d bytes", length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void knowsWhereItsFramesLie() {
        PixelData compressed = new PixelData.Encapsulated(List.of(bytes(1, 100), bytes(2, 50)));
        Instance instance = instance(compressed);
        byte[] file = instance.file();
        int first = (int) instance.firstFramePosition();

        assertThat(Arrays.copyOfRange(file, first, first + 100)).isEqualTo(bytes(1, 100));
        int second = first + 100 + compressed.gapLength();
        assertThat(Arrays.copyOfRange(file, second, second + 50)).isEqualTo(bytes(2, 50));
    }

    @Test
    void refusesPixelDataThatNoElementHolds() {
        PixelData tooLong = new PixelData.Native(8_192, 512 * 1024, index -> new byte[512 * 1024]);

        assertThatThrownBy(() -> tooLong.writeTo(java.io.OutputStream.nullOutputStream()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4294967296");
    }
}
