package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 sections 3.1.1.4.5 (prefixes) and 3.1.1.4.7 (date). Days begin at midnight in Shanghai. */
class DateSearchTest {
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        observation("day", "\"effectiveDateTime\":\"2020-05-10\"");
        observation("month", "\"effectiveDateTime\":\"2020-05\"");
        observation("instant", "\"effectiveDateTime\":\"2020-05-10T09:00:00+08:00\"");
        observation("week", "\"effectivePeriod\":{\"start\":\"2020-05-08\",\"end\":\"2020-05-14\"}");
        observation("since", "\"effectivePeriod\":{\"start\":\"2020-05-08\"}");
        observation("until", "\"effectivePeriod\":{\"end\":\"2020-05-14\"}");
        observation("undated", "\"valueString\":\"x\"");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static void observation(String id, String more) {
        Answers.json(hub.put("/Observation/" + id, """
            {"resourceType":"Observation","id":"%s","status":"final","code":{"text":"x"},%s}\
            """.formatted(id, more)), 201);
    }

    private static List<String> found(String query) {
        return Answers.found(hub.get("/Observation?" + query + "&_count=100")).stream()
                .map(key -> key.substring("Observation/".length()))
                .toList();
    }

    @Test
    void eqFindsWhatLiesWithinTheDate() {
        assertThat(found("date=2020-05-10")).containsExactlyInAnyOrder("day", "instant");
        assertThat(found("date=eq2020-05")).containsExactlyInAnyOrder("day", "month", "instant", "week");
        assertThat(found("date=2020-05-10T09:00:00%2B08:00")).containsExactly("instant");
    }

    @Test
    void eqExcludesPeriodsThatStartEarlierOrEndLater() {
        assertThat(found("date=2020-05-09")).isEmpty();
        assertThat(found("date=2020")).doesNotContain("since", "until");
    }

    @Test
    void neFindsWhatDoesNotLieWithinTheDate() {
        assertThat(found("date=ne2020-05-10")).containsExactlyInAnyOrder("month", "week", "since", "until");
        assertThat(found("date=ne2020-05")).containsExactlyInAnyOrder("since", "until");
    }

    @Test
    void gtFindsWhatReachesAboveTheDate() {
        assertThat(found("date=gt2020-05-10")).containsExactlyInAnyOrder("month", "week", "since", "until");
        assertThat(found("date=gt2020-05-31")).containsExactly("since");
    }

    @Test
    void ltFindsWhatReachesBelowTheDate() {
        assertThat(found("date=lt2020-05-10")).containsExactlyInAnyOrder("month", "week", "since", "until");
        assertThat(found("date=lt2020-05-01")).containsExactly("until");
    }

    @Test
    void geAddsWhatLiesWithinTheDate() {
        assertThat(found("date=ge2020-05-10"))
                .containsExactlyInAnyOrder("day", "instant", "month", "week", "since", "until");
        assertThat(found("date=ge2020-05-15")).containsExactlyInAnyOrder("month", "since");
    }

    @Test
    void leAddsWhatLiesWithinTheDate() {
        assertThat(found("date=le2020-05-10"))
                .containsExactlyInAnyOrder("day", "instant", "month", "week", "since", "until");
        assertThat(found("date=le2020-05-07")).containsExactlyInAnyOrder("month", "until");
    }

    @Test
    void saFindsWhatStartsAfterTheDate() {
        assertThat(found("date=sa2020-05-09")).containsExactlyInAnyOrder("day", "instant");
        assertThat(found("date=sa2020-05-07")).containsExactlyInAnyOrder("day", "instant", "week", "since");
    }

    @Test
    void ebFindsWhatEndsBeforeTheDate() {
        assertThat(found("date=eb2020-05-11")).containsExactlyInAnyOrder("day", "instant");
        assertThat(found("date=eb2020-05-15")).containsExactlyInAnyOrder("day", "instant", "week", "until");
    }

    /** The server widens by a tenth of the distance from now: about half a year in this case. */
    @Test
    void apFindsWhatOverlapsTheWidenedDate() {
        assertThat(found("date=ap2020-06-10"))
                .containsExactlyInAnyOrder("day", "instant", "month", "week", "since", "until");
        assertThat(found("date=ap2010-01-01")).containsExactly("until");
    }

    @Test
    void alternativesAndConditionsCombine() {
        assertThat(found("date=2020-05-10,lt2020-05-01")).containsExactlyInAnyOrder("day", "instant", "until");
        assertThat(found("date=ge2020-05-10&date=lt2020-05-11")).contains("day", "instant", "week");
    }

    @Test
    void aTimeWithoutOffsetIsLocal() {
        assertThat(found("date=2020-05-10T09:00:00")).containsExactly("instant");
        assertThat(found("date=2020-05-10T09:00")).containsExactly("instant");
        assertThat(found("date=2020-05-10T01:00:00Z")).containsExactly("instant");
    }

    @Test
    void otherDatesOfARecordAreSearchedByTheirOwnNames() {
        Answers.json(hub.put("/Patient/born", """
            {"resourceType":"Patient","id":"born","birthDate":"1960-03-04","deceasedDateTime":"2019-01-02"}\
            """), 201);

        assertThat(Answers.found(hub.get("/Patient?birthdate=1960-03-04"))).containsExactly("Patient/born");
        assertThat(Answers.found(hub.get("/Patient?birthdate=lt1960-03-04"))).isEmpty();
        assertThat(Answers.found(hub.get("/Patient?death-date=ge2019&birthdate=1960")))
                .containsExactly("Patient/born");
    }

    @Test
    void lastUpdatedIsAnInstant() {
        String updated = Answers.json(hub.get("/Observation/day"), 200)
                .at("/meta/lastUpdated")
                .asText();

        assertThat(found("_id=day&_lastUpdated=" + updated)).containsExactly("day");
        assertThat(found("_id=day&_lastUpdated=ge" + updated)).containsExactly("day");
        assertThat(found("_id=day&_lastUpdated=gt" + updated)).isEmpty();
        assertThat(found("_id=day&_lastUpdated=le" + updated)).containsExactly("day");
        assertThat(found("_id=day&_lastUpdated=lt" + updated)).isEmpty();
        assertThat(found("_lastUpdated=lt2000")).isEmpty();
    }

    @Test
    void whatIsNoDateIsRefused() {
        for (String value :
                List.of("2020-13", "2020-02-30", "yesterday", "xx2020", "2020-05-10T25:00", "ge", "20200510")) {
            Answers.refused(hub.get("/Observation?date=" + value), 400, "date");
        }
    }
}
