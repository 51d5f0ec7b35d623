package org.countyhub.fhir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.countyhub.fhir.TestHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links name the address that the client used, as far as it is one that the server is known by. */
class BaseAddressTest {
    private static final String GATEWAY = "https://hub.example/fhir";
    private static final String SHARED = "https://portal.example:8443/hub/fhir";

    private static TestHub hub;

    @BeforeAll
    static void start() {
        hub = TestHub.startAt(GATEWAY, SHARED);
        hub.put("/Patient/a", "{\"resourceType\":\"Patient\",\"id\":\"a\"}");
        hub.put("/Patient/b", "{\"resourceType\":\"Patient\",\"id\":\"b\"}");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String self(String... headers) {
        return link("self", Answers.json(hub.get("/Patient?_count=1", headers), 200));
    }

    private static String link(String relation, ObjectNode bundle) {
        for (var link : bundle.path("link")) {
            if (link.path("relation").asText().equals(relation)) {
                return link.path("url").asText();
            }
        }
        throw new AssertionError("no link " + relation);
    }

    @Test
    void aRequestToAKnownAddressIsAnsweredWithIt() {
        assertThat(self()).isEqualTo(hub.base() + "/Patient?_count=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: proto=https;host=hub.example",
                "Forwarded: for=192.0.2.1;Proto=https;Host=\"hub.example:443\", for=10.0.0.1",
                "X-Forwarded-Proto: https\nX-Forwarded-Host: hub.example",
                "X-Forwarded-Proto: https\nX-Forwarded-Host: HUB.example, inner.example",
                "X-Forwarded-Proto: https\nX-Forwarded-Host: hub.example\nX-Forwarded-Port: 443"
            })
    void theAddressThatAGatewayNamesIsUsedWhenItIsKnown(String headers) {
        String[] namesAndValues =
                headers.lines().flatMap(line -> Stream.of(line.split(": ", 2))).toArray(String[]::new);

        assertThat(self(namesAndValues)).startsWith(GATEWAY + "/Patient");
    }

    @Test
    void aPortAndAPrefixCount() {
        String[] headers = {
            "X-Forwarded-Proto", "https",
            "X-Forwarded-Host", "portal.example",
            "X-Forwarded-Port", "8443",
            "X-Forwarded-Prefix", "/hub"
        };

        assertThat(self(headers)).startsWith(SHARED + "/Patient");
        headers[7] = "/hub/fhir";
        assertThat(self(headers)).startsWith(SHARED + "/Patient");
        headers[7] = "/elsewhere";
        assertThat(self(headers)).startsWith(hub.base() + "/Patient");
    }

    @Test
    void aHeaderNeverMakesTheServerNameAnAddressThatIsNotItsOwn() {
        assertThat(self("X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https"))
                .startsWith(hub.base());
        assertThat(self("Forwarded", "host=evil.example;proto=https")).startsWith(hub.base());
        assertThat(self("Forwarded", "=;;,\"")).startsWith(hub.base());
    }

    @Test
    void aHostThatIsNotKnownGetsTheFirstKnownAddress() {
        String answer = new Wire(hub).answer("GET /Patient?_count=1", "");

        assertThat(answer).contains(hub.base() + "/Patient?_count=1").doesNotContain("http://localhost/");
    }

    @Test
    void everyLinkAndHeaderNamesTheSameAddress() {
        String[] gateway = {"X-Forwarded-Proto", "https", "X-Forwarded-Host", "hub.example"};

        var created = hub.send("POST", "/Patient", "{\"resourceType\":\"Patient\"}", gateway);
        assertThat(Answers.header(created, "Location")).startsWith(GATEWAY + "/Patient/");
        ObjectNode page = Answers.json(hub.get("/Patient?_count=1", gateway), 200);
        assertThat(page.at("/entry/0/fullUrl").asText()).startsWith(GATEWAY + "/Patient/");
        assertThat(link("next", page)).startsWith(GATEWAY + "/Patient?");
        assertThat(Answers.json(hub.get("/metadata", gateway), 200)
                        .at("/implementation/url")
                        .asText())
                .isEqualTo(GATEWAY);
        assertThat(hub.get("/api-docs", gateway).body()).contains("url: " + GATEWAY);
        assertThat(Answers.json(hub.get("/Patient/_history?_count=1", gateway), 200)
                        .path("link")
                        .findValuesAsText("url"))
                .hasSize(2)
                .allMatch(url -> url.startsWith(GATEWAY + "/Patient/_history"));
    }

    /** A page link is good for its search, whichever address it was made for. */
    @Test
    void aPageLinkWorksUnderEveryAddress() {
        String next = link(
                "next",
                Answers.json(
                        hub.get("/Patient?_count=1", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "hub.example"),
                        200));

        assertThat(Answers.found(hub.get(next.substring(GATEWAY.length())))).hasSize(1);
        assertThat(hub.get(next.substring(GATEWAY.length()) + "x").statusCode()).isEqualTo(400);
    }

    @Test
    void aReferenceUnderAnyKnownAddressIsLocal() {
        for (String base : List.of(hub.base(), GATEWAY, SHARED)) {
            Answers.created(hub.post("/Observation", """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},
                 "subject":{"reference":"%s/Patient/a"}}\
                """.formatted(base)));
        }
        assertThat(Answers.found(hub.get("/Observation?subject=Patient/a"))).hasSize(3);
    }
}
