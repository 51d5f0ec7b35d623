package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.structure.Structures.acceptedXml;
import static org.countyhub.fhir.structure.Structures.faultsOfXml;
import static org.countyhub.fhir.structure.Structures.refusedXml;
import static org.countyhub.fhir.structure.Structures.xmlPatient;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FHIR R4 section 2.6.1: what is no resource in XML is refused with its place in FHIRPath, its line and its column. */
class MalformedXmlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "  \n ", "x", "{\"resourceType\":\"Patient\"}", "<", "<Patient/><Patient/>", "<a:Patient/>"})
    void whatIsNoXmlIsRefused(String document) {
        assertThat(faultsOfXml(document)).containsOnly("structure at Resource");
        assertThat(refusedXml(document))
                .first()
                .extracting(Fault::diagnostics)
                .asString()
                .matches(".* \\(line \\d, column \\d+\\)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<name><family value=\"a\"/>",
                "<name><family value=\"a\"/></nam></name>",
                "<name><family value=\"&x;\"/></name>",
                "<name><family value=\"a\" value=\"b\"/></name>",
                "<name><family value=a/></name>",
                "<name><family value=\"a<b\"/></name>",
                "<name><x:family value=\"a\"/></name>",
                "<name>&#0;</name>",
                "<name>a & b</name>"
            })
    void aSyntaxErrorIsPlacedInTheElementAroundIt(String elements) {
        assertThat(refusedXml(xmlPatient("\n" + elements)).getLast()).satisfies(fault -> {
            assertThat(fault.code()).isEqualTo("structure");
            assertThat(fault.expression()).startsWith("Patient");
            assertThat(fault.diagnostics()).contains("(line 2, column ").doesNotContain("Wstx", "ParseError", "com.");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Patient [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY x \"&a;&a;&a;&a;\">]>",
                "<!DOCTYPE Patient [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>",
                "<!DOCTYPE Patient SYSTEM \"http://localhost:1/x.dtd\">",
                "<!DOCTYPE Patient>"
            })
    void documentTypesAreRefused(String prolog) {
        assertThat(refusedXml(prolog + xmlPatient("<id value=\"&x;\"/>")))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.expression()).isEqualTo("Resource");
                    assertThat(fault.diagnostics())
                            .isEqualTo("a document type declaration is not allowed (line 1, column 1)");
                });
    }

    @Test
    void textThatIsNotUtf8OrSaysSoIsRefused() {
        byte[] latin1 = xmlPatient("<name><family value=\"Muñoz\"/></name>").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                ProblemException.class, () -> Structures.PARSER.parseXml(latin1))
                        .problem()
                        .faults())
                .extracting(Fault::expression)
                .containsExactly("byte 61");

        assertThat(faultsOfXml(
                        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + xmlPatient("<active value=\"true\"/>")))
                .containsExactly("structure at Resource");
        acceptedXml("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>" + xmlPatient("<active value=\"true\"/>"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<foo value='x'/> | structure at Patient.foo",
                "<name><family value='a'/></name><name><foo value='x'/></name> | structure at Patient.name[1].foo",
                "<name family='a'/> | structure at Patient.name[0].family",
                "<active valu='true'/> | structure at Patient.active.valu",
                "<active value='true' x='1'/> | structure at Patient.active.x",
                "<resourceType value='Patient'/> | structure at Patient.resourceType",
                "<_active><extension url='u'><valueCode value='c'/></extension></_active> | structure at Patient._active",
                "<name><id value='n'/><family value='a'/></name> | structure at Patient.name[0].id",
                "<extension><url value='u'/><valueCode value='c'/></extension> | structure at Patient.extension[0].url",
                "<birthDate><value value='2000'/></birthDate> | structure at Patient.birthDate.value"
            })
    void unknownElementsAndAttributesAreRefused(String elements, String fault) {
        assertThat(faultsOfXml(xmlPatient(elements))).contains(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<active value='maybe'/> | value at Patient.active",
                "<active value='1'/> | value at Patient.active",
                "<active value=''/> | value at Patient.active",
                "<active value='  '/> | value at Patient.active",
                "<gender value='x'/> | code-invalid at Patient.gender",
                "<birthDate value='soon'/> | value at Patient.birthDate",
                "<multipleBirthInteger value='one'/> | value at Patient.multipleBirthInteger",
                "<multipleBirthInteger value='1.5'/> | value at Patient.multipleBirthInteger",
                "<multipleBirthInteger value='99999999999999999999'/> | value at Patient.multipleBirthInteger",
                "<photo><data value='a'/></photo> | value at Patient.photo[0].data",
                "<photo><size value='-1'/></photo> | value at Patient.photo[0].size",
                "<id value='a_b'/> | value at Patient.id",
                "<link><type value='refer'/></link> | required at Patient.link[0].other",
                "<name id=''/> | value at Patient.name[0].id"
            })
    void valuesThatTheirTypeDoesNotHaveAreRefused(String elements, String fault) {
        assertThat(faultsOfXml(xmlPatient(elements))).contains(fault);
        assertThat(refusedXml(xmlPatient(elements)))
                .allSatisfy(one -> assertThat(one.diagnostics()).matches("[a-zA-Z0-9].* \\(line 1, column \\d+\\)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e99999999999", "1.0e500", "+1.5", "01", ".5", "5.", "0x1", "NaN", "1,5"})
    void decimalsAreWrittenAsInJson(String decimal) {
        assertThat(faultsOfXml("""
            <Observation xmlns="http://hl7.org/fhir"><status value="final"/><code><text value="x"/></code>\
            <valueQuantity><value value="%s"/></valueQuantity></Observation>""".formatted(decimal))).containsExactly("value at Observation.valueQuantity.value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<name/> | structure at Patient.name[0]",
                "<active/> | structure at Patient.active",
                "<contained/> | structure at Patient.contained[0]",
                "<name><given/></name> | structure at Patient.name[0].given[0]"
            })
    void emptyElementsAreRefused(String elements, String fault) {
        assertThat(faultsOfXml(xmlPatient(elements))).contains(fault);
    }

    @Test
    void aResourceWithoutContentIsRefusedAsInJson() {
        assertThat(faultsOfXml("<Observation xmlns=\"http://hl7.org/fhir\"/>"))
                .isEqualTo(Structures.faults("{\"resourceType\":\"Observation\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<active value='true'/>text | structure at Patient",
                "<name>Chalmers</name> | structure at Patient.name[0]",
                "<active value='true'>true</active> | structure at Patient.active",
                "<active value='true'><![CDATA[x]]></active> | structure at Patient.active",
                "<contained>x<Patient><active value='true'/></Patient></contained> | structure at Patient.contained[0]"
            })
    void textBetweenElementsIsRefused(String elements, String fault) {
        assertThat(faultsOfXml(xmlPatient(elements))).contains(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<active value='true'/><id value='1'/> | structure at Patient.id",
                "<gender value='male'/><name><family value='a'/></name> | structure at Patient.name[0]",
                "<name><given value='a'/><family value='b'/></name> | structure at Patient.name[0].family",
                "<active value='true'/><extension url='u'><valueCode value='c'/></extension> | structure at Patient.extension[0]",
                "<name><family value='a'/></name><telecom><value value='1'/></telecom><name><family value='b'/></name>"
                        + " | structure at Patient.name[1]",
                "<modifierExtension url='u'><valueCode value='c'/></modifierExtension><extension url='u'><valueCode value='c'/></extension>"
                        + " | structure at Patient.extension[0]"
            })
    void elementsOutOfOrderAreRefused(String elements, String fault) {
        assertThat(faultsOfXml(xmlPatient(elements))).containsExactly(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<id value='1'/><id value='2'/> | structure at Patient.id",
                "<birthDate id='a'/><birthDate value='2000'/> | structure at Patient.birthDate",
                "<deceasedBoolean value='true'/><deceasedDateTime value='2000'/> | structure at Patient.deceasedDateTime",
                "<maritalStatus><text value='a'/></maritalStatus><maritalStatus><text value='b'/></maritalStatus>"
                        + " | structure at Patient.maritalStatus"
            })
    void elementsThatMayNotRepeatAreRefused(String elements, String fault) {
        assertThat(faultsOfXml(xmlPatient(elements))).containsExactly(fault);
    }

    @Test
    void oneResourceStandsWhereAResourceStands() {
        String patient = "<Patient><id value=\"p\"/></Patient>";
        assertThat(faultsOfXml(xmlPatient("<contained>" + patient + patient + "</contained>")))
                .containsExactly("structure at Patient.contained[0]");
        assertThat(faultsOfXml(xmlPatient("<contained><Sock/></contained>")))
                .containsExactly("value at Patient.contained[0]");
        assertThat(faultsOfXml("""
            <Bundle xmlns="http://hl7.org/fhir"><type value="collection"/><entry><resource/></entry></Bundle>""")).containsExactly("structure at Bundle.entry[0].resource");
        assertThat(faultsOfXml("""
            <Parameters xmlns="http://hl7.org/fhir"><parameter><name value="x"/><resource/></parameter></Parameters>""")).containsExactly("structure at Parameters.parameter[0].resource");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<Patient/>", "<Patient xmlns=\"http://example.org\"/>", "<Sock xmlns=\"http://hl7.org/fhir\"/>"
            })
    void whatIsNoResourceOfFhirIsRefused(String document) {
        assertThat(refusedXml(document)).extracting(Fault::expression).containsExactly("Resource");
    }

    @Test
    void elementsOfAnotherNamespaceAreRefused() {
        assertThat(faultsOfXml(xmlPatient("<active xmlns=\"http://example.org\" value=\"true\"/>")))
                .containsExactly("structure at Patient.active");
        assertThat(faultsOfXml(xmlPatient("<contained><Patient xmlns=\"\"/></contained>")))
                .containsExactly("structure at Patient.contained[0]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div>x</div>",
                "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p xmlns=\"http://hl7.org/fhir\">x</p></div>",
                "<div xmlns=\"http://www.w3.org/1999/xhtml\"><g xmlns=\"http://www.w3.org/2000/svg\"/></div>",
                "<div xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:x=\"urn:x\" x:y=\"z\">x</div>"
            })
    void aNarrativeIsXhtmlAlone(String div) {
        assertThat(faultsOfXml(xmlPatient("<text><status value=\"generated\"/>" + div + "</text>")))
                .containsExactly("structure at Patient.text.div");
    }

    @Test
    void xhtmlStandsInNarrativesOnly() {
        assertThat(faultsOfXml(xmlPatient("<p xmlns=\"http://www.w3.org/1999/xhtml\">x</p>")))
                .containsExactly("structure at Patient.p");
        assertThat(faultsOfXml(xmlPatient("<name xmlns=\"http://www.w3.org/1999/xhtml\"><family value=\"x\"/></name>")))
                .containsExactly("structure at Patient.name");
    }

    /** The rules of JSON apply to what the XML says, in the same words, with the place in the document. */
    @Test
    void linesAndColumnsLeadToFaultsOfTheTreeToo() {
        assertThat(refusedXml("""
            <Bundle xmlns="http://hl7.org/fhir">
              <type value="collection"/>
              <entry>
                <resource><Patient><active value="true"/></Patient></resource>
              </entry>
              <entry>
                <resource>
                  <Patient>
                    <birthDate value="2000-13-01">
                      <extension><valueCode value="x"/></extension>
                    </birthDate>
                    <contact>
                      <gender value="x"/>
                    </contact>
                  </Patient>
                </resource>
              </entry>
            </Bundle>"""))
                .satisfiesExactly(
                        fault -> {
                            assertThat(fault.expression()).isEqualTo("Bundle.entry[1].resource.birthDate");
                            assertThat(fault.diagnostics()).endsWith("(line 9, column 9)");
                        },
                        fault -> {
                            assertThat(fault.expression())
                                    .isEqualTo("Bundle.entry[1].resource.birthDate.extension[0].url");
                            assertThat(fault.diagnostics()).endsWith("(line 10, column 11)");
                        },
                        fault -> {
                            assertThat(fault.expression()).isEqualTo("Bundle.entry[1].resource.contact[0].gender");
                            assertThat(fault.diagnostics()).endsWith("(line 13, column 11)");
                        });
    }

    @Test
    void atMostTwentyFaultsAreTold() {
        assertThat(refusedXml(xmlPatient("<foo/>".repeat(100)))).hasSize(20);
        assertThat(refusedXml(xmlPatient("<communication><preferred value=\"true\"/></communication>".repeat(100))))
                .hasSize(20);
    }

    @Test
    void deepNestingIsRefusedBeforeItHurts() {
        for (String element :
                List.of("<extension url=\"u\">", "<foo>", "<text><div xmlns=\"http://www.w3.org/1999/xhtml\">")) {
            assertThat(refusedXml("<Patient xmlns=\"http://hl7.org/fhir\">" + element.repeat(100_000))
                            .getLast()
                            .diagnostics())
                    .contains("deep");
        }
    }

    /** What is stored is read again as JSON, which nests deeper than XML. */
    @Test
    void theDepthOfTheTreeIsThatOfJson() {
        for (int depth : new int[] {98, 99, 100, 150}) {
            String json = "\"extension\":[{\"url\":\"u\",".repeat(depth) + "\"valueCode\":\"c\"" + "}]".repeat(depth);
            String xml =
                    "<extension url=\"u\">".repeat(depth) + "<valueCode value=\"c\"/>" + "</extension>".repeat(depth);
            if (depth < 100) {
                assertThat(acceptedXml(xmlPatient(xml))).isEqualTo(Structures.accepted(Structures.patient(json)));
            } else {
                assertThat(Structures.refused(Structures.patient(json))).isNotEmpty();
                assertThat(refusedXml(xmlPatient(xml)))
                        .extracting(Fault::diagnostics)
                        .first()
                        .asString()
                        .contains("200");
            }
        }
    }

    @Test
    void manyAttributesAreRefused() {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            attributes.append(" a").append(i).append("=\"1\"");
        }
        assertThat(faultsOfXml(xmlPatient("<name" + attributes + "/>"))).containsExactly("structure at Patient");
    }

    @Test
    void aLargeAttachmentIsRead() {
        String data = "AAAA".repeat(2_000_000);

        assertThat(acceptedXml("<Binary xmlns=\"http://hl7.org/fhir\"><contentType value=\"image/png\"/><data value=\""
                                + data + "\"/></Binary>")
                        .path("data")
                        .textValue())
                .isEqualTo(data);
    }
}
