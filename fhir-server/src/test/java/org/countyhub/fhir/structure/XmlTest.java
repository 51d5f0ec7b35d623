package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.countyhub.fhir.structure.Structures.accepted;
import static org.countyhub.fhir.structure.Structures.acceptedXml;
import static org.countyhub.fhir.structure.Structures.observation;
import static org.countyhub.fhir.structure.Structures.patient;
import static org.countyhub.fhir.structure.Structures.xmlPatient;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What XML says is what JSON says (FHIR R4 sections 2.6.1 and 2.6.2), in both directions. */
class XmlTest {
    private static final XmlWriter XML = new XmlWriter(Structures.DEFINITIONS);

    private static String written(ObjectNode resource) {
        return new String(XML.write(resource, false), StandardCharsets.UTF_8);
    }

    /** The resource means the XML, and the XML is what is written for it. */
    private static void same(String elements, String properties) {
        ObjectNode json = accepted(patient(properties));
        assertThat(acceptedXml(xmlPatient(elements))).isEqualTo(json);
        assertThat(written(json)).isEqualTo(xmlPatient(elements));
    }

    @Test
    void idsOfElementsAndUrlsOfExtensionsAreAttributes() {
        same(
                "<extension id=\"e\" url=\"http://e\"><valueCode value=\"c\"/></extension><name id=\"n\"><family value=\"a\"/></name>",
                "\"extension\":[{\"id\":\"e\",\"url\":\"http://e\",\"valueCode\":\"c\"}],"
                        + "\"name\":[{\"id\":\"n\",\"family\":\"a\"}]");
    }

    @Test
    void extensionsOfPrimitivesStandBesideThem() {
        same(
                "<birthDate id=\"b\" value=\"2000\"><extension url=\"u\"><valueCode value=\"c\"/></extension></birthDate>",
                "\"birthDate\":\"2000\",\"_birthDate\":{\"id\":\"b\",\"extension\":[{\"url\":\"u\",\"valueCode\":\"c\"}]}");
        same(
                "<active><extension url=\"u\"><valueCode value=\"c\"/></extension></active>",
                "\"_active\":{\"extension\":[{\"url\":\"u\",\"valueCode\":\"c\"}]}");
    }

    @Test
    void arraysOfPrimitivesAreFilledUpWithNull() {
        String extended = "<given><extension url=\"u\"><valueCode value=\"c\"/></extension></given>";
        String companion = "{\"extension\":[{\"url\":\"u\",\"valueCode\":\"c\"}]}";
        same(
                "<name><given value=\"a\"/>" + extended + "<given value=\"b\"/></name>",
                "\"name\":[{\"given\":[\"a\",null,\"b\"],\"_given\":[null," + companion + ",null]}]");
        same(
                "<name>" + extended + extended + "<given value=\"a\"/></name>",
                "\"name\":[{\"given\":[null,null,\"a\"],\"_given\":[" + companion + "," + companion + ",null]}]");
        same("<name>" + extended + "</name>", "\"name\":[{\"_given\":[" + companion + "]}]");
    }

    @Test
    void containedResourcesStandInAnElementOfTheirType() {
        same(
                "<contained><Organization><id value=\"o\"/></Organization></contained>"
                        + "<managingOrganization><reference value=\"#o\"/></managingOrganization>",
                "\"contained\":[{\"resourceType\":\"Organization\",\"id\":\"o\"}],\"managingOrganization\":{\"reference\":\"#o\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.50",
                "0.0",
                "-1.000",
                "1",
                "0",
                "-5",
                "1E+3",
                "1.5E-40",
                "0.000000000000000000001",
                "12345678901234567890"
            })
    void decimalsKeepTheirDigits(String decimal) {
        ObjectNode json = accepted(observation("\"valueQuantity\":{\"value\":" + decimal + "}"));

        assertThat(written(json)).contains("<value value=\"" + decimal + "\"/>");
        assertThat(acceptedXml(written(json))).isEqualTo(json);
    }

    /** R4 allows the sign in XML (section 2.24.0.1, integer and positiveInt); JSON has no such number. */
    @Test
    void aPlusSignBeforeAnIntegerIsDropped() {
        assertThat(acceptedXml(xmlPatient("<multipleBirthInteger value=\"+2\"/>")))
                .isEqualTo(accepted(patient("\"multipleBirthInteger\":2")));
    }

