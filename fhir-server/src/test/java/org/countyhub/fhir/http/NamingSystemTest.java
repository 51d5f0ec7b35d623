package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Identifiers are kept under the one address of their system, whatever address a sender gives (R4, NamingSystem). */
class NamingSystemTest {
    private static final String CANONICAL = "http://county.example/id/resident";
    private static final String OID = "urn:oid:2.16.156.10011.1.3";
    private static final String ALIAS = "http://hospital.example/resident-card";

    private static TestHub hub;
    private static String early;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        early = Answers.created(hub.post("/Patient", patient(ALIAS, "1")));
        Answers.json(hub.put("/NamingSystem/resident", """
            {"resourceType":"NamingSystem","id":"resident","name":"Resident","status":"active","kind":"identifier",
             "date":"2026-01-01","uniqueId":[
              {"type":"oid","value":"2.16.156.10011.1.3"},
              {"type":"uri","value":"http://county.example/id/resident","preferred":true},
              {"type":"uri","value":"http://hospital.example/resident-card"}]}\
            """), 201);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String patient(String system, String value) {
        return """
            {"resourceType":"Patient","identifier":[{"system":"%s","value":"%s"}]}\
            """.formatted(system, value);
    }

    @Test
    void anAliasIsNormalisedAndWhatWasSentIsKept() {
        String id = Answers.created(hub.post("/Patient", patient(ALIAS, "2")));

        JsonNode identifier = Answers.json(hub.get("/Patient/" + id), 200).at("/identifier/0");
        assertThat(identifier.path("system").asText()).isEqualTo(CANONICAL);
        assertThat(identifier.at("/_system/extension/0/valueUri").asText()).isEqualTo(ALIAS);
        assertThat(identifier.at("/_system/extension/0/url").asText()).isNotEmpty();
    }

    @Test
    void theCanonicalAddressIsKeptAsItIs() {
        String id = Answers.created(hub.post("/Patient", patient(CANONICAL, "3")));

        assertThat(Answers.json(hub.get("/Patient/" + id), 200)
                        .at("/identifier/0")
                        .has("_system"))
                .isFalse();
    }

    @Test
    void aSearchByAnyAddressFindsWhatWasSentUnderAnyOther() {
        String a = "Patient/" + Answers.created(hub.post("/Patient", patient(ALIAS, "4")));
        String b = "Patient/" + Answers.created(hub.post("/Patient", patient(OID, "4")));
        String c = "Patient/" + Answers.created(hub.post("/Patient", patient(CANONICAL, "4")));

        for (String system : new String[] {ALIAS, OID, CANONICAL}) {
            assertThat(Answers.found(hub.get("/Patient?identifier=" + system + "|4")))
                    .containsExactlyInAnyOrder(a, b, c);
        }
        assertThat(Answers.found(hub.get("/Patient?identifier=http://other.example|4")))
                .isEmpty();
    }

    @Test
    void whatWasStoredBeforeTheAliasWasKnownIsFoundByAllAddresses() {
        for (String system : new String[] {ALIAS, OID, CANONICAL}) {
            assertThat(Answers.found(hub.get("/Patient?identifier=" + system + "|1")))
                    .containsExactly("Patient/" + early);
        }
        assertThat(Answers.found(hub.get("/Patient?identifier=" + OID + "|"))).contains("Patient/" + early);
    }

    @Test
    void aChainKnowsTheAliases() {
        String id = Answers.created(hub.post("/Patient", patient(ALIAS, "5")));
        String observation = Answers.created(hub.post("/Observation", """
            {"resourceType":"Observation","status":"final","code":{"text":"x"},
             "subject":{"reference":"Patient/%s"}}\
            """.formatted(id)));

        assertThat(Answers.found(hub.get("/Observation?patient.identifier=" + OID + "|5")))
                .containsExactly("Observation/" + observation);
    }

    @Test
    void conditionalCreatesKnowTheAliases() {
        String id = Answers.created(hub.post("/Patient", patient(ALIAS, "6")));

        var again = hub.post("/Patient", patient(OID, "6"), "If-None-Exist", "identifier=" + OID + "|6");

        assertThat(Answers.json(again, 200).path("id").asText()).isEqualTo(id);
    }

    @Test
    void writingTheSameAgainKeepsTheVersion() {
        String sent = """
            {"resourceType":"Patient","id":"again","identifier":[{"system":"%s","value":"7"}]}\
            """.formatted(ALIAS);
        hub.put("/Patient/again", sent);

        assertThat(Answers.json(hub.put("/Patient/again", sent), 200)
                        .at("/meta/versionId")
                        .asText())
                .isEqualTo("1");
        String read = hub.get("/Patient/again").body();
        assertThat(Answers.json(hub.put("/Patient/again", read), 200)
                        .at("/meta/versionId")
                        .asText())
                .isEqualTo("1");
    }

    @Test
    void anAliasThatIsTakenBackIsOneNoMore() {
        String system = """
            {"resourceType":"NamingSystem","id":"brief","name":"Brief","status":"active","kind":"identifier",
             "date":"2026-01-01","uniqueId":[{"type":"uri","value":"urn:brief:1"},
             {"type":"uri","value":"urn:brief:%s"}]}\
            """;
        hub.put("/NamingSystem/brief", system.formatted("2"));
        String id = Answers.created(hub.post("/Patient", patient("urn:brief:2", "8")));
        assertThat(hub.get("/Patient/" + id).body()).contains("\"system\":\"urn:brief:1\"");

        hub.put("/NamingSystem/brief", system.formatted("3"));

        String later = Answers.created(hub.post("/Patient", patient("urn:brief:2", "8")));
        assertThat(hub.get("/Patient/" + later).body()).contains("\"system\":\"urn:brief:2\"");
    }
}
