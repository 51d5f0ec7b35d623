package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.countyhub.fhir.HubServer;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.transaction.WritePolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers are bounded, each by itself and all together, however much is asked for. */
class LargeAnswerTest {
    private static final int MEGABYTE = 1024 * 1024;
    private static final int ANSWER_BYTES = MEGABYTE;
    private static final int PAGE_BYTES = ANSWER_BYTES / 2;
    private static final int LARGE = 100 * 1024;
    private static final int LARGE_ONES = 12;

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.start(
                WritePolicy.STRICT,
                Clock.systemUTC(),
                new HubServer.Limits(8 * MEGABYTE, 16 * MEGABYTE, ANSWER_BYTES, 8 * MEGABYTE));
        Random random = new Random(1);
        byte[] noise = new byte[LARGE * 3 / 4];
        for (int i = 0; i < LARGE_ONES; i++) {
            random.nextBytes(noise);
            large("noise", "n" + i, Base64.getEncoder().encodeToString(noise));
            // Takes next to nothing in the database, and as much as the others in an answer.
            large("zeros", "z" + i, "A".repeat(LARGE));
        }
        for (int i = 0; i < LARGE_ONES; i++) {
            large("noise", "many", "A".repeat(LARGE - 4) + String.format("%04d", i));
        }
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static void large(String family, String id, String data) {
        var answer = hub.put("/Patient/" + id, """
                {"resourceType":"Patient","id":"%s","name":[{"family":"%s"}],"photo":[{"data":"%s"}]}""".formatted(id, family, data), "Prefer", "return=minimal");
        assertThat(answer.statusCode()).isBetween(200, 201);
    }

    private static List<String> statuses(JsonNode bundle) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.at("/response/status").asText())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Patient?family=noise",
                "/Patient?family=zeros&_sort=_id",
                "/Patient/_history",
                "/_history",
                "/Patient/many/_history"
            })
    void pagesEndWhereTheirRoomEndsAndNothingIsLeftOut(String path) {
        List<String> found = new ArrayList<>();
        int pages = 0;
        String separator = path.contains("?") ? "&" : "?";
        Optional<String> next = Optional.of(path + separator + "_count=1000");
        while (next.isPresent()) {
            HttpResponse<String> answer = hub.get(next.get());
            ObjectNode page = Answers.json(answer, 200);
            assertThat(answer.body().length()).isLessThan(PAGE_BYTES + 2 * LARGE);
            assertThat(page.path("entry")).isNotEmpty();
            for (JsonNode entry : page.path("entry")) {
                String id = entry.at("/resource/id").asText();
                if (id.matches("many|[nz][0-9]+")) {
                    found.add(id + " " + entry.at("/resource/meta/versionId").asText());
                }
            }
            next = Answers.next(page);
            pages++;
        }

        assertThat(pages).isGreaterThan(1);
        assertThat(found).doesNotHaveDuplicates();
        assertThat(found.size()).isGreaterThanOrEqualTo(LARGE_ONES);
        if (path.endsWith("_history")) {
            assertThat(found).hasSize(path.contains("many") ? LARGE_ONES : 3 * LARGE_ONES);
        }
    }

    @Test
    void onePageHoldsOneResourceThatIsLargerThanAPage() {
        large("huge", "huge", "A".repeat(PAGE_BYTES + LARGE));

        assertThat(Answers.found(hub.get("/Patient?family=huge"))).containsExactly("Patient/huge");
        assertThat(hub.get("/Patient/huge").statusCode()).isEqualTo(200);
        assertThat(hub.get("/Patient/huge?_format=xml").statusCode()).isEqualTo(200);
        hub.delete("/Patient/huge");
        hub.delete("/Patient/huge");
    }

    @Test
    void aBatchAnswersWhatFindsNoRoomWithTooCostly() {
        Bundles bundle = Bundles.batch();
        for (int i = 0; i < 50; i++) {
            bundle.get("Patient?family=zeros&_count=3");
        }
        bundle.post("{\"resourceType\":\"Basic\",\"code\":{\"text\":\"past the bound\"}}")
                .get("Patient/z1");

        HttpResponse<String> answer = hub.post("", bundle.toString(), "Prefer", "return=representation");

        JsonNode done = Answers.json(answer, 200);
        List<String> statuses = statuses(done);
        assertThat(answer.body().length()).isLessThan(ANSWER_BYTES + 64 * 1024);
        assertThat(statuses.getFirst()).isEqualTo("200 OK");
        assertThat(statuses.subList(4, 50)).containsOnly("413 Content Too Large");
        assertThat(done.at("/entry/49/response/outcome/issue/0/code").asText()).isEqualTo("too-costly");
        assertThat(done.at("/entry/49/response/outcome/issue/0/expression/0").asText())
                .isEqualTo("Bundle.entry[49]");
        assertThat(statuses.get(50)).as("a write is carried out").isEqualTo("201 Created");
        assertThat(statuses.get(51)).isEqualTo("413 Content Too Large");
    }

    @Test
    void aTransactionThatFindsNoRoomIsUndone() {
        RowCounts before = RowCounts.of(hub.database());
        Bundles reading = Bundles.transaction().post("{\"resourceType\":\"Basic\",\"code\":{\"text\":\"undone\"}}");
        Bundles writing = Bundles.transaction();
        for (int i = 0; i < LARGE_ONES; i++) {
            reading.get("Patient/z" + i);
            writing.post("{\"resourceType\":\"Patient\",\"photo\":[{\"data\":\"" + "A".repeat(LARGE) + "\"}]}");
        }

        Answers.refused(hub.post("", reading.toString()), 413, "too-costly");
        Answers.refused(hub.post("", writing.toString(), "Prefer", "return=representation"), 413, "too-costly");
        assertThat(RowCounts.of(hub.database())).isEqualTo(before);
    }

    @Test
    void whatIsIncludedIsBoundedToo() {
        for (int i = 0; i < 8; i++) {
            hub.put("/Person/p" + i, """
                    {"resourceType":"Person","id":"p%1$d","name":[{"family":"including"}],
                     "link":[{"target":{"reference":"Patient/z%1$d"}}]}""".formatted(i));
        }

        Answers.refusedAt(hub.get("/Person?name=including&_include=Person:link"), 403, "_include");
        Answers.refusedAt(hub.get("/Patient?family=zeros&_revinclude=Person:link"), 403, "_revinclude");
        assertThat(Answers.included(hub.get("/Person?name=including&_include=Person:link&_count=2")))
                .hasSize(2);
    }

    /** Eight times what there is room for at once: each is answered or told to come again, and all the room comes back. */
    @Test
    void manyAtOnceShareTheRoom() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> requests = IntStream.range(0, 64)
                    .<Callable<Integer>>mapToObj(i -> () -> {
                        var answer = hub.get("/Patient?family=noise&_count=4");
                        if (answer.statusCode() == 503) {
                            assertThat(Answers.header(answer, "Retry-After")).isNotEmpty();
                        }
                        return answer.statusCode();
                    })
                    .toList();
            for (var answer : clients.invokeAll(requests)) {
                assertThat(answer.get()).isIn(200, 503);
            }
        }
        for (int i = 0; i < 20; i++) {
            assertThat(hub.get("/Patient?family=noise&_format=xml").statusCode())
                    .isEqualTo(200);
        }
    }
}
