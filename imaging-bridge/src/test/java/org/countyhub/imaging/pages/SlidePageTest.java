package org.countyhub.imaging.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.dicomweb.DicomWeb;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.imaging.film.FilmReports;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.imaging.filmweb.Film;
import org.countyhub.imaging.slide.SyntheticSlide;
import org.countyhub.imaging.store.PgFilmStore;
import org.countyhub.imaging.study.Coercion;
import org.countyhub.imaging.study.PatientDirectory;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.outgoing.MediaArchive;
import org.countyhub.imaging.study.outgoing.OutgoingInstances;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** The page of slides, looked at with Chromium: what is seen, in which time, inside and outside a link. {@code viewer/test/browser/slide.mjs} looks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlidePageTest {
    private static final SyntheticSlide FULL =
            new SyntheticSlide(false, true, "1.2.3.70", "1.2.3.70.1", 6_000, 4_500, 256);
    private static final SyntheticSlide SPARSE =
            new SyntheticSlide(true, false, "1.2.3.70", "1.2.3.70.2", 3_000, 2_250, 256);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PICTURES = Path.of("target", "pictures").toAbsolutePath();

    private final Bridge bridge = new Bridge();
    private final HttpClient client = HttpClient.newHttpClient();
    private ConfigurableApplicationContext context;
    private String origin;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({DicomWeb.class, Film.class, Pages.class})
    static class Application {}

    /** Everybody is somebody else. */
    private static final class Directory implements PatientDirectory {
        @Override
        public Set<PatientKey> patients(Source asking, @Nullable String issuer, String id) {
            return samePerson(new PatientKey(asking.patientSystem(), id));
        }

        @Override
        public Set<PatientKey> samePerson(PatientKey patient) {
            return Set.of(patient);
        }
    }

    private static final class NoReports implements FilmReports {
        @Override
        public List<FilmReport> of(String studyUid) {
            return List.of();
        }

        @Override
        public byte[] document(String studyUid, String reportId, int number) {
            throw Problem.notFound("there is none");
        }
    }

    @BeforeAll
    void start() throws IOException {
        PatientDirectory directory = new Directory();
        OutgoingInstances outgoing =
                new OutgoingInstances(bridge.studies, bridge.blobs, directory, Coercion.HUB, Clock.systemUTC());
        DicomWeb.Ports dicomWeb = new DicomWeb.Ports(
                bridge.ingest,
                bridge.studies,
                bridge.queries,
                bridge.blobs,
                directory,
                outgoing,
                (name, address) -> Optional.empty(),
                Optional.empty(),
                List.of("https://imaging.example.org/dicomweb"));
        Clock clock = Clock.systemUTC();
        Film.Ports film = new Film.Ports(
                new FilmService(
                        bridge.db, new PgFilmStore(bridge.db), bridge.studies, bridge.queries, directory, clock),
                new NoReports(),
                bridge.studies,
                new MediaArchive(outgoing, bridge.blobs),
                Optional.empty(),
                "https://film.example.org/film",
                ZoneOffset.UTC,
                clock);
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(fresh -> {
            ((GenericApplicationContext) fresh).registerBean(DicomWeb.Ports.class, () -> dicomWeb);
            ((GenericApplicationContext) fresh).registerBean(Film.Ports.class, () -> film);
        });
        context = application.run("--server.port=0", "--server.address=127.0.0.1");
        origin = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
        for (SyntheticSlide slide : List.of(FULL, SPARSE)) {
            for (byte[] file : slide.files()) {
                Path path = Files.createTempFile("slide", ".dcm");
                Files.write(path, file);
                bridge.store(Bridge.HAIDU, path);
                Files.delete(path);
            }
        }
    }

    @AfterAll
    void stop() {
        client.close();
        context.close();
        bridge.close();
    }

    private HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(origin + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .header("X-Requester", "RIS")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(origin + path))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void thePageHasItsPolicyAndNothingInline() throws IOException, InterruptedException {
        HttpResponse<String> page = get("/view/slide");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';");
        assertThat(page.body())
                .contains("/view/assets/slide-")
                .doesNotContain(" style=")
                .doesNotContain("<style");
    }

    @Test
    void aSlideIsSeenAsItIs() throws IOException, InterruptedException {
        InBrowser.assumed();
        JsonNode issued = JSON.readTree(post(
                        "/film",
                        "{\"studyInstanceUid\":\"" + FULL.study()
                                + "\",\"secondFactor\":\"none\",\"watermark\":\"海都县人民医院\"}")
                .body());
        String link = "/film/open/" + issued.path("id").asText();
        String url = issued.path("url").asText();
        String cookie = post(
                        link + "/session",
                        "{\"secret\":\"" + url.substring(url.indexOf('#') + 1) + "\",\"factor\":\"\"}")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";", 2)[0];
        String how = JSON.writeValueAsString(Map.of(
                "origin", origin,
                "study", FULL.study(),
                "full", FULL.series(),
                "sparse", SPARSE.series(),
                "columns", FULL.columns(),
                "rows", FULL.rows(),
                "link", link,
                "cookie", cookie,
                "pictures", PICTURES.toString()));
        assertThat(InBrowser.check("slide.mjs", how)).contains("first view rendered: ");
    }
}
