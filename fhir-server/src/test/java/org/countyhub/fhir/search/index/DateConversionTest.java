package org.countyhub.fhir.search.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.search.index.Extraction.found;

import org.junit.jupiter.api.Test;

/** FHIR R4 section 3.1.1.4.7; dates without offset lie in Asia/Shanghai. */
class DateConversionTest {
    @Test
    void aDateIsTheWholeDayInTheServersZone() {
        assertThat(found("birthdate", "{'resourceType':'Patient','birthDate':'2000-01-02'}"))
                .containsExactly(range("2000-01-01T16:00:00Z", "2000-01-02T16:00:00Z"));
    }

    @Test
    void anInstantIsAsPreciseAsItsFraction() {
        assertThat(found("_lastUpdated", "{'resourceType':'Binary','meta':{'lastUpdated':'2024-01-01T00:00:00.5Z'}}"))
                .containsExactly(range("2024-01-01T00:00:00.500Z", "2024-01-01T00:00:00.600Z"));
    }

    @Test
    void aPeriodLastsFromTheBeginningOfItsStartToTheEndOfItsEnd() {
        assertThat(found("date", "{'resourceType':'Encounter','period':{'start':'2024-01-01','end':'2024-01-02'}}"))
                .containsExactly(range("2023-12-31T16:00:00Z", "2024-01-02T16:00:00Z"));
    }

    @Test
    void aPeriodWithoutStartOrEndIsOpenThere() {
        assertThat(found("date", "{'resourceType':'Encounter','period':{'start':'2024-01-01'}}"))
                .containsExactly(range("2023-12-31T16:00:00Z", IndexValue.DateRange.OPEN_HIGH.toString()));
        assertThat(found("date", "{'resourceType':'Encounter','period':{'end':'2024-01-01'}}"))
                .containsExactly(range(IndexValue.DateRange.OPEN_LOW.toString(), "2024-01-01T16:00:00Z"));
    }

    @Test
    void aPeriodThatSaysNothingOrEndsBeforeItStartsIsLeftOut() {
        assertThat(found("date", "{'resourceType':'Encounter','period':{'id':'x'}}"))
                .isEmpty();
        assertThat(found("date", "{'resourceType':'Encounter','period':{'start':'2024','end':'2023'}}"))
                .isEmpty();
    }

    @Test
    void aTimingCountsByItsOuterLimits() {
        assertThat(
                        found(
                                "occurrence",
                                "{'resourceType':'ServiceRequest','occurrenceTiming':{'event':['2024-03-03','2024-01-01','2024-02-02']}}"))
                .containsExactly(range("2023-12-31T16:00:00Z", "2024-03-03T16:00:00Z"));
        assertThat(
                        found(
                                "occurrence",
                                "{'resourceType':'ServiceRequest','occurrenceTiming':{'repeat':{'boundsPeriod':{'start':'2024'}}}}"))
                .containsExactly(range("2023-12-31T16:00:00Z", IndexValue.DateRange.OPEN_HIGH.toString()));
    }

    @Test
    void aDateThatIsNotOnTheCalendarIsLeftOut() {
        assertThat(found("birthdate", "{'resourceType':'Patient','birthDate':'2023-02-30'}"))
                .isEmpty();
    }

    @Test
    void otherTypesOfAChoiceAreNoDates() {
        assertThat(found("date", "{'resourceType':'Procedure','performedString':'2024'}"))
                .isEmpty();
    }

    private static String range(String low, String high) {
        return "DateRange[lowInclusive=" + low + ", highExclusive=" + high + "]";
    }
}
