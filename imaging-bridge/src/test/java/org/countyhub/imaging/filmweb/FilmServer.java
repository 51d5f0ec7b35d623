package org.countyhub.imaging.filmweb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.TurnedClock;
import org.countyhub.imaging.access.Entitlement;
import org.countyhub.imaging.access.KnownDoctors;
import org.countyhub.imaging.dicomweb.Clients;
import org.countyhub.imaging.dicomweb.DicomWeb;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.imaging.film.FilmReports;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.imaging.peers.AddressRange;
import org.countyhub.imaging.peers.Permission;
import org.countyhub.imaging.peers.Readers;
import org.countyhub.imaging.store.PgFilmStore;
import org.countyhub.imaging.store.PgReadingStore;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Sender;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.outgoing.MediaArchive;
import org.countyhub.imaging.study.outgoing.OutgoingInstances;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** Cloud film and DICOMweb as they are run, with a clock that tests turn. */
final class FilmServer implements AutoCloseable {
    static final String BASE = "https://film.example.org/film";
    /** The AE title of the one system that may look at images by DICOMweb itself. */
    static final String WORKSTATION = "WORKSTATION";

    static final String RESIDENT_ID = "11010519491231002X";
    private static final ObjectMapper JSON = new ObjectMapper();

    final Bridge bridge = new Bridge();
    final TurnedClock clock = new TurnedClock(Instant.now());
    final List<FilmReport> reports = new CopyOnWriteArrayList<>();
    /** The server of reports answers once this is open. */
    volatile CountDownLatch reportsGate = new CountDownLatch(0);
    /** What is thrown instead of an answer about reports. */
    volatile @Nullable RuntimeException reportsFailure;

    /** Of these studies other reports than {@link #reports}. */
    final Map<String, List<FilmReport>> reportsOf = new ConcurrentHashMap<>();

    /** Knows of no doctor unless a test says so: whoever gets something has it by a link. */
    final KnownDoctors records = new KnownDoctors();
    /** Patients of the one person that the directory knows. */
    final Set<PatientKey> person = new HashSet<>();

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    final int port;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({DicomWeb.class, Film.class, org.countyhub.imaging.pages.Pages.class})
    static class Application {}

    FilmServer() {
        PatientDirectory directory = new Directory();
        OutgoingInstances outgoing =
                new OutgoingInstances(bridge.studies, bridge.blobs, directory, Coercion.HUB, clock);
        Optional<Entitlement> entitlement = Optional.of(entitlement(directory));
        DicomWeb.Ports dicomWeb = new DicomWeb.Ports(
                bridge.ingest,
                bridge.studies,
                bridge.queries,
                bridge.blobs,
                directory,
                outgoing,
                (name, address) -> name.equals(WORKSTATION)
                        ? Optional.of(new Clients.Client(
                                new Sender(Bridge.HAIDU, name, address.getHostAddress()),
                                EnumSet.of(Permission.QUERY, Permission.RETRIEVE)))
                        : Optional.empty(),
                entitlement,
                List.of("https://imaging.example.org/dicomweb"));
        Film.Ports film = new Film.Ports(
                new FilmService(
                        bridge.db, new PgFilmStore(bridge.db), bridge.studies, bridge.queries, directory, clock),
                new Reports(),
                bridge.studies.shown(),
                new MediaArchive(outgoing, bridge.blobs),
                entitlement,
                BASE,
                ZoneId.of("Asia/Shanghai"),
                clock);
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(fresh -> {
            ((GenericApplicationContext) fresh).registerBean(DicomWeb.Ports.class, () -> dicomWeb);
            ((GenericApplicationContext) fresh).registerBean(Film.Ports.class, () -> film);
        });
        context = application.run("--server.port=0", "--server.address=127.0.0.1");
        port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private Entitlement entitlement(PatientDirectory directory) {
        return new Entitlement(
                new Readers(List.of(AddressRange.of("127.0.0.0/8")), Set.of(Readers.DOCTOR), 0, Set.of()),
                List.of(Bridge.HAIDU, Bridge.XIAMEI),
                new Entitlement.Ports(
                        bridge.studies.shown(),
                        bridge.queries,
                        directory,
                        records,
                        new PgReadingStore(bridge.db),
                        ZoneOffset.UTC,
                        clock));
    }

    private final class Directory implements PatientDirectory {
        @Override
        public Set<PatientKey> patients(Source asking, @Nullable String issuer, String id) {
            return samePerson(new PatientKey(asking.patientSystem(), id));
        }

        @Override
        public Set<PatientKey> samePerson(PatientKey patient) {
            return person.contains(patient) ? Set.copyOf(person) : Set.of(patient);
        }
    }

    private final class Reports implements FilmReports {
        @Override
        public List<FilmReport> of(String studyUid) {
            try {
                if (!reportsGate.await(60, TimeUnit.SECONDS)) {
                    throw Problem.busy("never opened", 1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Problem.busy("interrupted", 1);
            }
            RuntimeException failure = reportsFailure;
            if (failure != null) {
                throw failure;
            }
            return reportsOf.getOrDefault(studyUid, reports);
        }

        @Override
        public byte[] document(String studyUid, String reportId, int number) {
            throw Problem.notFound("there is none");
        }
    }

    /** Header names and values in turn. */
    HttpResponse<byte[]> send(String method, String path, @Nullable String body, String... headers) {
        return send(BodyHandlers.ofByteArray(), method, path, body, headers);
    }

    private <T> HttpResponse<T> send(
            BodyHandler<T> handler, String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** A link as it is told once. */
    record Link(String id, String secret, @Nullable String code) {
        String path() {
            return "/film/open/" + id;
        }
    }

    /** Makes a link by {@code /film}. */
    Link issue(String wish) {
        HttpResponse<byte[]> answer = send("POST", "/film", wish, "X-Requester", "RIS");
        if (answer.statusCode() != 201) {
            throw new AssertionError(
                    answer.statusCode() + " " + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        JsonNode link = json(answer);
        String url = link.path("url").asText();
        return new Link(
                link.path("id").asText(),
                url.substring(url.indexOf('#') + 1),
                link.path("code").isTextual() ? link.path("code").asText() : null);
    }

    HttpResponse<byte[]> open(Link link, String factor, String... headers) {
        return open(link.id(), link.secret(), factor, headers);
    }

    HttpResponse<byte[]> open(String id, String secret, String factor, String... headers) {
        return send("POST", "/film/open/" + id + "/session", attempt(secret, factor), headers);
    }

    private static String attempt(String secret, String factor) {
        return "{\"secret\":\"" + secret + "\",\"factor\":\"" + factor + "\"}";
    }

    /** What a link shows, as it comes. */
    InputStream opening(Link link, String... headers) {
        return send(BodyHandlers.ofInputStream(), "POST", link.path() + "/session", attempt(link.secret(), ""), headers)
                .body();
    }

    /** The cookie of a link that is opened with nothing but its secret. */
    String cookie(Link link) {
        return cookie(open(link, ""));
    }

    static String cookie(HttpResponse<?> opened) {
        return opened.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        context.close();
        bridge.close();
    }
}
