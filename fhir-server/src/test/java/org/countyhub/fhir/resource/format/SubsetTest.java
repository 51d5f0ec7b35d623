package org.countyhub.fhir.resource.format;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code _summary} and {@code _elements}: FHIR R4 sections 3.1.1.5.9 and 3.1.1.5.10. */
class SubsetTest {
    private static final ObjectNode OBSERVATION =
            json("{'resourceType':'Observation','id':'o','meta':{'versionId':'1'},"
                    + "'text':{'status':'generated','div':'<div/>'},'modifierExtension':[{'url':'m','valueCode':'x'}],"
                    + "'status':'final','_status':{'id':'s'},'code':{'text':'c','coding':[{'code':'1'}]},"
                    + "'valueQuantity':{'value':1.50},'note':[{'text':'n'}],"
                    + "'component':[{'code':{'text':'a'},'valueInteger':1,'interpretation':[{'text':'i'}]}]}");

    private final Subset subset = new Subset(FhirContext.forR4Cached());

    @Test
    void summaryKeepsWhatTheSpecificationMarks() {
        ObjectNode result = subset.summary(OBSERVATION, Summary.TRUE);
        assertThat(result.fieldNames())
                .toIterable()
                .containsExactly(
                        "resourceType",
                        "id",
                        "meta",
                        "modifierExtension",
                        "status",
                        "_status",
                        "code",
                        "valueQuantity",
                        "component");
        assertThat(result.at("/component/0").toString()).isEqualTo("{\"code\":{\"text\":\"a\"},\"valueInteger\":1}");
        assertThat(result.at("/code/coding/0/code").textValue()).isEqualTo("1");
        assertSubsetted(result);
    }

    @Test
    void textKeepsNarrativeAndMandatoryElements() {
        ObjectNode result = subset.summary(OBSERVATION, Summary.TEXT);
        assertThat(result.fieldNames())
                .toIterable()
                .containsExactly(
                        "resourceType", "id", "meta", "text", "modifierExtension", "status", "_status", "code");
        assertSubsetted(result);
    }

    @Test
    void dataKeepsEverythingButTheNarrative() {
        ObjectNode result = subset.summary(OBSERVATION, Summary.DATA);
        assertThat(result.has("text")).isFalse();
        assertThat(result.size()).isEqualTo(OBSERVATION.size() - 1);
        assertSubsetted(result);
    }

    @Test
    void falseKeepsEverythingUntagged() {
        assertThat((JsonNode) subset.summary(OBSERVATION, Summary.FALSE)).isEqualTo(OBSERVATION);
    }

    @Test
    void countKeepsTheTotalOfASearch() {
        ObjectNode bundle = json("{'resourceType':'Bundle','type':'searchset','total':3,'entry':[{}]}");
        assertThat((JsonNode) subset.summary(bundle, Summary.COUNT))
                .isEqualTo(json("{'resourceType':'Bundle','type':'searchset','total':3}"));
        assertThat((JsonNode) subset.summary(OBSERVATION, Summary.COUNT)).isEqualTo(OBSERVATION);
    }

    @Test
    void elementsKeepsThemAndTheMandatoryOnes() {
        ObjectNode result = subset.elements(OBSERVATION, Set.of("value", "note"));
        assertThat(result.fieldNames())
                .toIterable()
                .containsExactly(
                        "resourceType",
                        "id",
                        "meta",
                        "modifierExtension",
                        "status",
                        "_status",
                        "code",
                        "valueQuantity",
                        "note");
        assertSubsetted(result);
    }

    @Test
    void ofABundleTheResourcesAreReducedAndTheBundleIsNot() {
        ObjectNode bundle = json("{'resourceType':'Bundle','type':'searchset','total':1,'entry':["
                + "{'fullUrl':'u','resource':" + OBSERVATION + ",'search':{'mode':'match'}},"
                + "{'resource':{'resourceType':'OperationOutcome','text':{}}},{'fullUrl':'v'}]}");
        ObjectNode result = subset.summary(bundle, Summary.DATA);
        assertThat(result.at("/entry/0/resource/text").isMissingNode()).isTrue();
        assertThat(result.at("/entry/0/search/mode").textValue()).isEqualTo("match");
        assertThat(result.at("/entry/1/resource/text").isMissingNode()).isFalse();
        assertThat(result.has("meta")).isFalse();
        assertSubsetted((ObjectNode) result.at("/entry/0/resource"));
    }

    @Test
    void theTagIsSetOnceAndTheOriginalIsNotTouched() {
        String before = OBSERVATION.toString();
        ObjectNode twice = subset.summary(subset.summary(OBSERVATION, Summary.DATA), Summary.TRUE);
        assertSubsetted(twice);
        assertThat(OBSERVATION.toString()).isEqualTo(before);
    }

    @Test
    void summaryValuesAreThoseOfTheSpecification() {
        assertThat(Summary.of("data")).isEqualTo(Summary.DATA);
        assertThat(Summary.of("Data")).isNull();
    }

    private static void assertSubsetted(ObjectNode resource) {
        assertThat(resource.at("/meta/tag"))
                .singleElement()
                .extracting(JsonNode::toString)
                .isEqualTo(
                        "{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ObservationValue\",\"code\":\"SUBSETTED\"}");
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
