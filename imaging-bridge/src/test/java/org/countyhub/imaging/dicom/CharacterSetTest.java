package org.countyhub.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
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

    private static CharacterSet detected(List<String> declared, byte[] name, @Nullable String ofSource) {
        Dataset dataset = Dataset.builder(CharacterSet.of(declared))
                .set(new Element.Bytes(Tag.PatientName, Vr.PN, name))
                .build();
        return CharacterSet.detected(dataset, ofSource);
    }

    private static String read(List<String> declared, byte[] name, @Nullable String ofSource) {
        return detected(declared, name, ofSource).decode(name, Vr.PN);
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
