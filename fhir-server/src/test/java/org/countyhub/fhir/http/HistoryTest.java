package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.countyhub.fhir.HubServer;
import org.countyhub.fhir.TestHub;
import org.countyhub.fhir.transaction.WritePolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FHIR R4 section 3.1.0.12, history. One write each hour from midnight on, in UTC. */
class HistoryTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");

    private static final AtomicReference<Instant> NOW = new AtomicReference<>(MIDNIGHT);
    private static TestHub hub;

    @BeforeAll
    static void start() {
        Clock clock = InstantSource.system().withZone(ZoneOffset.UTC);
        hub = TestHub.start(WritePolicy.STRICT, new SteppingClock(clock), HubServer.Limits.DEFAULT);
        put("Patient", "a", "\"active\":true");
        put("Patient", "b", "\"active\":true");
        put("Patient", "a", "\"active\":false");
        put("Organization", "o", "\"name\":\"x\"");
        hub.delete("/Patient/b");
        step();
        hub.post("/Patient", "{\"resourceType\":\"Patient\"}");
        step();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /** Stands still until told to go on. */
    private static final class SteppingClock extends Clock {
        private final Clock zoned;

        SteppingClock(Clock zoned) {
            this.zoned = zoned;
        }

        @Override
        public java.time.ZoneId getZone() {
            return zoned.getZone();
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return new SteppingClock(zoned.withZone(zone));
        }

        @Override
        public Instant instant() {
            return Objects.requireNonNull(NOW.get());
        }
    }

    private static void step() {
        NOW.updateAndGet(now -> now.plus(Duration.ofHours(1)));
    }

    private static void put(String type, String id, String more) {
        hub.put("/" + type + "/" + id, """
                {"resourceType":"%s","id":"%s",%s}""".formatted(type, id, more));
        step();
    }

    /** Method and etag of each entry, such as {@code PUT Patient/a W/"2"}. */
    private static List<String> entries(JsonNode bundle) {
        List<String> entries = new ArrayList<>();
        for (JsonNode entry : bundle.path("entry")) {
            entries.add(entry.at("/request/method").asText() + " "
                    + entry.at("/request/url").asText() + " "
                    + entry.at("/response/etag").asText());
        }
        return entries;
    }

    private static List<String> history(String path) {
        return entries(Answers.json(hub.get(path), 200));
    }

    @Test
    void ofAResourceListsItsVersionsNewestFirst() {
        JsonNode bundle = Answers.json(hub.get("/Patient/a/_history"), 200);

        assertThat(bundle.path("type").asText()).isEqualTo("history");
        assertThat(entries(bundle)).containsExactly("PUT Patient/a W/\"2\"", "PUT Patient/a W/\"1\"");
        assertThat(bundle.at("/entry/0/resource/active").asBoolean()).isFalse();
        assertThat(bundle.at("/entry/0/fullUrl").asText()).isEqualTo(hub.base() + "/Patient/a");
        assertThat(bundle.at("/entry/0/response/status").asText()).startsWith("200");
        assertThat(bundle.at("/entry/1/response/status").asText()).startsWith("201");
        assertThat(bundle.at("/entry/1/response/lastModified").asText()).isEqualTo("2026-03-01T00:00:00Z");
    }

    @Test
    void aDeletionIsAnEntryWithoutResource() {
        JsonNode bundle = Answers.json(hub.get("/Patient/b/_history"), 200);

        assertThat(entries(bundle)).containsExactly("DELETE Patient/b W/\"2\"", "PUT Patient/b W/\"1\"");
        assertThat(bundle.at("/entry/0").has("resource")).isFalse();
    }

    @Test
    void ofATypeAndOfTheSystemListAllChanges() {
        assertThat(history("/Patient/_history"))
                .containsExactly(
                        "POST Patient W/\"1\"",
                        "DELETE Patient/b W/\"2\"",
                        "PUT Patient/a W/\"2\"",
                        "PUT Patient/b W/\"1\"",
                        "PUT Patient/a W/\"1\"");
        assertThat(history("/_history"))
                .as("with the persons behind the patients")
                .hasSize(10)
                .contains("POST Patient W/\"1\"", "DELETE Patient/b W/\"2\"", "PUT Organization/o W/\"1\"")
                .startsWith("POST Person W/\"1\"");
    }

    @Test
    void sinceLeavesOutWhatIsOlder() {
        assertThat(history("/Patient/_history?_since=2026-03-01T04:00:00Z"))
                .containsExactly("POST Patient W/\"1\"", "DELETE Patient/b W/\"2\"");
        assertThat(history("/_history?_since=2026-03-01T12:00:00%2B08:00")).hasSize(4);
        assertThat(history("/_history?_since=2027")).isEmpty();
    }

    @Test
    void atGivesWhatWasCurrentAtThatTime() {
        assertThat(history("/Patient/a/_history?_at=2026-03-01T01:30:00Z")).containsExactly("PUT Patient/a W/\"1\"");
        assertThat(history("/Patient/a/_history?_at=2026-03-01T02:30:00Z")).containsExactly("PUT Patient/a W/\"2\"");
        assertThat(history("/Patient/a/_history?_at=2026-02")).isEmpty();
        assertThat(history("/Patient/a/_history?_at=2026-03-01")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_history", "/Patient/_history", "/Patient/a/_history"})
    void everyVersionIsOnOnePageExactly(String path) {
        List<String> whole = history(path + "?_count=1000");
        List<String> paged = new ArrayList<>();
        Optional<String> next = Optional.of(path + "?_count=1");
        while (next.isPresent()) {
            JsonNode page = Answers.json(hub.get(next.get()), 200);
            assertThat(page.path("entry")).hasSize(1);
            paged.addAll(entries(page));
            next = Answers.next((com.fasterxml.jackson.databind.node.ObjectNode) page);
        }

        assertThat(paged).isEqualTo(whole);
    }

    @Test
    void whatNeverWasHasNoHistory() {
        Answers.refused(hub.get("/Patient/never/_history"), 404, "Patient/never");
        assertThat(history("/Observation/_history")).isEmpty();
    }

    @Test
    void parametersThatAreNotUnderstoodAreRefusedByName() {
        Answers.refused(hub.get("/_history?nothing=1"), 400, "nothing");
        Answers.refused(hub.get("/Patient/_history?name=x"), 400, "name");
        for (String query : List.of("_count=0", "_count=-1", "_count=x", "_since=x", "_at=x", "_cursor=x", "_since=")) {
            Answers.refused(hub.get("/_history?" + query), 400, query.substring(0, query.indexOf('=')));
        }
    }

    /** Bundle.total. */
    @Test
    void totalSaysHowManyVersionsThereAre() {
        assertThat(Answers.json(hub.get("/Patient/a/_history?_count=1"), 200)
                        .path("total")
                        .asInt())
                .isEqualTo(2);
        assertThat(Answers.json(hub.get("/Patient/a/_history?_count=1&_since=2026-03-01T02:00:00Z"), 200)
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(Answers.json(hub.get("/Patient/_history"), 200).path("total").asInt())
                .isEqualTo(5);
        assertThat(Answers.json(hub.get("/Patient/_history?_count=1"), 200).has("total"))
                .as("not counted unless asked for")
                .isFalse();
    }

    /** Section 3.1.1.5.9. */
    @Test
    void aSummaryOfCountIsTheTotalAlone() {
        String[] expected = {
            "/Patient/a/_history 2",
            "/Patient/b/_history 2",
            "/Patient/_history 5",
            "/_history 10",
            "/Observation/_history 0"
        };
        for (String each : expected) {
            String path = each.substring(0, each.indexOf(' '));
            JsonNode bundle = Answers.json(hub.get(path + "?_summary=count"), 200);
            assertThat(path + " " + bundle.path("total").asInt()).isEqualTo(each);
            assertThat(bundle.has("entry")).isFalse();
            assertThat(bundle.path("type").asText()).isEqualTo("history");
        }
        assertThat(Answers.json(hub.get("/_history?_summary=count&_since=2026-03-01T04:00:00Z"), 200)
                        .path("total")
                        .asInt())
                .isEqualTo(4);
        assertThat(Answers.json(hub.get("/Patient/_history?_summary=count&_at=2026-03-01T01:30:00Z"), 200)
                        .path("total")
                        .asInt())
                .isEqualTo(2);
    }
}
