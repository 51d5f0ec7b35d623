package org.countyhub.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.countyhub.imaging.Samples;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PS3.18 annex F. */
class DicomJsonTest {
    private static byte[] json(Dataset dataset) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DicomJson.write(dataset, out, (element, path) -> "/bulk/" + path + "/" + Tag.hex(element.tag()));
        return out.toByteArray();
    }

    private static JsonNode tree(Dataset dataset) throws IOException {
        return new ObjectMapper().readTree(json(dataset));
    }

    private static Dataset read(String json) throws IOException {
        return DicomJson.read(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), DatasetReader.Limits.DEFAULT);
    }

    @Test
    void valuesAreWrittenByTheirRepresentation() throws IOException {
        JsonNode json = tree(Dataset.builder()
                .set(Tag.PatientName, Vr.PN, "Wang^XiaoDong=王^小东")
                .set(Tag.PatientID, Vr.LO, "")
                .set(Tag.WindowCenter, Vr.DS, "40", "", "1e2")
                .set(Tag.InstanceNumber, Vr.IS, "7")
                .set(Tag.SeriesNumber, Vr.IS, "seven")
                .set(Tag.Rows, 512)
                .set(
                        Tag.RequestAttributesSequence,
                        List.of(Dataset.builder().set(Tag.StudyID, Vr.SH, "1").build()))
                .set(new Element.Bytes(Tag.EncapsulatedDocument, Vr.OB, new byte[] {1, 2}))
                .build());

        assertThat(json.at("/00100010/Value/0").toString())
                .isEqualTo("{\"Alphabetic\":\"Wang^XiaoDong\",\"Ideographic\":\"王^小东\"}");
        assertThat(json.at("/00100020").toString()).isEqualTo("{\"vr\":\"LO\"}");
        assertThat(json.at("/00281050/Value").toString()).isEqualTo("[40,null,100.0]");
        assertThat(json.at("/00200013/Value").toString()).isEqualTo("[7]");
        assertThat(json.at("/00200011/Value").toString()).isEqualTo("[\"seven\"]");
        assertThat(json.at("/00280010/Value").toString()).isEqualTo("[512]");
        assertThat(json.at("/00400275/Value/0/00200010/Value/0").asText()).isEqualTo("1");
        assertThat(json.at("/00420011/InlineBinary").asText()).isEqualTo("AQI=");
    }

    @Test
    void valuesThatStayedInPlaceHaveAnAddressWithTheirPath() throws IOException {
        JsonNode json = tree(Dataset.builder()
                .set(
                        0x00880200,
                        List.of(
                                Dataset.EMPTY,
                                Dataset.builder()
                                        .set(new Element.Bulk(Tag.PixelData, Vr.OW, 100, 200))
                                        .build()))
                .set(new Element.Fragments(Tag.PixelData, Vr.OB, List.of()))
                .build());

        assertThat(json.at("/00880200/Value/1/7FE00010/BulkDataURI").asText())
                .isEqualTo("/bulk/[" + 0x00880200 + ", 1]/7FE00010");
        assertThat(json.at("/7FE00010/BulkDataURI").asText()).isEqualTo("/bulk/[]/7FE00010");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CT1_UNC.dcm",
                "sr.dcm",
                "US1_UNC.dcm",
                "XA1_UNC.dcm",
                "charset/gb18030.dcm",
                "charset/chrH31.dcm",
                "ecg-12lead.dcm"
            })
    void whatIsWrittenIsReadAgain(String name) throws IOException {
        Dataset dataset;
        try (InputStream in = Files.newInputStream(Samples.file(name))) {
            dataset = DatasetReader.read(in, Part10.read(in).transferSyntax(), DatasetReader.Limits.DEFAULT);
        }
        byte[] once = json(dataset.toBuilder().remove(Tag.PixelData).build());
        Dataset again = DicomJson.read(new ByteArrayInputStream(once), DatasetReader.Limits.DEFAULT);

        // An empty group at the end says nothing and is not written.
        assertThat(again.string(Tag.PatientName, ""))
                .isEqualTo(dataset.string(Tag.PatientName, "").replaceFirst("=+$", ""));
        JsonNode first = withoutAddresses(once);
        assertThat(withoutAddresses(json(again))).isEqualTo(first);
    }

    /** A value that has only an address is not read again. */
    private static JsonNode withoutAddresses(byte[] json) throws IOException {
        JsonNode tree = new ObjectMapper().readTree(json);
        strip(tree);
        return tree;
    }

    private static void strip(JsonNode node) {
        if (node instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().has("BulkDataURI"));
        }
        node.forEach(DicomJsonTest::strip);
    }

    @Test
    void controlCharactersAndHalfSurrogatesDoNotBreakIt() throws IOException {
        byte[] odd = {'a', 0x1B, 0x01, '"', '\\', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        JsonNode json = tree(Dataset.builder()
                .set(new Element.Bytes(Tag.StudyDescription, Vr.LT, odd))
                .build());

        assertThat(json.at("/00081030/Value/0").asText()).startsWith("a\u001b\u0001\"\\");
    }

    @Test
    void whatIsNoSuchJsonIsRefusedWithItsPlace() {
        for (String wrong : List.of(
                "{",
                "[]",
                "{\"0010\":{}}",
                "{\"00100020\":{\"vr\":\"ZZ\"}}",
                "{\"00100020\":{\"vr\":\"OB\",\"InlineBinary\":\"*\"}}",
                "{\"00209165\":{\"vr\":\"AT\",\"Value\":[\"rows\"]}}",
                "{\"00080001\":{\"vr\":\"UV\",\"Value\":[\"-1x\"]}}",
                "\0 \0\0{}")) {
            assertThatThrownBy(() -> read(wrong)).as(wrong).isInstanceOf(ProblemException.class);
        }
    }
}
