package org.countyhub.fhir.resource.format;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.fhir.structure.ResourceParser;
import org.junit.jupiter.api.Test;

class ResourceFormatTest {
    private static final Definitions DEFINITIONS = new Definitions(FhirContext.forR4Cached());

    private final ResourceParser parser = new ResourceParser(DEFINITIONS);
    private final ResourceFormat format = new ResourceFormat(DEFINITIONS);

    private ObjectNode json(String text) {
        return parser.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void decimalsAndReferencesKeepEveryCharacter() {
        ObjectNode observation =
                json("{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":\"final\",\"code\":{\"text\":\"x\"},"
                        + "\"subject\":{\"reference\":\"Patient/1/_history/2\"},\"valueQuantity\":{\"value\":1.500}}");
        assertThat(parser.parseXml(format.toXml(observation, true)).toString()).isEqualTo(observation.toString());
        assertThat(new String(format.toJson(observation, false), StandardCharsets.UTF_8))
                .isEqualTo(observation.toString());
    }

    @Test
    void prettyJsonHasLines() {
        ObjectNode patient = json("{\"resourceType\":\"Patient\",\"active\":true}");
        assertThat(new String(format.toJson(patient, true), StandardCharsets.UTF_8).lines())
                .hasSize(4);
    }
}
