package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published examples in XML and in JSON, against each other and against HAPI's parser. */
class XmlExamplesTest {
    private static final FhirContext HAPI = FhirContext.forR4Cached();
    private static final XmlWriter XML = new XmlWriter(Structures.DEFINITIONS);

    @ParameterizedTest
    @ValueSource(strings = {"spec-json.txt", "ibm-json.txt"})
    void everyJsonExampleComesBackFromXmlEqual(String index) {
        for (String example : Examples.of(index, true).toList()) {
            assertThatNoException().as(example).isThrownBy(() -> {
                ObjectNode resource = Structures.PARSER.parse(Examples.read(example));
                namespaces(resource);
                withoutEmptyArrays(resource);
                assertThat(Structures.PARSER.parseXml(XML.write(resource, false)))
                        .as(example)
                        .isEqualTo(resource);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"spec-xml.txt", "ibm-xml.txt"})
    void everyXmlExampleIsAcceptedAndWrittenBackEqual(String index) {
        List<String> examples = Examples.of(index, true).toList();

        assertThat(examples).hasSizeGreaterThan(1000);
        for (String example : examples) {
            assertThatNoException().as(example).isThrownBy(() -> {
                ObjectNode resource = Structures.PARSER.parseXml(Examples.read(example));
                assertThat(Structures.PARSER.parseXml(XML.write(resource, true)))
                        .as(example)
                        .isEqualTo(resource);
            });
        }
    }

    /**
     * An oracle for the tree: what HAPI's model makes of the same document. Narratives apart, which HAPI writes anew, and
     * the examples apart that have extensions in place of values: HAPI loses those of versionId, tag and security.
     */
    @Test
    void hapiUnderstandsTheSame() {
        Map<String, String> different = new TreeMap<>();
        List<String> examples = complete("ibm-xml.txt");
        for (String example : examples) {
            byte[] document = Examples.read(example);
            IBaseResource model =
                    parser(HAPI.newXmlParser()).parseResource(new String(document, StandardCharsets.UTF_8));
            ObjectNode expected = Structures.PARSER.read(
                    parser(HAPI.newJsonParser()).encodeResourceToString(model).getBytes(StandardCharsets.UTF_8));
            ObjectNode read = Structures.PARSER.parseXml(document);
            withoutNarratives(read);
            withoutNarratives(expected);
            if (!read.equals(expected)) {
                different.put(example, read + " and not " + expected);
            }
        }
        assertThat(examples).hasSizeGreaterThan(145);
        assertThat(different).isEmpty();
    }

    /** And the other way round: HAPI reads what is written here, in the order of elements that it would choose itself. */
    @Test
    void hapiWritesTheSame() {
        for (String example : complete("ibm-json.txt")) {
            ObjectNode resource = Structures.PARSER.parse(Examples.read(example));
            withoutNarratives(resource);
            IBaseResource model = parser(HAPI.newJsonParser()).parseResource(resource.toString());
            assertThat(new String(XML.write(resource, false), StandardCharsets.UTF_8).replace("&gt;", ">"))
                    .as(example)
                    .isEqualTo(parser(HAPI.newXmlParser()).encodeResourceToString(model));
        }
    }

    private static void withoutNarratives(ObjectNode resource) {
        resource.findParents("div").forEach(narrative -> ((ObjectNode) narrative).remove("div"));
    }

    private static List<String> complete(String index) {
        return Examples.of(index, true)
                .filter(name -> name.contains("/complete-mock/"))
                .toList();
    }

    private static IParser parser(IParser parser) {
        parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
        parser.setStripVersionsFromReferences(false);
        return parser.setOmitResourceId(false);
    }

    /** A narrative without a namespace has one when it comes back. */
    private static void namespaces(ObjectNode resource) {
        for (JsonNode narrative : resource.findParents("div")) {
            String div = narrative.path("div").asText();
            if (div.startsWith("<div") && !div.substring(0, div.indexOf('>')).contains("xmlns=")) {
                ((ObjectNode) narrative)
                        .put("div", "<div xmlns=\"http://www.w3.org/1999/xhtml\"" + div.substring("<div".length()));
            }
        }
    }

    /** An array of nulls says nothing beside the extensions of its items. */
    private static void withoutEmptyArrays(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .removeIf(property -> property.getValue().isArray()
                            && StreamSupport.stream(property.getValue().spliterator(), false)
                                    .allMatch(JsonNode::isNull));
        }
        node.forEach(XmlExamplesTest::withoutEmptyArrays);
    }
}
