package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.UUID;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Transactions of thousands of entries, and transactions that come again. */
class LargeTransactionTest {
    private static final int ENTRIES = 5_000;
    private static final Duration REASONABLE = Duration.ofSeconds(30);

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String patient(String code) {
        return """
            {"resourceType":"Patient","identifier":[{"system":"urn:large","value":"%s"}]}\
            """.formatted(code);
    }

    private static String observation(String code, String patient) {
        return """
            {"resourceType":"Observation","status":"final","identifier":[{"system":"urn:large","value":"%s"}],
             "code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]},
             "effectiveDateTime":"2026-01-01T08:00:00+08:00","subject":{"reference":"%s"},
             "valueQuantity":{"value":130,"unit":"g/L","system":"http://unitsofmeasure.org","code":"g/L"}}\
            """.formatted(code, patient);
    }

    private static int observations() {
        return Answers.json(hub.get("/Observation?_summary=count"), 200)
                .path("total")
                .asInt();
    }

    @Test
    void fiveThousandEntriesArriveTogether() {
        Bundles bundle = Bundles.transaction();
        for (int i = 0; i < ENTRIES / 10; i++) {
            String fullUrl = "urn:uuid:" + UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8)});
            bundle.post(fullUrl, patient("p" + i), "identifier=urn:large|p" + i);
            for (int j = 1; j < 10; j++) {
                bundle.post(observation("o" + i + "-" + j, fullUrl));
            }
        }
        String sent = bundle.toString();
        int before = observations();
        long start = System.nanoTime();

        JsonNode answer = Answers.json(hub.post("", sent), 200);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(REASONABLE);
        assertThat(answer.path("entry")).hasSize(ENTRIES);
        assertThat(answer.path("entry"))
                .allSatisfy(entry ->
                        assertThat(entry.at("/response/status").asText()).startsWith("201"));
        assertThat(observations() - before).isEqualTo(ENTRIES / 10 * 9);
        assertThat(Answers.found(hub.get("/Observation?patient.identifier=urn:large|p77")))
                .hasSize(9);
    }

    /** A sender that got no answer sends again. */
    @Test
    void aTransactionThatComesThreeTimesLeavesOneSet() {
        String fullUrl = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0";
        String bundle = Bundles.transaction()
                .post(fullUrl, patient("again"), "identifier=urn:large|again")
                .post(null, observation("again-1", fullUrl), "identifier=urn:large|again-1")
                .post(null, observation("again-2", fullUrl), "identifier=urn:large|again-2")
                .toString();
        hub.post("", bundle);
        RowCounts once = RowCounts.of(hub.database());

        for (int i = 0; i < 2; i++) {
            JsonNode answer = Answers.json(hub.post("", bundle), 200);
            assertThat(answer.path("entry"))
                    .allSatisfy(entry ->
                            assertThat(entry.at("/response/status").asText()).startsWith("200"));
        }

        assertThat(RowCounts.of(hub.database())).isEqualTo(once);
        assertThat(Answers.found(hub.get("/Observation?patient.identifier=urn:large|again")))
                .hasSize(2);
    }

    @Test
    void aLargeTransactionThatFailsAtItsEndLeavesNothing() {
        RowCounts before = RowCounts.of(hub.database());
        Bundles bundle = Bundles.transaction();
        for (int i = 0; i < 1_000; i++) {
            bundle.post(patient("lost" + i));
        }
        bundle.post(observation("lost", "Patient/never"));

        Answers.refused(hub.post("", bundle.toString()), 422, "Bundle.entry[1000].resource.subject.reference");
        assertThat(RowCounts.of(hub.database())).isEqualTo(before);
    }
}
