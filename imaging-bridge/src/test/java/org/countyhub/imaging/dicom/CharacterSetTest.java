package org.countyhub.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.countyhub.imaging.Samples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CharacterSetTest {
    private static String name(String sample) throws IOException {
        try (InputStream in = Files.newInputStream(Samples.file(sample))) {
            Part10.FileMeta meta = Part10.read(in);
            return DatasetReader.read(in, meta.transferSyntax(), DatasetReader.Limits.DEFAULT)
                    .string(Tag.PatientName, "");
        }
    }

    @Test
    void namesOfTheSamplesAreReadAsTheyDeclare() throws IOException {
        assertThat(name("charset/gb18030.dcm")).isEqualTo("Wang^XiaoDong=王^小东=");
        assertThat(name("charset/utf8.dcm")).startsWith("Wang^XiaoDong=王^小東");
        assertThat(name("charset/chrH31.dcm")).isEqualTo("Yamada^Tarou=山田^太郎=やまだ^たろう");
        assertThat(name("charset/chrI2.dcm")).isEqualTo("Hong^Gildong=洪^吉洞=홍^길동");
    }

    private static String read(List<String> declared, byte[] name, @Nullable String ofSource) {
        return Dataset.builder(CharacterSet.of(declared))
                .set(new Element.Bytes(Tag.PatientName, Vr.PN, name))
                .build()
                .readable(ofSource)
                .string(Tag.PatientName, "");
    }

    @Test
    void chineseUnderADeclarationOfLatinOrNoneIsRecognised() {
        byte[] gbk = "王^小东".getBytes(Charset.forName("GBK"));
        for (List<String> declared : List.of(List.<String>of(), List.of("ISO_IR 100"), List.of(""))) {
            assertThat(read(declared, gbk, null)).isEqualTo("王^小东");
            assertThat(read(declared, gbk, "GB18030")).isEqualTo("王^小东");
            assertThat(read(declared, "王^小东".getBytes(StandardCharsets.UTF_8), "GB18030"))
                    .isEqualTo("王^小东");
        }
    }

    @Test
    void latinNamesStayLatin() {
        byte[] name = "Müller^José".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(List.of("ISO_IR 100"), name, null)).isEqualTo("Müller^José");
    }

    @Test
    void latinWordsAreNotTakenForChinese() {
        for (String text :
                List.of("Größe", "Müßig^Jörg", "MÜLLER^RENÉ", "Ångström", "GRÖSSE", "Señora", "Škoda".substring(1))) {
            byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(read(List.of("ISO_IR 100"), latin, null)).isEqualTo(text);
            assertThat(read(List.of("ISO_IR 100"), latin, "GB18030")).isEqualTo(text);
        }
    }

    @Test
    void shortChineseNamesThatCouldBeAnotherSetAreReadAsChinese() {
        for (String text : List.of("陆毛", "毛^陆", "茅", "鹿晗", "CT胸部", "李", "龙^鑫", "瞿薇")) {
            assertThat(read(List.of("ISO_IR 100"), text.getBytes(Charset.forName("GB18030")), "GB18030"))
                    .isEqualTo(text);
            assertThat(read(List.of(), text.getBytes(Charset.forName("GB18030")), null))
                    .isEqualTo(text);
            assertThat(read(List.of(), text.getBytes(StandardCharsets.UTF_8), "GB18030"))
                    .isEqualTo(text);
        }
    }

    /** The characters of level 1 of GB 2312 are those of daily use; no name of two or three of them may be misread often. */
    @Test
    void randomChineseNamesAreReadInTheSetTheyAreWrittenIn() {
        Random random = new Random(8);
        for (Charset set : List.of(Charset.forName("GB18030"), StandardCharsets.UTF_8)) {
            int wrong = 0;
            for (int i = 0; i < 10_000; i++) {
                StringBuilder name = new StringBuilder();
                for (int k = random.nextInt(2, 4); k > 0; k--) {
                    byte[] one = {(byte) random.nextInt(0xB0, 0xD7), (byte) random.nextInt(0xA1, 0xFF)};
                    name.append(new String(one, Charset.forName("GB2312"))).append(k == 3 ? "^" : "");
                }
                wrong += read(List.of(), name.toString().getBytes(set), null).contentEquals(name) ? 0 : 1;
            }
            assertThat(wrong).as(set.name()).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void aCharacterOfNoBlockStopsNothing() {
        // Between Kangxi Radicals and Ideographic Description Characters Unicode has no block.
        byte[] name = "王^小东\u2FE0".getBytes(Charset.forName("GB18030"));
        assertThat(read(List.of(), name, null)).startsWith("王^小东");
    }

    @Test
    void aCharacterCutOffAtTheEndOfAValueStopsNothing() {
        byte[] whole = "胸部CT平扫及增强扫描".getBytes(Charset.forName("GB18030"));
        Dataset dataset = Dataset.builder(CharacterSet.DEFAULT)
                .set(new Element.Bytes(Tag.PatientName, Vr.PN, "王^小东".getBytes(Charset.forName("GB18030"))))
                .set(new Element.Bytes(Tag.StudyDescription, Vr.LO, Arrays.copyOf(whole, whole.length - 1)))
                .build()
                .readable(null);
        assertThat(dataset.string(Tag.PatientName)).isEqualTo("王^小东");
        assertThat(dataset.string(Tag.StudyDescription)).startsWith("胸部CT平扫及增强扫");
    }

    @Test
    void itemsThatDeclareTheirOwnKeepIt() {
        Dataset item = Dataset.builder(CharacterSet.of(List.of("ISO_IR 126")))
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 126")
                .set(Tag.PatientName, Vr.PN, "Ελένη")
                .build();
        Dataset vague = Dataset.builder(CharacterSet.DEFAULT)
                .set(new Element.Bytes(Tag.PatientName, Vr.PN, "李".getBytes(Charset.forName("GB18030"))))
                .build();
        Dataset read = Dataset.builder(CharacterSet.DEFAULT)
                .set(new Element.Bytes(Tag.PatientName, Vr.PN, "王^小东".getBytes(Charset.forName("GB18030"))))
                .set(0x00081140, List.of(item, vague))
                .build()
                .readable(null);
        assertThat(read.string(Tag.PatientName)).isEqualTo("王^小东");
        assertThat(read.items(0x00081140))
                .extracting(each -> each.string(Tag.PatientName))
                .containsExactly("Ελένη", "李");
    }

    @Test
    void whatIsDeclaredBeyondLatinWins() {
        byte[] name = "Ελένη".getBytes(Charset.forName("ISO-8859-7"));
        assertThat(read(List.of("ISO_IR 126"), name, "GB18030")).isEqualTo("Ελένη");
    }

    @Test
    void numbersAreNoText() {
        byte[] id = {'P', (byte) 0xCD, (byte) 0xF5};
        assertThat(CharacterSet.GB18030.decode(id, Vr.CS)).hasSize(3);
    }

    @Test
    void everyDefinedTermIsKnown() {
        for (String term : List.of(
                "ISO_IR 100",
                "ISO_IR 101",
                "ISO_IR 109",
                "ISO_IR 110",
                "ISO_IR 144",
                "ISO_IR 127",
                "ISO_IR 126",
                "ISO_IR 138",
                "ISO_IR 148",
                "ISO_IR 203",
                "ISO_IR 13",
                "ISO_IR 166",
                "ISO_IR 192",
                "GB18030",
                "GBK")) {
            assertThat(CharacterSet.of(List.of(term)).terms()).as(term).containsExactly(term);
        }
        assertThat(CharacterSet.of(List.of("NO SUCH SET"))).isSameAs(CharacterSet.DEFAULT);
        for (int set : new int[] {6, 13, 58, 87, 100, 101, 109, 110, 126, 127, 138, 144, 148, 149, 159, 166}) {
            CharacterSet extended = CharacterSet.of(List.of("", "ISO 2022 IR " + set));
            assertThat(extended.decode("Wang".getBytes(StandardCharsets.US_ASCII), Vr.PN))
                    .isEqualTo("Wang");
        }
    }

    @Test
    void chineseBySwitchingIsRead() {
        byte[] name = "Zhang^XiaoDong=\u001b$)A张^\u001b$)A小东=".getBytes(Charset.forName("GB2312"));
        assertThat(CharacterSet.of(List.of("", "ISO 2022 IR 58")).decode(name, Vr.PN))
                .isEqualTo("Zhang^XiaoDong=张^小东=");
    }

    @Test
    void whatNeedsASwitchIsWrittenAsQuestionMarks() {
        for (int set : new int[] {6, 58, 87, 149}) {
            CharacterSet switched = CharacterSet.of(List.of("", "ISO 2022 IR " + set));
            assertThat(switched.decode(switched.encode("Wang^XiaoDong=\u738b^\u5c0f\u4e1c"), Vr.PN))
                    .isEqualTo("Wang^XiaoDong=?^??");
        }
    }
}
