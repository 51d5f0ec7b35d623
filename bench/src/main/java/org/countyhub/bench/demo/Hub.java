package org.countyhub.bench.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The hub under load, as a hospital's system sees it: one address that takes transaction bundles. Safe for threads. */
final class Hub implements AutoCloseable {
    private static final int TRIES = 6;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int BUSY = 503;

    private final URI base;
    private final Duration firstPause;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** @param firstPause before the second try; each later one waits twice as long */
    Hub(URI base, Duration firstPause) {
        this.base = base;
        this.firstPause = firstPause;
    }

    /** What became of the entries of one bundle. */
    record Answer(int created, int alreadyThere) {}

    /**
     * Sends a transaction until it is answered, because every entry is conditional and may arrive twice.
     *
     * @throws DemoFailure if the hub refuses it, is not there, or stays busy
     */
    Answer post(ObjectNode bundle) throws InterruptedException {
        HttpRequest request = request(bundle);
        Duration pause = firstPause;
        for (int i = 1; ; i++) {
            String trouble;
            try {
                HttpResponse<String> response =
                        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
                if (response.statusCode() != BUSY) {
                    return answer(response);
                }
                trouble = "The hub at " + base + " is too busy: it answered 503 to " + TRIES + " tries.";
            } catch (ConnectException e) {
                trouble = "No hub answers at " + base + ". Start it with ./hub run";
            } catch (IOException e) {
                trouble = "The connection to " + base + " broke: " + e;
            }
            if (i == TRIES) {
                throw new DemoFailure(trouble);
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private HttpRequest request(ObjectNode bundle) {
        try {
            return HttpRequest.newBuilder(base)
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/fhir+json;charset=UTF-8")
                    .header("Accept", "application/fhir+json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(bundle)))
                    .build();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer answer(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new DemoFailure(
                    "The hub at " + base + " answered " + response.statusCode() + ":\n" + pretty(response.body()));
        }
        int created = 0;
        int alreadyThere = 0;
        for (JsonNode entry : tree(response.body()).path("entry")) {
            if (entry.path("response").path("status").asText().startsWith("201")) {
                created++;
            } else {
                alreadyThere++;
            }
        }
        return new Answer(created, alreadyThere);
    }

    private JsonNode tree(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            throw new DemoFailure("The hub at " + base + " answered something that is not JSON: "
                    + body.substring(0, Math.min(body.length(), 200)));
        }
    }

    private String pretty(String body) {
        try {
            return json.readTree(body).toPrettyString();
        } catch (JsonProcessingException e) {
            return body;
        }
    }
}
