package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** FHIR R4 sections 3.1.1.4.12 (reference), 3.1.1.4.4 (chaining) and 3.1.1.5.4 (_include, _revinclude). */
class ReferenceSearchTest {
    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        keep("Practitioner", "doc", "\"identifier\":[{\"value\":\"D1\"}]");
        keep("Organization", "hospital", "\"name\":\"First Hospital\"");
        keep("Group", "same", "\"type\":\"person\",\"actual\":true");
        keep("Patient", "same", """
            "identifier":[{"system":"urn:id","value":"P1"}],"name":[{"family":"Chen"}],"birthDate":"1970-01-01",
            "managingOrganization":{"reference":"Organization/hospital"}\
            """);
        keep("Patient", "other", "\"identifier\":[{\"system\":\"urn:id\",\"value\":\"P2\"}]");
        observation("patient", "\"subject\":{\"reference\":\"Patient/same\"}");
        observation("group", "\"subject\":{\"reference\":\"Group/same\"}");
        observation("absolute", "\"subject\":{\"reference\":\"http://hub.test/fhir/Patient/same\"}");
        observation("versioned", "\"subject\":{\"reference\":\"Patient/same/_history/1\"}");
        observation("foreign", "\"subject\":{\"reference\":\"http://elsewhere.example/fhir/Patient/same\"}");
        keep("DiagnosticReport", "report", """
            "status":"final","code":{"text":"x"},"subject":{"reference":"Patient/same"},
            "performer":[{"reference":"Practitioner/doc"},{"reference":"Organization/hospital"}],
            "result":[{"reference":"Observation/patient"},{"reference":"Observation/absolute"}]\
            """);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static void keep(String type, String id, String more) {
        Answers.json(hub.put("/" + type + "/" + id, """
            {"resourceType":"%s","id":"%s",%s}\
            """.formatted(type, id, more)), 201);
    }

    private static void observation(String id, String more) {
        keep("Observation", id, "\"status\":\"final\",\"code\":{\"text\":\"x\"}," + more);
    }

    private static List<String> observations(String query) {
        return Answers.found(hub.get("/Observation?" + query)).stream()
                .map(key -> key.substring("Observation/".length()))
                .toList();
    }

    @Test
    void typeAndIdFindEveryFormOfTheReference() {
        assertThat(observations("subject=Patient/same")).containsExactlyInAnyOrder("patient", "absolute", "versioned");
        assertThat(observations("patient=Patient/same")).containsExactlyInAnyOrder("patient", "absolute", "versioned");
        assertThat(observations("subject=Group/same")).containsExactly("group");
    }

    @Test
    void theAddressOfThisServerCountsAsTheRelativeReference() {
        assertThat(observations("subject=http://hub.test/fhir/Patient/same"))
                .containsExactlyInAnyOrder("patient", "absolute", "versioned");
        assertThat(observations("subject=http://elsewhere.example/fhir/Patient/same"))
                .containsExactly("foreign");
    }

    @Test
    void anIdAloneMayBeOfAnyType() {
        assertThat(observations("subject=same")).containsExactlyInAnyOrder("patient", "absolute", "versioned", "group");
        assertThat(observations("patient=same")).containsExactlyInAnyOrder("patient", "absolute", "versioned");
    }

    @Test
    void aTypeModifierRestrictsAnId() {
        assertThat(observations("subject:Group=same")).containsExactly("group");
        assertThat(observations("subject:Patient=same")).containsExactlyInAnyOrder("patient", "absolute", "versioned");
        Answers.refused(hub.get("/Observation?subject:Practitioner=same"), 400, "subject:Practitioner");
        Answers.refused(hub.get("/Observation?subject:Nothing=same"), 400, "subject:Nothing");
    }

    @Test
    void unknownTargetsFindNothing() {
        assertThat(observations("subject=Patient/never")).isEmpty();
        assertThat(observations("subject=Patient/never,Group/same")).containsExactly("group");
        Answers.refused(hub.get("/Observation?subject=Nothing/1"), 400, "subject");
        Answers.refused(hub.get("/Observation?subject=a/b/c"), 400, "subject");
    }

    @Test
    void aChainFollowsOneReference() {
        assertThat(observations("patient.identifier=urn:id|P1"))
                .containsExactlyInAnyOrder("patient", "absolute", "versioned");
        assertThat(observations("subject:Patient.name=che")).hasSize(3);
        assertThat(observations("subject:Patient.family:exact=Chen")).hasSize(3);
        assertThat(observations("subject.birthdate=lt1980")).hasSize(3);
        assertThat(observations("patient._id=same")).hasSize(3);
        assertThat(observations("patient.organization=Organization/hospital")).hasSize(3);
        assertThat(observations("patient.identifier=urn:id|P2")).isEmpty();
    }

