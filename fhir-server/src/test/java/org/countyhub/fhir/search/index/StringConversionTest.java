package org.countyhub.fhir.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.search.index.Extraction.found;

import org.junit.jupiter.api.Test;

/** FHIR R4 section 3.1.1.4.8. */
class StringConversionTest {
    @Test
    void aNameCountsByEachOfItsParts() {
        String patient = """
                {'resourceType':'Patient','name':[{'text':'张三','family':'张','given':['三',null],'prefix':['Dr.'],
                  'suffix':['MD'],'use':'official'}]}""";

        assertThat(found("name", patient))
                .containsExactly(
                        "Text[value=张三]", "Text[value=张]", "Text[value=三]", "Text[value=Dr.]", "Text[value=MD]");
        assertThat(found("family", patient)).containsExactly("Text[value=张]");
        assertThat(found("given", patient)).containsExactly("Text[value=三]");
    }

    @Test
    void anAddressCountsByEachOfItsParts() {
        assertThat(found("address", """
                        {'resourceType':'Patient','address':[{'use':'home','line':['1 Road','Room 2'],'city':'C','district':'D',
                          'state':'S','postalCode':'100000','country':'CN','text':'all'}]}"""))
                .containsExactlyInAnyOrder(
                        "Text[value=1 Road]",
                        "Text[value=Room 2]",
                        "Text[value=C]",
                        "Text[value=D]",
                        "Text[value=S]",
                        "Text[value=100000]",
                        "Text[value=CN]",
                        "Text[value=all]");
    }

    @Test
    void theTextOfAConceptIsAStringWhereTheExpressionAsksForIt() {
        assertThat(found("value-string", "{'resourceType':'Observation','valueCodeableConcept':{'text':'clear'}}"))
                .containsExactly("Text[value=clear]");
    }

    @Test
    void textIsNotNormalised() {
        assertThat(found("value-string", "{'resourceType':'Observation','valueString':'ÀB  c'}"))
                .containsExactly("Text[value=ÀB  c]");
    }
}
