package org.countyhub.imaging.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.countyhub.kernel.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that behaves badly. */
@Timeout(60)
class FhirClientTest {
    private static final int ENDLESS = 1 << 20;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<String> addresses = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private FhirClient client;

    private interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        client = FhirClient.at("http://127.0.0.1:" + server.getAddress().getPort() + "/fhir/");
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answers(Behaviour behaviour) {
        server.createContext("/", exchange -> {
            addresses.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Requester"));
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                behaviour.answer(exchange);
            }
        });
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Problem.Busy busy(FhirClient asked) {
        ProblemException thrown = catchThrowableOfType(ProblemException.class, () -> asked.get("Patient/1"));
        assertThat(thrown.problem()).isInstanceOf(Problem.Busy.class);
        return (Problem.Busy) thrown.problem();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void aServerInTroubleIsBusy(int status) {
        answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "17");
            send(exchange, status, "");
        });
        assertThat(busy(client).retryAfterSeconds()).isEqualTo(17);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "99999999999", "Wed, 21 Oct 2026 07:28:00 GMT", "999999"})
    void whatItSaysOfRetryingIsBounded(String after) {
        answers(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", after);
            send(exchange, 503, "");
        });
        assertThat(busy(client).retryAfterSeconds()).isBetween(1, 300);
    }

    @Test
    void aServerThatIsAwayIsBusy() {
        server.stop(0);
        assertThat(busy(client).faults().getFirst().diagnostics()).contains("could not be asked");
    }

    @Test
    void aServerThatNeverAnswersIsBusyInTime() {
        answers(exchange -> pause());
        long start = System.nanoTime();
        busy(client.within(Duration.ofMillis(300)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aServerThatNeverEndsIsBusyInTime() {
        answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                pause();
            }
        });
        long start = System.nanoTime();
        busy(client.within(Duration.ofMillis(500)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsNotRead() {
        answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 64; i++) {
                    out.write(new byte[ENDLESS]);
                }
            }
        });
        busy(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{", "{}}"})
    void anAnswerThatIsNoJsonIsBusy(String body) {
        answers(exchange -> send(exchange, 200, body));
        busy(client);
    }

    @Test
    void aRedirectIsNotFollowed() {
        answers(exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
            send(exchange, 302, "");
        });
        assertThat(client.get("Patient/1").isOk()).isFalse();
    }

    @Test
    void aRefusalSaysThePlaceAndNothingThatStoodThere() {
        answers(exchange -> send(
                exchange,
                422,
                "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"value\","
                        + "\"diagnostics\":\"张三 is no date\",\"expression\":[\"Patient.birthDate\"]}]}"));
        ProblemException thrown = catchThrowableOfType(
                ProblemException.class, () -> client.get("Patient/1").ok());
        assertThat(thrown.problem()).isInstanceOf(Problem.Unprocessable.class);
        assertThat(thrown).hasMessage("the FHIR server answered 422: value at Patient.birthDate");
    }

    @Test
    void noNumberOfAPatientStandsInAnAddress() {
        answers(exchange -> send(exchange, 200, "{\"resourceType\":\"Bundle\"}"));
        client.search("ImagingStudy", Map.of("identifier", "urn:oid:1|SECRET"));
        new FhirPatients(client).patients(Hospitals.EAST, null, "SECRET");
        assertThat(addresses).isNotEmpty().allMatch(address -> !address.contains("SECRET"));
        assertThat(addresses).allMatch(address -> address.endsWith(" county-hub-imaging"));
    }

    @Test
    void aServerThatIsAwayIsAskedAFewTimesARoundAndNothingIsLost() {
        AtomicInteger asked = new AtomicInteger();
        answers(exchange -> {
            asked.incrementAndGet();
            send(exchange, 503, "");
        });
        RememberedStudies index = new RememberedStudies();
        for (int i = 0; i < 50; i++) {
            index.put(new SomeStudy(Hospitals.EAST, "P" + i));
        }
        PublishedAs as = new PublishedAs("http://hub/dicomweb", "http://hub/film", ZoneId.of("UTC"));
        FhirPublisher publisher = new FhirPublisher(index, client, as, Clock.systemUTC(), Duration.ZERO);
        assertThat(publisher.round()).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(asked).hasValue(3);
        assertThat(index.unpublished(Instant.now(), 100)).hasSize(50);
    }

    @Test
    void aStudyThatFailedWaitsBeforeItIsTriedAgain() {
        answers(exchange -> send(exchange, 500, ""));
        RememberedStudies index = new RememberedStudies();
        index.put(new SomeStudy(Hospitals.EAST, "P1"));
        PublishedAs as = new PublishedAs("http://hub/dicomweb", "http://hub/film", ZoneId.of("UTC"));
        FhirPublisher publisher = new FhirPublisher(index, client, as, Clock.systemUTC(), Duration.ZERO);
        publisher.round();
        publisher.round();
        assertThat(addresses).hasSize(1);
    }

    @Test
    void aRunningPublisherEndsWhileTheServerDoesNotAnswer() {
        answers(exchange -> pause());
        RememberedStudies index = new RememberedStudies();
        index.put(new SomeStudy(Hospitals.EAST, "P1"));
        PublishedAs as = new PublishedAs("http://hub/dicomweb", "http://hub/film", ZoneId.of("UTC"));
        FhirPublisher publisher = new FhirPublisher(index, client, as, Clock.systemUTC(), Duration.ZERO);
        publisher.start();
        while (addresses.isEmpty()) {
            Thread.onSpinWait();
        }
        long start = System.nanoTime();
        publisher.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void addressesOfSwitchesAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FhirClient.of(new Settings(Map.of("HUB_FHIR_URL", "localhost:8080"))))
                .withMessageContaining("HUB_FHIR_URL");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublishedAs.of(new Settings(Map.of("HUB_IMAGING_BASE_URL", "ftp://x/"))))
                .withMessageContaining("HUB_IMAGING_BASE_URL");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublishedAs.of(new Settings(Map.of("HUB_TIME_ZONE", "Shanghai"))))
                .withMessageContaining("HUB_TIME_ZONE");
        assertThat(PublishedAs.of(new Settings(Map.of("HUB_IMAGING_BASE_URL", "https://a/b//")))
                        .dicomweb())
                .isEqualTo("https://a/b");
    }
}
