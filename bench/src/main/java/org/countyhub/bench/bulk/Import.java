package org.countyhub.bench.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The operation {@code $import} of a hub: an address that takes lines, each the update of a resource. */
public final class Import implements AutoCloseable {
    private static final int TRIES = 6;
    private static final int BUSY = 503;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final URI address;
    private final Duration firstPause;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /**
     * @param base the FHIR base without a slash at the end
     * @param firstPause before the second try; each later one waits twice as long
     */
    public Import(String base, Duration firstPause) {
        this.address = URI.create(base + "/$import");
        this.firstPause = firstPause;
    }

    /** A line that was refused. */
    public record Refusal(int line, String why) {}

    /** What became of lines; of very many refused ones not all are among the refusals. */
    public record Answer(int created, int updated, int unchanged, int refused, List<Refusal> refusals) {
        public Answer {
            refusals = List.copyOf(refusals);
        }
    }

    /**
     * Sends lines until they are answered, because every line may arrive twice.
     *
     * @throws ImportFailure if the hub refuses the whole, is not there, or stays busy
     */
    public Answer post(byte[] lines) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/fhir+ndjson")
                .header("Accept", "application/fhir+json")
                .POST(BodyPublishers.ofByteArray(lines))
                .build();
        Duration pause = firstPause;
        for (int i = 1; ; i++) {
            String trouble;
            try {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
                if (response.statusCode() == 200) {
                    return answer(response.body());
                }
                trouble = address + " answered " + response.statusCode() + ":\n" + response.body();
                if (response.statusCode() != BUSY) {
                    throw new ImportFailure(trouble);
                }
            } catch (ConnectException e) {
                trouble = "No hub answers at " + address + ". Start it with ./hub run";
            } catch (IOException e) {
                trouble = "The connection to " + address + " broke: " + e;
            }
            if (i == TRIES) {
                throw new ImportFailure(trouble);
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private Answer answer(String body) {
        try {
            JsonNode parameters = json.readTree(body).path("parameter");
            List<Refusal> refusals = new ArrayList<>();
            for (JsonNode parameter : parameters) {
                if (parameter.path("name").asText().equals("refusal")) {
                    refusals.add(new Refusal(
                            parameter.at("/part/0/valueInteger").asInt(),
                            why(parameter.at("/part/1/resource/issue/0"))));
                }
            }
            return new Answer(
                    count(parameters, "created"),
                    count(parameters, "updated"),
                    count(parameters, "unchanged"),
                    count(parameters, "refused"),
                    refusals);
        } catch (JsonProcessingException e) {
            throw new ImportFailure(address + " answered something that is not JSON");
        }
    }

    private static String why(JsonNode issue) {
        String place = issue.at("/expression/0").asText();
        return (place.isEmpty() ? "" : place + ": ") + issue.path("diagnostics").asText();
    }

    private static int count(JsonNode parameters, String name) {
        for (JsonNode parameter : parameters) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter.path("valueInteger").asInt();
            }
        }
        return 0;
    }

    @Override
    public void close() {
        client.close();
    }
}