    @Test
    void aChainThroughOtherReferencesWorksAlike() {
        assertThat(Answers.found(hub.get("/DiagnosticReport?performer:Organization.name=first")))
                .containsExactly("DiagnosticReport/report");
        assertThat(Answers.found(hub.get("/DiagnosticReport?result.subject=Patient/same")))
                .containsExactly("DiagnosticReport/report");
        assertThat(Answers.found(hub.get("/DiagnosticReport?performer.identifier=D1&patient.name=Chen")))
                .containsExactly("DiagnosticReport/report");
    }

    @Test
    void chainsThatAreNotOfferedAreRefusedByName() {
        Answers.refused(hub.get("/Observation?patient.organization.name=x"), 400, "patient.organization.name");
        Answers.refused(hub.get("/Observation?patient.nothing=x"), 400, "patient.nothing");
        Answers.refused(hub.get("/Observation?code.text=x"), 400, "code.text");
        Answers.refused(hub.get("/Observation?_id.name=x"), 400, "_id.name");
    }

    @Test
    void includeSendsWhatTheMatchesReferTo() {
        assertThat(Answers.included(hub.get("/DiagnosticReport?_include=DiagnosticReport:result")))
                .containsExactlyInAnyOrder("Observation/patient", "Observation/absolute");
        assertThat(
                        Answers.included(
                                hub.get(
                                        "/DiagnosticReport?_include=DiagnosticReport:patient&_include=DiagnosticReport:performer:Organization")))
                .containsExactlyInAnyOrder("Patient/same", "Organization/hospital");
        assertThat(Answers.included(hub.get("/DiagnosticReport?_include=*")))
                .containsExactlyInAnyOrder(
                        "Patient/same",
                        "Practitioner/doc",
                        "Organization/hospital",
                        "Observation/patient",
                        "Observation/absolute");
    }

    /** Section 3.1.1.5.4: a resource is sent once, however often it is referred to. */
    @Test
    void whatIsIncludedIsSentOnce() {
        var answer = hub.get("/Observation?subject=Patient/same&_include=Observation:subject");

        assertThat(Answers.included(answer)).containsExactly("Patient/same");
        assertThat(Answers.json(answer, 200).path("total").asInt())
                .as("included ones do not count")
                .isEqualTo(3);
    }

    @Test
    void revincludeSendsWhatRefersToTheMatches() {
        assertThat(Answers.included(hub.get("/Observation?_id=patient&_revinclude=DiagnosticReport:result")))
                .containsExactly("DiagnosticReport/report");
        assertThat(Answers.included(hub.get("/Patient?_id=same&_revinclude=Observation:patient")))
                .containsExactlyInAnyOrder("Observation/patient", "Observation/absolute", "Observation/versioned");
        assertThat(Answers.included(hub.get("/Patient?_id=same&_revinclude=Observation:subject:Patient")))
                .containsExactlyInAnyOrder("Observation/patient", "Observation/absolute", "Observation/versioned");
        assertThat(Answers.included(hub.get("/Group?_id=same&_revinclude=Observation:subject")))
                .containsExactly("Observation/group");
    }

    @Test
    void includesThatAreNotUnderstoodAreRefused() {
        for (String include : List.of(
                "_include=Nothing:subject",
                "_include=Observation:nothing",
                "_include=Observation:code",
                "_include=Patient:organization",
                "_include=Observation",
                "_include=Observation:subject:Patient:x",
                "_include:iterate=Observation:subject",
                "_revinclude=*",
                "_revinclude=DiagnosticReport:nothing",
                "_revinclude=DiagnosticReport:result:Patient")) {
            Answers.refused(hub.get("/Observation?" + include), 400, include.substring(0, include.indexOf('=')));
        }
    }

    @Test
    void deletedAndMissingTargetsAreNotIncluded() {
        keep("Patient", "brief", "\"active\":true");
        observation("brief", "\"subject\":{\"reference\":\"Patient/brief\"}");

        hub.delete("/Observation/brief");
        assertThat(Answers.included(hub.get("/Patient?_id=brief&_revinclude=Observation:subject")))
                .isEmpty();
    }
}
