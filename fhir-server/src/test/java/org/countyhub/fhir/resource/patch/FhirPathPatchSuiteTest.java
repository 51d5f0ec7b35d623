package org.countyhub.fhir.resource.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.countyhub.fhir.structure.Definitions;
import org.countyhub.kernel.ProblemException;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Every case of the FHIRPath Patch suite for R4 that HL7 publishes; results are compared as resources. */
class FhirPathPatchSuiteTest {
    private static final String SUITE = "/org/hl7/fhir/testcases/r4/patch/fhir-patch-tests.xml";
    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final Definitions DEFINITIONS = new Definitions(R4);

    @TestFactory
    Stream<DynamicTest> suite() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(SUITE))) {
            NodeList cases = factory.newDocumentBuilder().parse(in).getElementsByTagName("case");
            return IntStream.range(0, cases.getLength())
                    .mapToObj(i -> (Element) cases.item(i))
                    .map(each -> dynamicTest(each.getAttribute("name"), () -> check(each)));
        }
    }

    private static void check(Element each) throws Exception {
        ObjectNode input = json(resource(each, "input"));
        ObjectNode before = input.deepCopy();
        FhirPathPatch patch = FhirPathPatch.parse(json(resource(each, "diff")), DEFINITIONS);
        if (each.getElementsByTagName("error").getLength() > 0) {
            assertThatThrownBy(() -> patch.apply(input)).isInstanceOf(ProblemException.class);
        } else {
            ObjectNode output = patch.apply(input);
            Resource actual = (Resource) R4.newJsonParser().parseResource(output.toString());
            assertThat(actual.equalsDeep(resource(each, "output")))
                    .as(output.toPrettyString())
                    .isTrue();
        }
        assertThat((JsonNode) input).isEqualTo(before);
    }

    private static ObjectNode json(Resource resource) {
        return (ObjectNode) Trees.read(R4.newJsonParser().encodeResourceToString(resource));
    }

    private static Resource resource(Element each, String name) throws TransformerException {
        NodeList children = each.getElementsByTagName(name).item(0).getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i) instanceof Element resource) {
                StringWriter xml = new StringWriter();
                Transformer transformer = TransformerFactory.newInstance().newTransformer();
                transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
                transformer.transform(new DOMSource(resource), new StreamResult(xml));
                return (Resource) R4.newXmlParser().parseResource(xml.toString());
            }
        }
        throw new IllegalArgumentException(name + " holds no resource");
    }
}
