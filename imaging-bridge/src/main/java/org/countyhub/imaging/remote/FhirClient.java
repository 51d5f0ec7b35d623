package org.countyhub.imaging.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to the FHIR server (R4 section 3.1.0). A server that is away, too slow, overloaded or at fault is {@link Problem.Busy}; so is
 * an answer that is too large or no JSON. Whatever asks for a patient stands in a body, never in an address, since addresses are
 * logged on the way.
 */
public final class FhirClient implements AutoCloseable {
    /** Who asks, for the record of disclosures. */
    static final String REQUESTER = "county-hub-imaging";

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_ANSWER = 16 << 20;
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final int MAX_RETRY_AFTER_SECONDS = 300;
    private static final String FHIR_JSON = "application/fhir+json";
    /** Decimals as they are written: 1.50 is not 1.5 (R4 section 2.24.0.1), and what is read may be written back. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final HttpClient http;
    private final String base;
    private final Duration timeout;

    private FhirClient(HttpClient http, String base, Duration timeout) {
        this.http = http;
        this.base = base;
        this.timeout = timeout;
    }

    /** The server that HUB_FHIR_URL names, by default the one on this machine. */
    public static FhirClient of(Settings settings) {
        return at(settings.text("HUB_FHIR_URL", "http://127.0.0.1:8080/fhir"));
    }

    /** The server at a FHIR base address. */
    public static FhirClient at(String base) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return new FhirClient(http, HttpAddress.of("HUB_FHIR_URL", base), TIMEOUT);
    }

    /** The same server, with another bound on the time until an answer is there in full. Closing either closes both. */
    FhirClient within(Duration bound) {
        return new FhirClient(http, base, bound);
    }

    /** A read or any other interaction by GET; nothing of a patient may stand in the path or its parameters. */
    Answer get(String pathAndQuery) {
        return send(request(pathAndQuery).GET());
    }

    /** The resources that a search finds, on its first page. */
    List<JsonNode> search(String type, Map<String, String> parameters) {
        HttpRequest.Builder request = request(type + "/_search")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(parameters)));
        return matches(send(request).ok());
    }

    /** The resources of a page that match; not those included, not outcomes. */
    static List<JsonNode> matches(JsonNode searchset) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode entry : searchset.path("entry")) {
            if (entry.path("search").path("mode").asText("match").equals("match")) {
                found.add(entry.path("resource"));
            }
        }
        return found;
    }

    /** An operation, or, with an empty path, a batch or transaction. */
    Answer post(String path, JsonNode body) {
        return send(request(path)
                .header("Content-Type", FHIR_JSON)
                .header("Prefer", "return=minimal")
                .POST(bytes(body)));
    }

    /** Conditional create (section 3.1.0.8.1). */
    Answer create(String type, JsonNode resource, Token ifNoneExist) {
        return send(request(type)
                .header("Content-Type", FHIR_JSON)
                .header("Prefer", "return=minimal")
                .header("If-None-Exist", form(Map.of("identifier", ifNoneExist.search())))
                .POST(bytes(resource)));
    }

    /** Conditional update (section 3.1.0.4.3). */
    Answer update(String type, JsonNode resource, Token identifier) {
        return send(request(type + "?" + form(Map.of("identifier", identifier.search())))
                .header("Content-Type", FHIR_JSON)
                .header("Prefer", "return=minimal")
                .PUT(bytes(resource)));
    }

    /** JSON Patch of that version of a resource (section 3.1.0.6). */
    Answer patch(String reference, String version, JsonNode patch) {
        return send(request(reference)
                .header("Content-Type", "application/json-patch+json")
                .header("Prefer", "return=minimal")
                .header("If-Match", "W/\"" + version + "\"")
                .method("PATCH", bytes(patch)));
    }

    /** Parameters as in an address or a form. */
    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** {@code [type]/[id]} of a reference to a resource of that server, or of a location there; null for any other. */
    @Nullable
    String local(@Nullable String reference) {
        String text = reference == null ? "" : reference;
        String relative = text.startsWith(base + "/") ? text.substring(base.length() + 1) : text;
        String[] parts = relative.split("/", -1);
        boolean versioned = parts.length == 4 && parts[2].equals("_history");
        return (parts.length == 2 || versioned) && !parts[0].isEmpty() && !parts[0].contains(":") && !parts[1].isEmpty()
                ? parts[0] + "/" + parts[1]
                : null;
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(pathAndQuery.isEmpty() ? base : base + "/" + pathAndQuery))
                .timeout(timeout)
                .header("Accept", FHIR_JSON)
                .header("X-Requester", REQUESTER);
    }

    private static HttpRequest.BodyPublisher bytes(JsonNode body) {
        try {
            return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree can always be written
        }
    }

    private Answer send(HttpRequest.Builder request) {
        HttpResponse<byte[]> response = exchange(request.build());
        int status = response.statusCode();
        if (status == 429 || status >= 500) {
            throw Problem.busy("the FHIR server answered " + status, retryAfter(response));
        }
        return new Answer(
                status,
                tree(response.body()),
                response.headers().firstValue("Location").orElse(null));
    }

    /** The timeout of HttpRequest ends with the headers; this one with the body. */
    private HttpResponse<byte[]> exchange(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
        try {
            return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw Problem.busy("the FHIR server did not answer in time", RETRY_AFTER_SECONDS);
        } catch (ExecutionException e) {
            throw Problem.busy(
                    "the FHIR server could not be asked: "
                            + (e.getCause() instanceof IOException io
                                    ? io.getClass().getSimpleName()
                                    : "failure"),
                    RETRY_AFTER_SECONDS);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw Problem.busy("asking the FHIR server was broken off", RETRY_AFTER_SECONDS);
        }
    }

    private static JsonNode tree(byte[] body) {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw Problem.busy("the FHIR server's answer is no JSON", RETRY_AFTER_SECONDS);
        }
    }

    private static int retryAfter(HttpResponse<?> response) {
        String value = response.headers().firstValue("Retry-After").orElse("");
        return value.matches("[0-9]{1,6}")
                ? Math.clamp(Integer.parseInt(value), 1, MAX_RETRY_AFTER_SECONDS)
                : RETRY_AFTER_SECONDS;
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
