package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 section 3.1.1.5.1, _sort. */
class SortTest {
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        patient("c", "\"birthDate\":\"1950-01-01\",\"name\":[{\"family\":\"Ding\"}]");
        patient("a", "\"birthDate\":\"1970-01-01\",\"name\":[{\"family\":\"Bao\"},{\"family\":\"Zhou\"}]");
        patient("b", "\"birthDate\":\"1960-01-01\",\"name\":[{\"family\":\"Cui\"}]");
        patient("d", "\"birthDate\":\"1960-01-01\",\"name\":[{\"family\":\"Bao\"}]");
        observation("early", "\"effectiveDateTime\":\"2020-01-01\"");
        observation("late", "\"effectiveDateTime\":\"2022-01-01\"");
        observation("middle", "\"effectiveDateTime\":\"2021\"");
        observation("undated", "\"valueString\":\"x\"");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static void patient(String id, String more) {
        Answers.json(hub.put("/Patient/" + id, """
            {"resourceType":"Patient","id":"%s",%s}\
            """.formatted(id, more)), 201);
    }

    private static void observation(String id, String more) {
        Answers.json(hub.put("/Observation/" + id, """
            {"resourceType":"Observation","id":"%s","status":"final","code":{"text":"x"},%s}\
            """.formatted(id, more)), 201);
    }

    private static List<String> found(String type, String sort) {
        return Answers.found(hub.get("/" + type + "?_sort=" + sort)).stream()
                .map(key -> key.substring(type.length() + 1))
                .toList();
    }

    @Test
    void byIdBothWays() {
        assertThat(found("Patient", "_id")).containsExactly("a", "b", "c", "d");
        assertThat(found("Patient", "-_id")).containsExactly("d", "c", "b", "a");
    }

    @Test
    void byTimeOfChangeBothWays() {
        assertThat(found("Patient", "_lastUpdated")).containsExactly("c", "a", "b", "d");
        assertThat(found("Patient", "-_lastUpdated")).containsExactly("d", "b", "a", "c");
    }

    @Test
    void byADateOfTheRecord() {
        assertThat(found("Patient", "birthdate,_id")).containsExactly("c", "b", "d", "a");
        assertThat(found("Patient", "-birthdate,_id")).containsExactly("a", "b", "d", "c");
    }

    @Test
    void byTheClinicalDateWithUndatedRecordsLowest() {
        assertThat(found("Observation", "-date")).containsExactly("late", "middle", "early", "undated");
        assertThat(found("Observation", "date")).containsExactly("undated", "early", "middle", "late");
    }

    /** Of several values the one counts that comes first in the order asked for. */
    @Test
    void byAStringWithSeveralValues() {
        assertThat(found("Patient", "family,_id")).containsExactly("a", "d", "b", "c");
        assertThat(found("Patient", "-family")).containsExactly("a", "c", "b", "d");
    }

    @Test
    void byUpToFourKeys() {
        assertThat(found("Patient", "family,-birthdate")).containsExactly("a", "d", "b", "c");
        assertThat(found("Patient", "birthdate,family")).containsExactly("c", "d", "b", "a");
    }

    @Test
    void newestFirstWhenNothingIsAskedFor() {
        assertThat(Answers.found(hub.get("/Patient")))
                .containsExactly("Patient/d", "Patient/b", "Patient/a", "Patient/c");
    }

    @Test
    void keysThatAreNotOfferedAreRefusedByName() {
        Answers.refused(hub.get("/Patient?_sort=nothing"), 400, "nothing");
        Answers.refused(hub.get("/Patient?_sort=identifier"), 400, "identifier");
        Answers.refused(hub.get("/Patient?_sort=organization"), 400, "organization");
        Answers.refused(hub.get("/Patient?_sort="), 400, "_sort");
        Answers.refused(hub.get("/Patient?_sort=_id,family,birthdate,name,given"), 400, "_sort");
    }
}
