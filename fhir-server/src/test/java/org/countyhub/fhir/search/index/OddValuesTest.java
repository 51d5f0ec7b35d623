package org.countyhub.fhir.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever a resource holds in place of its values, extraction does not fail and invents nothing. */
class OddValuesTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<JsonNode> ODD = List.of(
            JSON.nullNode(),
            JSON.textNode(""),
            JSON.textNode(" "),
            JSON.textNode("/"),
            JSON.textNode("a//_history/"),
            JSON.textNode("2024-02-30T25:61:61.+99:99"),
            JSON.textNode("9999-12-31T23:59:60.9999999-14:00"),
            JSON.numberNode(Double.NaN),
            JSON.numberNode(new BigDecimal("1e2147483647")),
            JSON.booleanNode(true),
            JSON.arrayNode().add(JSON.arrayNode().add(1)),
            JSON.objectNode().put("value", "x"));

    @Test
    void noValueMakesExtractionFail() {
        Examples.complete((name, resource) -> {
            for (JsonNode odd : ODD) {
                ObjectNode mangled = resource.deepCopy();
                mangle(mangled, odd);
                mangled.set("resourceType", resource.get("resourceType"));

                assertThatCode(() -> Extraction.EXTRACTOR.extract(mangled, new Rows()))
                        .as("%s with %s", name, odd)
                        .doesNotThrowAnyException();
            }
        });
    }

    @Test
    void emptyTextsContributeNothing() {
        assertThat(Extraction.found("status", "{'resourceType':'Observation','status':' '}"))
                .isEmpty();
        assertThat(Extraction.found("subject", "{'resourceType':'Observation','subject':{'reference':''}}"))
                .isEmpty();
    }

    @Test
    void whatIsNoResourceContributesNothing() {
        Rows rows = new Rows();
        Extraction.EXTRACTOR.extract(JSON.objectNode().put("resourceType", "Thing"), rows);
        Extraction.EXTRACTOR.extract(JSON.objectNode(), rows);

        assertThat(rows.lines()).isEmpty();
    }

    private static void mangle(JsonNode node, JsonNode odd) {
        switch (node) {
            case ObjectNode object -> {
                for (Map.Entry<String, JsonNode> property : object.properties()) {
                    if (property.getValue().isValueNode()) {
                        property.setValue(odd);
                    } else {
                        mangle(property.getValue(), odd);
                    }
                }
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    if (array.get(i).isValueNode()) {
                        array.set(i, odd);
                    } else {
                        mangle(array.get(i), odd);
                    }
                }
            }
            default -> {}
        }
    }
}