    /** Section 2.6.1: readers should trim whitespace around values; text keeps what may be meant. */
    @Test
    void whitespaceAroundValuesIsTrimmedOutsideOfText() {
        assertThat(
                        acceptedXml(
                                xmlPatient(
                                        "<active value=\" true \"/><name><text value=\" a \"/></name><gender value=\"male \"/><birthDate value=\" 2000\"/>")))
                .isEqualTo(accepted(patient(
                        "\"active\":true,\"name\":[{\"text\":\" a \"}],\"gender\":\"male\",\"birthDate\":\"2000\"")));
    }

    @Test
    void textKeepsEveryCharacter() {
        ObjectNode json =
                accepted(patient("\"name\":[{\"text\":\"a\\tb\\r\\nc & <d> \\\"e\\\" 'f' 张 😀 \\u0085\\u2028 \"}]"));

        assertThat(acceptedXml(written(json))).isEqualTo(json);
    }

    @Test
    void whatXmlCannotSayIsNotAcceptable() {
        ObjectNode json = accepted(patient("\"name\":[{\"text\":\"\uFFFE\"}]"));

        assertThat(catchThrowableOfType(ProblemException.class, () -> XML.write(json, false))
                        .problem())
                .isInstanceOf(Problem.NotAcceptable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>",
                "<div xmlns=\"http://www.w3.org/1999/xhtml\"/>",
                "<div  xmlns='http://www.w3.org/1999/xhtml' ><p class='a'>1 &gt; 2 &#160;&amp; 3</p >\n <br/><a name=\"x\"></a><!-- c --> 张😀</div>",
                "<div xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"zh\"><![CDATA[a < b]]></div>"
            })
    void aNarrativeKeepsEveryCharacter(String div) {
        ObjectNode resource = acceptedXml(xmlPatient("<text><status value=\"generated\"/>" + div + "</text>"));

        assertThat(resource.at("/text/div").asText()).isEqualTo(div);
        assertThat(written(resource)).contains(div);
        assertThat(acceptedXml(written(resource))).isEqualTo(resource);
    }

    @Test
    void aNarrativeBringsItsNamespaceAlong() {
        String prefixed = """
            <f:Patient xmlns:f="http://hl7.org/fhir" xmlns:h="http://www.w3.org/1999/xhtml"><f:text>\
            <f:status value="generated"/><h:div h="1 &amp; 2"><h:p xml:lang="en">a &lt; b</h:p><h:br/><h:i></h:i></h:div></f:text>\
            <f:active value="true"/></f:Patient>""";

        assertThat(acceptedXml(prefixed).at("/text/div").asText())
                .isEqualTo(
                        "<div xmlns=\"http://www.w3.org/1999/xhtml\" h=\"1 &amp; 2\"><p xml:lang=\"en\">a &lt; b</p><br/><i></i></div>");
    }

    @Test
    void aNarrativeWithoutNamespaceGetsOneInXml() {
        ObjectNode json = accepted(patient("\"text\":{\"status\":\"generated\",\"div\":\"<div class='a'>x</div>\"}"));

        assertThat(acceptedXml(written(json)).at("/text/div").asText())
                .isEqualTo("<div xmlns=\"http://www.w3.org/1999/xhtml\" class='a'>x</div>");
    }

    /** Section 2.6.1: comments, processing instructions and whitespace are no part of the content. */
    @Test
    void commentsInstructionsAndWhitespaceAreNoContent() {
        assertThat(acceptedXml("<?xml version=\"1.0\"?>\n<?a b?><!-- c -->\n"
                        + xmlPatient("<!-- d -->\n <?e f?><active value=\"true\"><!-- g --> </active>\n")
                        + "\n<!-- h -->"))
                .isEqualTo(accepted(patient("\"active\":true")));
    }

    @Test
    void theLocationOfASchemaIsNoContent() {
        assertThat(acceptedXml("""
            <Patient xmlns="http://hl7.org/fhir" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
            xsi:schemaLocation="http://hl7.org/fhir ../patient.xsd"><active value="true"/></Patient>""")).isEqualTo(accepted(patient("\"active\":true")));
    }

    @Test
    void prettyXmlHasALineForEachElementAndMeansTheSame() {
        ObjectNode json = accepted(
                patient(
                        "\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"o\"}],\"name\":[{\"family\":\"a\",\"given\":[\"b\"]}]"));
        String pretty = new String(XML.write(json, true), StandardCharsets.UTF_8);

        assertThat(pretty.lines()).hasSize(11);
        assertThat(acceptedXml(pretty)).isEqualTo(json);
    }
}
