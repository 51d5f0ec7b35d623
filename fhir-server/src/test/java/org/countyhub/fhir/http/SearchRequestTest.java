package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 sections 3.1.0.9 (search by GET and POST) and 3.1.1.1 (what is not understood). */
class SearchRequestTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        hub.put("/Patient/a", """
            {"resourceType":"Patient","id":"a","name":[{"family":"Zhang"}],"gender":"female"}\
            """);
        hub.put("/Patient/b", """
            {"resourceType":"Patient","id":"b","name":[{"family":"Zhang"}],"gender":"male"}\
            """);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void byIdFindsWhatReadFinds() {
        assertThat(Answers.found(hub.get("/Patient?_id=a"))).containsExactly("Patient/a");
        assertThat(Answers.found(hub.get("/Patient?_id=b,a,never&_sort=_id")))
                .containsExactly("Patient/a", "Patient/b");
        assertThat(Answers.found(hub.get("/Observation?_id=a"))).isEmpty();
        Answers.refused(hub.get("/Patient?_id=a/b"), 400, "_id");
    }

    @Test
    void conditionsAllHoldAndAlternativesAny() {
        assertThat(Answers.found(hub.get("/Patient?family=zhang&gender=male"))).containsExactly("Patient/b");
        assertThat(Answers.found(hub.get("/Patient?gender=male&gender=female"))).isEmpty();
        assertThat(Answers.found(hub.get("/Patient?gender=male,female"))).hasSize(2);
    }

    @Test
    void aFormIsSearchedLikeAnAddress() {
        assertThat(Answers.found(hub.post("/Patient/_search", "family=zhang&gender=male", "Content-Type", FORM)))
                .containsExactly("Patient/b");
        assertThat(Answers.found(
                        hub.post("/Patient/_search", "family=zh%61ng", "Content-Type", FORM + "; charset=UTF-8")))
                .hasSize(2);
    }

    /** Section 3.1.0.9: parameters of the address and of the form count together. */
    @Test
    void parametersOfAddressAndFormCombine() {
        assertThat(Answers.found(hub.post("/Patient/_search?gender=male", "family=zhang", "Content-Type", FORM)))
                .containsExactly("Patient/b");
        assertThat(Answers.found(hub.post("/Patient/_search?gender=male", "", "Content-Type", FORM)))
                .containsExactly("Patient/b");
    }

    @Test
    void pagesOfAFormGoOnByAddress() {
        var first = hub.post("/Patient/_search", "family=zhang&_count=1&_sort=_id", "Content-Type", FORM);
        String next = Answers.next(Answers.json(first, 200)).orElseThrow();

        assertThat(Answers.found(first)).containsExactly("Patient/a");
        assertThat(Answers.found(hub.get(next))).containsExactly("Patient/b");
    }

    @Test
    void aSearchByPostTakesNothingButAForm() {
        Answers.refused(hub.post("/Patient/_search", "{\"resourceType\":\"Patient\"}"), 415, "form");
        Answers.refused(hub.put("/Patient/_search", "{\"resourceType\":\"Patient\"}"), 405, "PUT");
        Answers.refused(hub.delete("/Patient/_search?family=zhang"), 405, "DELETE");
        assertThat(Answers.found(hub.get("/Patient?family=zhang"))).hasSize(2);
    }

    @Test
    void whatIsNotKnownIsRefusedByName() {
        for (String query : List.of(
                "nothing=1",
                "famly=zhang",
                "_text=x",
                "_content=x",
                "_filter=x",
                "_has:Observation:patient:code=1",
                "_list=x",
                "_query=x",
                "_type=Patient",
                "_contained=true",
                "_containedType=container",
                "_since=2020",
                "_at=2020",
                "_page=2",
                "=x")) {
            Answers.refused(hub.get("/Patient?" + query), 400, query.substring(0, query.indexOf('=')));
        }
    }

    @Test
    void modifiersThatAreNotOfferedAreRefusedByName() {
        for (String key : List.of(
                "gender:not",
                "gender:text",
                "identifier:of-type",
                "identifier:missing",
                "family:contains",
                "family:text",
                "birthdate:missing",
                "organization:identifier",
                "organization:missing",
                "link:above",
                "_id:not",
                "_lastUpdated:missing",
                "_sort:asc",
                "_count:x",
                "gender:",
                "family:Exact")) {
            Answers.refused(hub.get("/Patient?" + key + "=x"), 400, key);
        }
    }

    @Test
    void parametersOfOtherKindsAreRefusedByName() {
        Answers.refused(hub.get("/Observation?value-quantity=5"), 400, "value-quantity");
        Answers.refused(hub.get("/Observation?code-value-quantity=a$5"), 400, "code-value-quantity");
        Answers.refused(hub.get("/RiskAssessment?probability=0.5"), 400, "probability");
        Answers.refused(hub.get("/Location?near=1|2"), 400, "near");
    }

    /** Section 3.1.1.1: lenient handling leaves out what is not known, and says so. */
    @Test
    void lenientHandlingLeavesOutWhatIsNotKnownAndSaysSo() {
        var answer = hub.get("/Patient?nothing=1&gender=male", "Prefer", "handling=lenient");

        assertThat(Answers.found(answer)).containsExactly("Patient/b");
        JsonNode bundle = Answers.json(answer, 200);
        assertThat(bundle.at("/link/0/url").asText()).doesNotContain("nothing");
        JsonNode said = bundle.path("entry").path(bundle.path("entry").size() - 1);
        assertThat(said.at("/search/mode").asText()).isEqualTo("outcome");
        assertThat(said.at("/resource/issue/0/diagnostics").asText()).contains("nothing");
        Answers.refused(hub.get("/Patient?nothing=1", "Prefer", "handling=strict"), 400, "nothing");
    }

    @Test
    void lenientHandlingDoesNotMakeBadValuesGood() {
        Answers.refused(hub.get("/Patient?birthdate=x", "Prefer", "handling=lenient"), 400, "birthdate");
    }

    @Test
    void aSearchOverAllTypesIsRefused() {
        Answers.refusedAt(hub.get("?_id=a"), 400, "_id");
        Answers.refusedAt(hub.get("?_format=json&name=x"), 400, "name");
        Answers.refusedAt(hub.post("/_search", "_id=a", "Content-Type", FORM), 400, "_id");
        Answers.refusedAt(hub.get(""), 400, "_type");
        Answers.refusedAt(hub.get("?_type=Patient"), 400, "_type");
        assertThat(hub.get("?_id=a").body()).contains("a search over all types is not offered");
    }

    /** Section 3.1.0.7.1. */
    @Test
    void aDeleteOverAllTypesIsRefused() {
        Answers.refusedAt(hub.delete("?_id=a"), 400, "_id");
        assertThat(hub.get("/Patient/a").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsSaidTwiceIsRefused() {
        Answers.refusedAt(hub.get("/Patient?_count=1&_count=2"), 400, "_count");
        Answers.refusedAt(hub.get("/Patient?_sort=_id&_sort=family"), 400, "_sort");
        Answers.refusedAt(hub.post("/Patient/_search?_count=1", "_count=2", "Content-Type", FORM), 400, "_count");
        Answers.refusedAt(hub.get("/Patient/_history?_count=1&_count=2"), 400, "_count");
        assertThat(hub.get("/Patient?_format=json&_format=json").statusCode()).isEqualTo(200);
    }
}
