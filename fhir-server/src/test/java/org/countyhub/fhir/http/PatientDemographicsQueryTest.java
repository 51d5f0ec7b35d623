package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.http.Answers.found;
import static org.countyhub.fhir.http.Answers.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mobile Patient Demographics Query, IHE PDQm ITI-78, section 2:3.78.4.1. */
class PatientDemographicsQueryTest {
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        json(hub.put("/Patient/mohr", """
                {"resourceType":"Patient","id":"mohr","active":true,"name":[{"family":"Mohr","given":["Alice"]}],
                 "gender":"female","birthDate":"1958-01-30","telecom":[{"system":"phone","value":"13800000000"}],
                 "address":[{"line":["Lake Street 5"],"city":"Xiamei","state":"Fujian","postalCode":"362300","country":"CN"}],
                 "identifier":[{"system":"urn:oid:1.2.3.4","value":"a"},{"system":"urn:oid:1.2.3.5","value":"b"}],
                 "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName",
                   "valueString":"Éclair"}]}"""), 201);
        json(hub.put("/Patient/other", """
                {"resourceType":"Patient","id":"other","active":false,"name":[{"family":"Other"}],"gender":"male",
                 "extension":[{"url":"http://example.org/another","valueString":"Eclair"}]}"""), 201);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_id=mohr",
                "active=true",
                "family=MOHR",
                "given=ali",
                "family:exact=Mohr&given:exact=Alice",
                "identifier=urn:oid:1.2.3.4|a",
                "telecom=13800000000",
                "birthdate=1958-01-30",
                "address=lake",
                "address:exact=Xiamei",
                "address-city=Xiamei",
                "address-country:exact=CN",
                "address-postalcode=362300",
                "address-state=Fujian",
                "gender=female",
                "mothersMaidenName=ecl",
                "mothersMaidenName:exact=%C3%89clair",
                "family=mohr&gender=female",
                "family=mohr&birthdate=1958",
                "family=nobody,mohr"
            })
    void everyParameterOfTheProfileFindsThePatient(String query) {
        assertThat(found(hub.get("/Patient?" + query))).containsExactly("Patient/mohr");
        assertThat(found(hub.post("/Patient/_search", query, "Content-Type", "application/x-www-form-urlencoded")))
                .containsExactly("Patient/mohr");
        assertThat(json(hub.get("/Patient?" + query), 200).path("total").asInt())
                .isEqualTo(1);
    }

    @Test
    void exactIsExact() {
        assertThat(found(hub.get("/Patient?mothersMaidenName:exact=Eclair"))).isEmpty();
        assertThat(found(hub.get("/Patient?family:exact=MOHR"))).isEmpty();
    }

    private static List<String> systems(String query) {
        ObjectNode bundle = json(hub.get("/Patient?" + query), 200);
        return bundle.at("/entry/0/resource/identifier").findValuesAsText("system");
    }

    @Test
    void identifiersAreThoseOfTheDomainsAskedFor() {
        assertThat(systems("family=mohr&identifier=urn:oid:1.2.3.5|")).containsExactly("urn:oid:1.2.3.5");
        assertThat(systems("identifier=urn:oid:1.2.3.5|,urn:oid:1.2.3.4|"))
                .containsExactly("urn:oid:1.2.3.4", "urn:oid:1.2.3.5");
        assertThat(systems("identifier=urn:oid:1.2.3.5|b"))
                .as("a whole identifier names no domain")
                .hasSize(2);
        JsonNode part =
                json(hub.get("/Patient?identifier=urn:oid:1.2.3.5|"), 200).at("/entry/0/resource");
        assertThat(part.path("meta").toString()).contains("SUBSETTED");
        assertThat(json(hub.get("/Patient/mohr"), 200).path("identifier")).hasSize(2);
    }

    @Test
    void aDomainThatNobodyKnowsIsTold() {
        ObjectNode outcome = json(hub.get("/Patient?family=mohr&identifier=urn:oid:9.9.9|"), 404);

        assertThat(outcome.at("/issue/0/severity").asText()).isEqualTo("warning");
        assertThat(outcome.at("/issue/0/code").asText()).isEqualTo("not-found");
        assertThat(outcome.at("/issue/0/diagnostics").asText()).startsWith("targetSystem not found");
    }

    @Test
    void aDomainIsKnownByTheCountyOrByItsNamingSystemBeforeAnyoneHasANumberOfIt() {
        json(hub.post("/NamingSystem", """
                {"resourceType":"NamingSystem","name":"x","status":"active","kind":"identifier","date":"2026-01-01",
                 "uniqueId":[{"type":"oid","value":"1.2.3.77"}]}"""), 201);

        assertThat(found(hub.get("/Patient?identifier=urn:oid:1.2.3.77|"))).isEmpty();
        assertThat(found(hub.get("/Patient?identifier=urn:oid:2.16.156.10011.1.15|")))
                .isEmpty();
    }

    /** ITI-119. */
    @Test
    void aPatientMayBeMatchedWithoutParametersAroundIt() {
        ObjectNode bundle = json(hub.post("/Patient/$match", """
                {"resourceType":"Patient","name":[{"family":"Mohr","given":["Alice"]}],"gender":"female",
                 "birthDate":"1958-01-30","identifier":[{"system":"urn:oid:1.2.3.4","value":"a"}]}"""), 200);

        assertThat(bundle.at("/entry/0/resource/id").asText()).isEqualTo("mohr");
        assertThat(bundle.at("/entry/0/search").toString()).contains("match-grade", "score");
    }

    @Test
    void theStatementClaimsNoMoreThanIsTrue() {
        JsonNode statement = json(hub.get("/metadata"), 200);
        assertThat(statement.path("instantiates").toString())
                .contains("IHE.PMIR.PatientIdentityConsumer")
                .as("it asks for a search over all types")
                .doesNotContain("PDQm");
        assertThat(statement.at("/messaging/0/supportedMessage/0/mode").asText())
                .isEqualTo("receiver");
        assertThat(statement.at("/rest/0/operation").findValuesAsText("name")).contains("process-message");
    }
}
