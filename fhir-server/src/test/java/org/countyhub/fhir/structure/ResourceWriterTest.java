package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.structure.Structures.accepted;
import static org.countyhub.fhir.structure.Structures.observation;
import static org.countyhub.fhir.structure.Structures.patient;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceWriterTest {
    @Test
    void compactTextIsWrittenBackByteForByte() {
        String json = patient("\"active\":true,\"name\":[{\"given\":[\"a\",null],\"_given\":[null,"
                + "{\"extension\":[{\"url\":\"http://e\",\"valueCode\":\"x\"}]}]}],\"multipleBirthInteger\":2");

        assertThat(written(json)).isEqualTo(json);
    }

    @Test
    void charactersAreWrittenAsThemselves() {
        String json = patient("\"name\":[{\"family\":\"Muñoz 血糖 😀 </\"}]");

        assertThat(written(json)).isEqualTo(json);
    }

    @Test
    void quotesBackslashesAndLinesAreEscaped() {
        String json = patient("\"name\":[{\"family\":\"a\\\"b\\\\c\\nd\\te\"}]");

        assertThat(written(json)).isEqualTo(json);
    }

    /** FHIR R4 section 2.24.0.1: the precision of a decimal is part of its meaning. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.00",
                "0.0",
                "0.010",
                "-3.50",
                "100",
                "0.00000001",
                "1234567890123456789012345678.90",
                "9007199254740993"
            })
    void decimalsKeepTheirText(String decimal) {
        assertThat(writtenDecimal(decimal)).isEqualTo(decimal);
    }

    @ParameterizedTest
    @CsvSource({"1e3, 1E+3", "1.50E2, 150", "1.5E-3, 0.0015", "1.000E-245, 1.000E-245", "-1.00E+245, -1.00E+245"})
    void exponentsKeepTheirPrecision(String decimal, String written) {
        assertThat(writtenDecimal(decimal)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.00", "1e3", "0.1e-300", "123456789.123456789e-390", "1e400", "0e-5"})
    void decimalsReadBackEqual(String decimal) {
        ObjectNode resource = accepted(observationWith(decimal));

        assertThat(accepted(new String(Structures.WRITER.write(resource), StandardCharsets.UTF_8)))
                .isEqualTo(resource);
    }

    @Test
    void whatHapiWritesIsAcceptedAndWrittenAlike() {
        HumanName name = new HumanName().addGiven("a");
        StringType marked = name.addGivenElement();
        marked.setValue("b").addExtension("http://e", new StringType("x"));
        name.addGiven("c");
        Patient patient = new Patient().addName(name);
        String json = FhirContext.forR4Cached().newJsonParser().encodeResourceToString(patient);

        assertThat(written(json)).isEqualTo(json);
    }

    private static String written(String json) {
        return new String(Structures.WRITER.write(accepted(json)), StandardCharsets.UTF_8);
    }

    private static String writtenDecimal(String decimal) {
        String written = written(observationWith(decimal));
        String before = "\"valueQuantity\":{\"value\":";
        return written.substring(written.indexOf(before) + before.length(), written.length() - 2);
    }

    private static String observationWith(String decimal) {
        return observation("\"valueQuantity\":{\"value\":" + decimal + "}");
    }
}
