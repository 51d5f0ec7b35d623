package org.countyhub.fhir.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.search.index.Extraction.found;

import org.junit.jupiter.api.Test;

/** FHIR R4 sections 3.1.1.4.11 (quantity) and 3.1.1.4.6 (number). */
class AmountConversionTest {
    @Test
    void aQuantityKeepsItsPrecisionAndUnit() {
        assertThat(quantity("'value':5.40,'unit':'mg/dl','system':'http://unitsofmeasure.org','code':'mg/dL'"))
                .isEqualTo("Quantity[low=5.40, high=5.40, system=http://unitsofmeasure.org, code=mg/dL, unit=mg/dl]");
    }

    @Test
    void aComparatorOpensTheQuantity() {
        assertThat(quantity("'value':5,'comparator':'<'"))
                .isEqualTo("Quantity[low=null, high=5, system=null, code=null, unit=null]");
        assertThat(quantity("'value':5,'comparator':'>='"))
                .isEqualTo("Quantity[low=5, high=null, system=null, code=null, unit=null]");
    }

    @Test
    void aRangeMayHaveAnOpenEnd() {
        assertThat(found("onset-age", "{'resourceType':'Condition','onsetRange':{'low':{'value':5,'code':'a'}}}"))
                .containsExactly("Quantity[low=5, high=null, system=null, code=a, unit=null]");
        assertThat(found(
                        "onset-age",
                        "{'resourceType':'Condition','onsetRange':{'low':{'value':5},'high':{'value':4}}}"))
                .isEmpty();
    }

    @Test
    void moneyIsAQuantityOfItsCurrency() {
        assertThat(found("totalnet", "{'resourceType':'Invoice','totalNet':{'value':12.5,'currency':'CNY'}}"))
                .containsExactly("Quantity[low=12.5, high=12.5, system=urn:iso:std:iso:4217, code=CNY, unit=null]");
    }

    @Test
    void sampledDataAndQuantitiesWithoutValueContributeNothing() {
        assertThat(found("value-quantity", "{'resourceType':'Observation','valueSampledData':{'data':'1 2 3'}}"))
                .isEmpty();
        assertThat(found("value-quantity", "{'resourceType':'Observation','valueQuantity':{'code':'mg'}}"))
                .isEmpty();
    }

    @Test
    void numbersWithAbsurdlyManyDigitsAreLeftOut() {
        assertThat(found("value-quantity", "{'resourceType':'Observation','valueQuantity':{'value':1e999999999}}"))
                .isEmpty();
        assertThat(found("value-quantity", "{'resourceType':'Observation','valueQuantity':{'value':1e-999999999}}"))
                .isEmpty();
        assertThat(found("value-quantity", "{'resourceType':'Observation','valueQuantity':{'value':'5'}}"))
                .isEmpty();
    }

    @Test
    void decimalsAndRangesAreNumbers() {
        assertThat(found("probability", """
                        {'resourceType':'RiskAssessment','prediction':[{'probabilityDecimal':0.50},
                          {'probabilityRange':{'low':{'value':1},'high':{'value':2}}},{'probabilityRange':{'low':{'value':1}}}]}""")).containsExactly("Number[low=0.50, high=0.50]", "Number[low=1, high=2]");
    }

    private static String quantity(String fields) {
        return found("value-quantity", "{'resourceType':'Observation','valueQuantity':{" + fields + "}}")
                .getFirst();
    }
}
