package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.structure.Structures.accepted;
import static org.countyhub.fhir.structure.Structures.faults;
import static org.countyhub.fhir.structure.Structures.patient;
import static org.countyhub.fhir.structure.Structures.refused;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.countyhub.kernel.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedJsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "  \n "})
    void anEmptyBodyIsRefused(String body) {
        assertThat(faults(body)).containsExactly("structure at line 1, column 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"Patient\"", "null", "1"})
    void aBodyThatIsNoObjectIsRefused(String body) {
        assertThat(faults(body)).containsExactly("structure at line 1, column 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"resourceType\":\"Patient\"",
                "{'resourceType':'Patient'}",
                "{\"resourceType\":\"Patient\",}",
                "{\"resourceType\":\"Patient\" \"id\":\"1\"}",
                "{\"resourceType\":\"Patient\",\"id\":01}",
                "{\"resourceType\":\"Patient\",\"id\":+1}",
                "{\"resourceType\":\"Patient\",\"id\":NaN}",
                "{\"resourceType\":\"Patient\",\"id\":\"\\x\"}",
                "{\"resourceType\":\"Patient\",\"id\":\"a\tb\"}",
                "{\"resourceType\":\"Patient\"} // comment",
                "}",
            })
    void textThatIsNoJsonIsRefusedWithItsPlace(String body) {
        assertThat(faults(body)).hasSize(1).first().asString().matches("structure at line 1, column \\d+");
    }

    @Test
    void thePlaceOfASyntaxErrorIsItsLineAndColumn() {
        assertThat(faults("{\n  \"resourceType\": \"Patient\",\n  \"active\": yes\n}"))
                .containsExactly("structure at line 3, column 13");
    }

    @Test
    void theDiagnosticsShowNeitherTheSourceNorTheReader() {
        for (Fault fault : refused("{\"resourceType\":\"Patient\",\"id\":secret")) {
            assertThat(fault.diagnostics()).doesNotContain("secret", "jackson", "Json", "Source");
        }
    }

    @Test
    void aPropertyTwiceInOneObjectIsRefused() {
        assertThat(refused(patient("\"active\":true,\n\"active\":true")))
                .containsExactly(Fault.at("line 2, column 10", "structure", "the same property twice in one object"));
    }

    @Test
    void anythingAfterTheResourceIsRefused() {
        assertThat(faults(patient("\"active\":true") + "{}")).containsExactly("structure at line 1, column 41");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] latin1 = patient("\"name\":[{\"family\":\"Muñoz\"}]").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(refused(latin1)).extracting(Fault::expression).containsExactly("byte 48");
    }

    @Test
    void utf16IsRefused() {
        assertThat(refused(patient("\"active\":true").getBytes(StandardCharsets.UTF_16LE)))
                .extracting(Fault::expression)
                .containsExactly("byte 2");
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        accepted("\uFEFF" + patient("\"active\":true"));
    }

    @Test
    void onlyTheGivenPartOfTheBytesIsRead() {
        byte[] bytes = ("xx" + patient("\"active\":true") + "yy").getBytes(StandardCharsets.UTF_8);

        ObjectNode patient = Structures.PARSER.parse(bytes, 2, bytes.length - 4);

        assertThat(patient.path("active").booleanValue()).isTrue();
    }

    @Test
    void deepNestingIsRefusedBeforeItHurts() {
        String body = patient("\"name\":" + "[".repeat(100_000));

        assertThat(refused(body))
                .singleElement()
                .extracting(Fault::diagnostics)
                .asString()
                .contains("200 levels");
    }

    @Test
    void itemsMayNestDeeply() {
        int depth = 90;
        String items = "\"item\":[{\"linkId\":\"1\",".repeat(depth) + "\"text\":\"x\"" + "}]".repeat(depth);

        accepted("{\"resourceType\":\"QuestionnaireResponse\",\"status\":\"completed\"," + items + "}");
    }

    @Test
    void aTreeThatAPatchNestedTooDeeplyIsRefused() {
        ObjectNode patient = accepted(patient("\"extension\":[{\"url\":\"http://e\",\"valueString\":\"x\"}]"));
        ObjectNode extension = (ObjectNode) patient.path("extension").path(0);
        for (int i = 0; i < 10_000; i++) {
            extension.remove("valueString");
            extension = extension
                    .withArray("extension")
                    .addObject()
                    .put("url", "http://e")
                    .put("valueString", "x");
        }

        assertThat(Structures.refused(patient))
                .extracting(Fault::diagnostics)
                .containsExactly("nested deeper than 200 levels");
    }

    /** Fewer elements than levels: each extension is an array with an object in it. */
    @Test
    void aTreeThatCouldNotBeReadAgainIsRefused() {
        for (int depth : new int[] {99, 100}) {
            ObjectNode patient = accepted(patient("\"active\":true"));
            ObjectNode extension = patient;
            for (int i = 0; i < depth; i++) {
                extension = extension.withArray("extension").addObject().put("url", "http://e");
            }
            extension.put("valueString", "x");

            if (depth == 99) {
                Structures.PARSER.check(patient);
                assertThat(Structures.PARSER.read(Structures.WRITER.write(patient)))
                        .isEqualTo(patient);
            } else {
                assertThat(Structures.refused(patient))
                        .extracting(Fault::diagnostics)
                        .containsExactly("nested deeper than 200 levels");
            }
        }
    }

    @Test
    void namesAndNumbersOfUnusualLengthAreRefused() {
        assertThat(faults(patient("\"" + "a".repeat(1_000_000) + "\":1"))).hasSize(1);
        assertThat(faults(observation("1".repeat(1_000_000)))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "1e99999999999999999999", "1.0e500"})
    void decimalsBeyondAllMeasureAreRefused(String number) {
        assertThat(faults(observation(number))).hasSize(1).first().asString().startsWith("structure at line 1");
    }

    @Test
    void aLargeAttachmentIsRead() {
        String data = "AAAA".repeat(2_000_000);

        ObjectNode binary =
                accepted("{\"resourceType\":\"Binary\",\"contentType\":\"image/png\",\"data\":\"" + data + "\"}");

        assertThat(binary.path("data").textValue()).isEqualTo(data);
    }

    private static String observation(String number) {
        return Structures.observation("\"valueQuantity\":{\"value\":" + number + "}");
    }
}
