package org.countyhub.fhir.resource.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceFormatTest {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final ResourceFormat format = new ResourceFormat(FhirContext.forR4Cached());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patient-example",
                "observation-example",
                "observation-example-f001-glucose",
                "diagnosticreport-example",
                "bundle-example",
                "bundle-transaction",
                "questionnaire-example",
                "parameters-example",
                "medicationrequest0301",
                "valueset-example",
                "provenance-example",
                "specimen-example"
            })
    void theWayThroughXmlAndBackChangesNothing(String example) throws IOException {
        ObjectNode resource = example(example);
        ObjectNode back = format.fromXml(format.toXml(resource, false));
        // The XHTML writer may choose other quotes and entities; the narrative is compared by its presence only.
        withoutNarrative(resource);
        withoutNarrative(back);
        assertThat((JsonNode) back).isEqualTo(resource);
    }

    @Test
    void decimalsAndReferencesKeepEveryCharacter() {
        ObjectNode observation = json("{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":\"final\","
                + "\"subject\":{\"reference\":\"Patient/1/_history/2\"},\"valueQuantity\":{\"value\":1.500}}");
        assertThat(format.fromXml(format.toXml(observation, true)).toString()).isEqualTo(observation.toString());
        assertThat(new String(format.toJson(observation, false), StandardCharsets.UTF_8))
                .isEqualTo(observation.toString());
    }

    @Test
    void prettyJsonHasLines() {
        ObjectNode patient = json("{\"resourceType\":\"Patient\",\"active\":true}");
        assertThat(new String(format.toJson(patient, true), StandardCharsets.UTF_8).lines())
                .hasSize(4);
    }

    @Test
    void documentTypesAndEntitiesAreRefused() {
        String patient = "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"&x;\"/></Patient>";
        String bomb = "<!DOCTYPE Patient [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY x \"&a;&a;&a;&a;\">]>";
        String external = "<!DOCTYPE Patient [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>";
        String remote = "<!DOCTYPE Patient SYSTEM \"http://localhost:1/x.dtd\">";
        for (String prolog : List.of("", bomb, external, remote)) {
            assertThat(fault(prolog + patient).expression()).startsWith("line 1, column ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "<Patient xmlns=\"http://hl7.org/fhir\">",
                "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"1\"/><id value=\"2\"/></Patient>",
                "<Patient xmlns=\"http://hl7.org/fhir\"><shoe value=\"1\"/></Patient>",
                "<Patient xmlns=\"http://hl7.org/fhir\"><active value=\"maybe\"/></Patient>",
                "<Patient xmlns=\"http://hl7.org/fhir\"><active valu=\"true\"/></Patient>",
                "<Patient xmlns=\"http://hl7.org/fhir\"><birthDate value=\"soon\"/></Patient>",
                "<Patient xmlns=\"http://hl7.org/fhir\"><gender value=\"x\"/></Patient>",
                "<Sock xmlns=\"http://hl7.org/fhir\"/>",
                "<Patient xmlns=\"http://example.org\"/>"
            })
    void whatIsNoResourceIsMalformed(String xml) {
        assertThat(fault(xml).diagnostics()).isNotBlank().doesNotContain("HAPI-");
    }

    @Test
    void anUnknownElementIsNamed() {
        String xml = "<Patient xmlns=\"http://hl7.org/fhir\"><name><shoe value=\"1\"/></name></Patient>";
        assertThat(fault(xml).expression()).contains("shoe");
    }

    @Test
    void depthIsBounded() {
        String deep = "<Patient xmlns=\"http://hl7.org/fhir\">" + "<extension>".repeat(5_000);
        assertThat(fault(deep).diagnostics()).contains("deep");
    }

    @Test
    void anotherEncodingIsRefused() {
        // FHIR R4 section 3.1.0.1.10: the character encoding is always UTF-8
        byte[] utf16 = "<Patient xmlns=\"http://hl7.org/fhir\"/>".getBytes(StandardCharsets.UTF_16);
        assertThat(catchThrowableOfType(ProblemException.class, () -> format.fromXml(utf16))
                        .problem())
                .isInstanceOf(Problem.Malformed.class);
    }

    private Fault fault(String xml) {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> format.fromXml(xml.getBytes(StandardCharsets.UTF_8)));
        assertThat(refused).isNotNull();
        assertThat(refused.problem()).isInstanceOf(Problem.Malformed.class);
        return refused.problem().faults().getFirst();
    }

    private static void withoutNarrative(JsonNode tree) {
        for (JsonNode div : tree.findParents("div")) {
            ((ObjectNode) div).put("div", "");
        }
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ObjectNode example(String name) throws IOException {
        String path = "/json/spec/" + name + ".json";
        try (InputStream in = Objects.requireNonNull(ResourceFormatTest.class.getResourceAsStream(path), path)) {
            return (ObjectNode) MAPPER.readTree(in);
        }
    }
}
