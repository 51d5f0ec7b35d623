package org.countyhub.fhir.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.search.index.Extraction.found;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** FHIR R4 section 3.1.1.4, composite: values count together only when they are found in the same element. */
class CompositeTest {
    @Test
    void codeAndValueOfAnObservationCountTogether() {
        assertThat(
                        found(
                                "code-value-quantity",
                                "{'resourceType':'Observation','code':{'coding':[{'code':'a'},{'code':'b'}]},'valueQuantity':{'value':1}}"))
                .containsExactly(
                        "[Token[system=null, code=a], Quantity[low=1, high=1, system=null, code=null, unit=null]]",
                        "[Token[system=null, code=b], Quantity[low=1, high=1, system=null, code=null, unit=null]]");
    }

    @Test
    void eachComponentCountsByItself() {
        assertThat(found("component-code-value-concept", """
                        {'resourceType':'Observation','component':[
                          {'code':{'coding':[{'code':'a'}]},'valueCodeableConcept':{'coding':[{'code':'x'}]}},
                          {'code':{'coding':[{'code':'b'}]},'valueCodeableConcept':{'coding':[{'code':'y'}]}},
                          {'code':{'coding':[{'code':'c'}]}}]}"""))
                .containsExactly(
                        "[Token[system=null, code=a], Token[system=null, code=x]]",
                        "[Token[system=null, code=b], Token[system=null, code=y]]");
    }

    @Test
    void aComponentOutsideOfTheBaseIsTakenFromTheResource() {
        assertThat(found("chromosome-variant-coordinate", """
                        {'resourceType':'MolecularSequence','referenceSeq':{'chromosome':{'coding':[{'code':'7'}]}},
                          'variant':[{'start':1},{'start':2}]}"""))
                .containsExactly(
                        "[Token[system=null, code=7], Number[low=1, high=1]]",
                        "[Token[system=null, code=7], Number[low=2, high=2]]");
    }

    @Test
    void theNumberOfCombinationsIsBounded() {
        String codings = IntStream.range(0, 100)
                .mapToObj(i -> "{'code':'" + i + "'}")
                .collect(Collectors.joining(",", "{'coding':[", "]}"));

        assertThat(found(
                        "code-value-concept",
                        "{'resourceType':'Observation','code':" + codings + ",'valueCodeableConcept':" + codings + "}"))
                .hasSize(TupleLeaf.MAX_COMBINATIONS);
    }
}
