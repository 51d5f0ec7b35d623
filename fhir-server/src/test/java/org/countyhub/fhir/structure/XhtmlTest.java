package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.structure.Structures.faults;
import static org.countyhub.fhir.structure.Structures.patient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FHIR R4 section 2.4.0: a narrative is one XHTML div. */
class XhtmlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>",
                "<div xmlns='http://www.w3.org/1999/xhtml'><p>a<br/>b &amp; c &#160; 血糖 😀</p></div>",
                "<div xmlns=\"http://www.w3.org/1999/xhtml\"><!-- note --><a href=\"Patient/1?a=b&amp;c=d\">x</a></div>",
                "<div/>",
                "<div>x</div>\n",
            })
    void accepts(String text) {
        assertThat(Xhtml.isDiv(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "<p>x</p>",
                "<divx/>",
                "<div>",
                "<div><p></div></p>",
                "<div>&nbsp;</div>",
                "<div>a & b</div>",
                "<div>a < b</div>",
                "<div a=b>x</div>",
                "<div a='1' a='2'>x</div>",
                "<div>x</div><div>y</div>",
                "<div>x</div>y",
                "<x:div>x</x:div>",
                "<div><svg:g/></div>",
                "<div><!-- a -- b --></div>",
                "<div>&#0;</div>",
                "<?xml version='1.0'?><div/>",
                "<!DOCTYPE div [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><div>&e;</div>",
                "<div><!DOCTYPE div [<!ENTITY e 'x'>]>&e;</div>",
            })
    void refuses(String text) {
        assertThat(Xhtml.isDiv(text)).isFalse();
    }

    @Test
    void aBrokenNarrativeIsRefusedWithItsPlace() {
        assertThat(faults(patient("\"text\":{\"status\":\"generated\",\"div\":\"<div>\"}")))
                .containsExactly("value at Patient.text.div");
        assertThat(faults(patient("\"text\":{\"status\":\"generated\",\"div\":{}}")))
                .containsExactly("structure at Patient.text.div");
    }
}
