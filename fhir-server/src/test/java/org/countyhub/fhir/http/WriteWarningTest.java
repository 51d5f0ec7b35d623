package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.countyhub.fhir.http.Answers.json;

import com.fasterxml.jackson.databind.JsonNode;
import org.countyhub.fhir.Resident;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is wrong with a resource and does not keep it from being stored is said (FHIR R4 section 3.1.0.1.8, and
 * Bundle.entry.response.outcome).
 */
class WriteWarningTest {
    private static final Resident MISTYPED =
            Resident.named("沈", "小明").showing("urn:x", "1").healthCard("warn").residentId("110105194912310021");
    private static final Resident RIGHT = Resident.named("沈", "小明").residentId("11010519491231002X");

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static void requireWarning(JsonNode issue, String place) {
        assertThat(issue.path("severity").asText()).isEqualTo("warning");
        assertThat(issue.path("code").asText()).isEqualTo("value");
        assertThat(issue.path("diagnostics").asText()).contains("it is not compared");
        assertThat(issue.at("/expression/0").asText()).isEqualTo(place);
    }

    @Test
    void anOutcomeThatIsAskedForWarnsOfAWrongCheckDigit() {
        JsonNode outcome = json(hub.post("/Patient", MISTYPED.toString(), "Prefer", "return=OperationOutcome"), 201);

        assertThat(outcome.at("/issue/0/severity").asText()).isEqualTo("information");
        requireWarning(outcome.at("/issue/1"), "Patient.identifier[2].value");
    }

    @Test
    void whatIsRightIsAnsweredWithoutAWarning() {
        JsonNode outcome = json(hub.post("/Patient", RIGHT.toString(), "Prefer", "return=OperationOutcome"), 201);

        assertThat(outcome.path("issue")).hasSize(1);
        assertThat(hub.post("/Patient", RIGHT.toString(), "Prefer", "return=minimal")
                        .body())
                .isEmpty();
    }

    @Test
    void theLeastThatIsAnsweredIsTheWarning() {
        JsonNode outcome = json(hub.post("/Patient", MISTYPED.toString(), "Prefer", "return=minimal"), 201);

        assertThat(outcome.path("issue")).hasSize(1);
        requireWarning(outcome.at("/issue/0"), "Patient.identifier[2].value");
    }

    @Test
    void theResourceIsAnsweredAsItIsKept() {
        JsonNode patient = json(hub.post("/Patient", MISTYPED.toString()), 201);

        assertThat(patient.path("resourceType").asText()).isEqualTo("Patient");
        assertThat(patient.at("/identifier/2/value").asText()).isEqualTo("110105194912310021");
    }

    @Test
    void anUpdateAndAPatchWarnToo() {
        JsonNode patient = json(hub.post("/Patient", RIGHT.toString()), 201);
        String address = "/Patient/" + patient.path("id").asText();
        String wrong = patient.toString().replace("11010519491231002X", "110105194912310021");

        JsonNode updated = json(hub.put(address, wrong, "Prefer", "return=OperationOutcome"), 200);
        JsonNode patched = json(
                hub.send(
                        "PATCH",
                        address,
                        "[{\"op\":\"add\",\"path\":\"/active\",\"value\":true}]",
                        "Content-Type",
                        "application/json-patch+json",
                        "Prefer",
                        "return=OperationOutcome"),
                200);

        requireWarning(updated.at("/issue/1"), "Patient.identifier[0].value");
        requireWarning(patched.at("/issue/1"), "Patient.identifier[0].value");
    }

    @Test
    void entriesOfTransactionsAndBatchesCarryTheirWarnings() {
        for (String type : new String[] {"transaction", "batch"}) {
            String bundle = """
                    {"resourceType":"Bundle","type":"%s","entry":[
                      {"resource":%s,"request":{"method":"POST","url":"Patient"}},
                      {"resource":%s,"request":{"method":"POST","url":"Patient"}}]}""".formatted(type, RIGHT, MISTYPED);
            for (String wanted : new String[] {"minimal", "representation", "OperationOutcome"}) {
                JsonNode answer = json(hub.post("", bundle, "Prefer", "return=" + wanted), 200);

                JsonNode issues = answer.at("/entry/1/response/outcome/issue");
                requireWarning(issues.path(issues.size() - 1), "Bundle.entry[1].resource.identifier[2].value");
                assertThat(answer.at("/entry/1/resource").isMissingNode()).isEqualTo(!wanted.equals("representation"));
                assertThat(answer.at("/entry/0/response/outcome").isMissingNode())
                        .isEqualTo(!wanted.equals("OperationOutcome"));
            }
        }
    }

    @Test
    void aConditionalCreateThatFindsThePatientSaysNothing() {
        String once = MISTYPED.showing("urn:x", "once").toString();
        String[] headers = {"If-None-Exist", "identifier=urn:x|once", "Prefer", "return=OperationOutcome"};
        assertThat(json(hub.post("/Patient", once, headers), 201).path("issue")).hasSize(2);

        assertThat(json(hub.post("/Patient", once, headers), 200).path("issue"))
                .as("nothing was written")
                .hasSize(1);
    }
}
