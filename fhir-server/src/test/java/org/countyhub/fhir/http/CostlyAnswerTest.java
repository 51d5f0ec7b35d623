package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Small requests that would have large answers, with the bounds of production. */
class CostlyAnswerTest {
    private static final int OBSERVATIONS = 5_001;
    private static final int SEARCHES = 2_000;

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        hub.put("/Patient/p", "{\"resourceType\":\"Patient\",\"id\":\"p\"}");
        Bundles bundle = Bundles.transaction();
        for (int i = 0; i < OBSERVATIONS; i++) {
            bundle.post("""
                    {"resourceType":"Observation","status":"final","code":{"text":"%s"},"subject":{"reference":"Patient/p"}}""".formatted("x".repeat(1_000)));
        }
        assertThat(hub.post("", bundle.toString()).statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void aBatchOfThousandsOfFullPagesIsAnsweredInBoundedMemory() {
        Bundles bundle = Bundles.batch();
        for (int i = 0; i < SEARCHES; i++) {
            bundle.get("Observation?_count=1000");
        }

        var answer = hub.post("", bundle.toString());

        JsonNode done = Answers.json(answer, 200);
        assertThat(answer.body().length()).isLessThan(40 * 1024 * 1024);
        assertThat(done.path("entry")).hasSize(SEARCHES);
        assertThat(StreamSupport.stream(done.path("entry").spliterator(), false)
                        .map(entry -> entry.at("/response/status").asText())
                        .distinct())
                .containsExactly("200 OK", "413 Content Too Large");
        assertThat(done.at("/entry/0/resource/entry")).hasSize(1_000);
    }

    @Test
    void whatRefersToOneInThousandsIsRefusedWithAdviceThatHelps() {
        var answer = hub.get("/Patient?_id=p&_count=1&_revinclude=Observation:subject");

        Answers.refusedAt(answer, 403, "_revinclude");
        assertThat(answer.body())
                .contains("Observation?subject=Patient/[id]")
                .doesNotContain("smaller", "\"_include\"");
        assertThat(Answers.found(hub.get("/Observation?subject=Patient/p&_count=1000")))
                .hasSize(1_000);
    }
}
