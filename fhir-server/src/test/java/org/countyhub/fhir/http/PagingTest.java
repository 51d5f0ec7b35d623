package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FHIR R4 sections 3.1.1.5.2 to 3.1.1.5.7: pages, counts and totals. */
class PagingTest {
    private static final int RECORDS = 57;

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start();
        Answers.json(hub.put("/Patient/p", "{\"resourceType\":\"Patient\",\"id\":\"p\"}"), 201);
        Bundles bundle = Bundles.transaction();
        for (int i = 0; i < RECORDS; i++) {
            bundle.put("Observation/o" + i, observation("o" + i, i));
        }
        Answers.json(hub.post("", bundle.toString()), 200);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /** Several records share a date, and every fifth has none. */
    private static String observation(String id, int number) {
        String date = number % 5 == 0 ? "" : ",\"effectiveDateTime\":\"2024-01-0%d\"".formatted(number % 4 + 1);
        return """
            {"resourceType":"Observation","id":"%s","status":"final","code":{"coding":[{"code":"k"}]},
             "subject":{"reference":"Patient/p"}%s}\
            """.formatted(id, date);
    }

    private static List<String> allPages(String path) {
        List<String> keys = new ArrayList<>();
        Optional<String> next = Optional.of(path);
        while (next.isPresent()) {
            var answer = hub.get(next.get());
            keys.addAll(Answers.found(answer));
            next = Answers.next(Answers.json(answer, 200));
        }
        return keys;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code=k",
                "_sort=-_lastUpdated",
                "patient=Patient/p",
                "patient=Patient/p&_sort=date",
                "code=k&_sort=-date",
                "code=k&_sort=-date,_id",
                "code=k&_sort=-_lastUpdated",
                "code=k&_sort=_id",
                "_lastUpdated=gt2020",
                "code=k&_include=Observation:subject",
                "patient._id=p"
            })
    void everyMatchIsOnOnePageExactly(String query) {
        List<String> whole = Answers.found(hub.get("/Observation?" + query + "&_count=1000"));

        List<String> paged = allPages("/Observation?" + query + "&_count=10");

        assertThat(paged).hasSize(RECORDS).doesNotHaveDuplicates().isEqualTo(whole);
    }

    @Test
    void whatIsThereThroughoutIsFoundWhileOthersWrite() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger number = new AtomicInteger();
        Thread writer = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                String id = "extra" + number.incrementAndGet();
                hub.put("/Observation/" + id, observation(id, number.get()));
                hub.delete("/Observation/" + id);
            }
        });
        try {
            for (String sort : List.of("", "&_sort=-date", "&_sort=date", "&_sort=-_lastUpdated")) {
                List<String> kept = allPages("/Observation?patient=Patient/p&_count=3" + sort).stream()
                        .filter(key -> !key.contains("extra"))
                        .toList();
                assertThat(kept).as(sort).hasSize(RECORDS).doesNotHaveDuplicates();
            }
        } finally {
            done.set(true);
            writer.join();
        }
        assertThat(number).hasPositiveValue();
    }

    @Test
    void pagesSayWhereTheyAreAndWhatComesNext() {
        ObjectNode page = Answers.json(hub.get("/Observation?code=k&_count=10"), 200);

        assertThat(page.at("/link/0/relation").asText()).isEqualTo("self");
        assertThat(page.at("/link/0/url").asText()).endsWith("/fhir/Observation?code=k&_count=10");
        assertThat(Answers.next(page)).isPresent();
        assertThat(page.path("entry")).hasSize(10);
        assertThat(page.at("/entry/0/fullUrl").asText())
                .isEqualTo(hub.base() + "/Observation/"
                        + page.at("/entry/0/resource/id").asText());
    }

    @Test
    void theTotalIsToldWhenAskedForOrKnown() {
        assertThat(Answers.json(hub.get("/Observation?code=k&_count=10"), 200).has("total"))
                .isFalse();
        assertThat(Answers.json(hub.get("/Observation?code=k&_count=10&_total=accurate"), 200)
                        .path("total")
                        .asInt())
                .isEqualTo(RECORDS);
        assertThat(Answers.json(hub.get("/Observation?code=k&_count=100"), 200)
                        .path("total")
                        .asInt())
                .isEqualTo(RECORDS);
        Answers.refused(hub.get("/Observation?_total=some"), 400, "_total");
    }

    /** Section 3.1.1.5.3: a count of 0 is a summary of the count. */
    @Test
    void aCountOfZeroTellsTheTotalAlone() {
        for (String query : List.of("_count=0", "_summary=count")) {
            ObjectNode answer = Answers.json(hub.get("/Observation?code=k&" + query), 200);
            assertThat(answer.path("total").asInt()).isEqualTo(RECORDS);
            assertThat(answer.has("entry")).isFalse();
            assertThat(Answers.next(answer)).isEmpty();
        }
    }

    @Test
    void aPageIsNeverLargerThanTheServerAllows() {
        assertThat(Answers.found(hub.get("/Observation?_count=999999999"))).hasSize(RECORDS);
        for (String count : List.of("-1", "x", "1.5", "99999999999", "")) {
            Answers.refused(hub.get("/Observation?_count=" + count), 400, "_count");
        }
    }

    @Test
    void aPageLinkIsGoodForItsOwnSearchOnly() {
        String next = Answers.next(Answers.json(hub.get("/Observation?code=k&_sort=-date&_count=5"), 200))
                .orElseThrow();
        String cursor = next.substring(next.indexOf("_cursor="));

        Answers.refused(hub.get("/Observation?code=k&_sort=_id&" + cursor), 400, "_cursor");
        Answers.refused(hub.get("/Observation?code=other&_sort=-date&" + cursor), 400, "_cursor");
        Answers.refused(hub.get("/Patient?" + cursor), 400, "_cursor");
        Answers.refused(hub.get("/Observation/_history?" + cursor), 400, "_cursor");
        Answers.refused(hub.get("/Observation?code=k&_sort=-date&" + cursor + "x"), 400, "_cursor");
        Answers.refused(hub.get("/Observation?_cursor="), 400, "_cursor");
        assertThat(Answers.found(hub.get("/Observation?code=k&_sort=-date&_count=2&" + cursor)))
                .as("the size of the pages may change")
                .hasSize(2);
    }
}
