package org.countyhub.imaging.filmweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.countyhub.imaging.Bridge;
import org.countyhub.imaging.Samples;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.DatasetReader;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Part10;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.imaging.film.FactorKind;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.imaging.film.FilmScope;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.imaging.filmweb.FilmServer.Link;
import org.countyhub.imaging.slide.SyntheticSlide;
import org.countyhub.imaging.store.PgFilmStore;
import org.countyhub.imaging.study.PatientKey;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What links show, to whom, and for how long. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilmTest {
    private static final String OTHER = "1.2.3.200";

    private FilmServer server;
    private String study;
    private String series;
    private String instance;
    private PatientKey patient;

    @BeforeAll
    void start() throws IOException {
        server = new FilmServer();
        server.bridge.store(Bridge.HAIDU, Samples.file("CT1_UNC.dcm"));
        server.bridge.store(Bridge.HAIDU, image("P9", OTHER, "1.2.3.201", "1.2.3.202", "19900101"));
        try (InputStream in = Files.newInputStream(Samples.file("CT1_UNC.dcm"))) {
            Part10.FileMeta meta = Part10.read(in);
            Dataset header = DatasetReader.read(in, meta.transferSyntax(), DatasetReader.Limits.DEFAULT);
            study = header.string(Tag.StudyInstanceUID, "");
            series = header.string(Tag.SeriesInstanceUID, "");
            instance = header.string(Tag.SOPInstanceUID, "");
        }
        patient = server.bridge.studies.study(study).orElseThrow().patient();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void fresh() {
        server.reports.clear();
        server.person.clear();
        // Failures of earlier tests are forgiven.
        server.clock.turn(Duration.ofMinutes(10));
    }

    private static Dataset image(String patient, String study, String series, String instance, String date) {
        return Dataset.builder()
                .set(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192")
                .set(Tag.SOPClassUID, Vr.UI, "1.2.840.10008.5.1.4.1.1.7")
                .set(Tag.SOPInstanceUID, Vr.UI, instance)
                .set(Tag.StudyInstanceUID, Vr.UI, study)
                .set(Tag.StudyDate, Vr.DA, date)
                .set(Tag.SeriesInstanceUID, Vr.UI, series)
                .set(Tag.PatientID, Vr.LO, patient)
                .set(Tag.PatientName, Vr.PN, "<script>alert(1)</script>=张^三")
                .set(Tag.Modality, Vr.CS, "OT")
                .build();
    }

    private Link issue(String more) {
        return server.issue("{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"none\"" + more + "}");
    }

    private Link issue() {
        return issue("");
    }

    private int status(Link link, String cookie, String path) {
        return server.get(link.path() + path, "Cookie", cookie).statusCode();
    }

    private String instancePath() {
        return "/dicomweb/studies/" + study + "/series/" + series + "/instances/" + instance;
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void aLinkShowsItsStudy() {
        server.reports.add(
                new FilmReport("r1", "胸部CT平扫", "final", Instant.now(), List.of("李医生"), List.of("双肺纹理清晰。"), "未见异常。", 0));
        Link link = issue();
        String cookie = server.cookie(link);

        HttpResponse<byte[]> page = server.get(link.path(), "Cookie", cookie, "Accept", "text/html");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(text(page)).contains("data:image/jpeg;base64,/9j/", "双肺纹理清晰。", "未见异常。", "李医生");
        assertThat(page.body().length).isLessThan(200_000);
        assertThat(status(link, cookie, "/dicomweb/studies")).isEqualTo(200);
        assertThat(status(link, cookie, "/dicomweb/studies/" + study + "/series"))
                .isEqualTo(200);
        assertThat(status(link, cookie, instancePath() + "/frames/1/rendered")).isEqualTo(200);
        assertThat(status(link, cookie, instancePath() + "/frames/1")).isEqualTo(200);
        assertThat(status(link, cookie, "/dicomweb/studies/" + study + "/series/" + series + "/metadata"))
                .isEqualTo(200);
        assertThat(FilmServer.json(server.get(link.path() + "/context", "Cookie", cookie))
                        .path("studyInstanceUid")
                        .asText())
                .isEqualTo(study);
    }

    @Test
    void theFirstKeyImageIsAPictureOfTheStudy() {
        Link link = issue();
        String page = text(server.get(link.path(), "Cookie", server.cookie(link)));
        String base64 = page.replaceFirst("(?s).*data:image/jpeg;base64,([^\"]*)\".*", "$1");

        int[] size = size(Base64.getDecoder().decode(base64));

        assertThat(size[0]).isEqualTo(size[1]).isBetween(512, 768);
    }

    /** Rows and columns of a baseline JPEG (ISO/IEC 10918-1 section B.2.2). */
    private static int[] size(byte[] jpeg) {
        for (int at = 2; at < jpeg.length; at += 2 + (jpeg[at + 2] & 0xFF) * 256 + (jpeg[at + 3] & 0xFF)) {
            if (jpeg[at + 1] == (byte) 0xC0) {
                return new int[] {
                    (jpeg[at + 5] & 0xFF) * 256 + (jpeg[at + 6] & 0xFF),
                    (jpeg[at + 7] & 0xFF) * 256 + (jpeg[at + 8] & 0xFF)
                };
            }
        }
        throw new AssertionError("no frame");
    }

    @Test
    void withoutTheSecretEveryLinkLooksLikeOneThatNeverWas() {
        Link link = issue();
        String none = "AAAAAAAAAAAAAAAA";

        String real = text(server.get(link.path())).replaceAll("nonce=\"[^\"]*\"", "");
        String made = text(server.get("/film/open/" + none)).replaceAll("nonce=\"[^\"]*\"", "");

        assertThat(real).isEqualTo(made).doesNotContain(study);
        String wrong = "A".repeat(43);
        assertThat(server.open(link.id(), wrong, "").statusCode()).isEqualTo(404);
        assertThat(server.open(none, wrong, "").statusCode()).isEqualTo(404);
        assertThat(server.open(link.id(), "", "").statusCode()).isEqualTo(404);
        assertThat(server.get(link.path() + instancePath()).statusCode()).isEqualTo(403);
        assertThat(server.get("/film/open/" + none + instancePath()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void theCookieOfALinkOpensNoOtherLink() {
        Link link = issue();
        Link other = issue();
        String cookie = server.cookie(link);

        assertThat(status(other, cookie, "/dicomweb/studies")).isEqualTo(403);
        assertThat(status(other, cookie, "/context")).isEqualTo(403);
    }

    @Test
    void theCookieIsOutOfReachOfScriptsAndOtherSites() {
        Link link = issue();

        String cookie = server.open(link, "").headers().firstValue("Set-Cookie").orElseThrow();

        assertThat(cookie)
                .contains("HttpOnly", "SameSite=Strict", "Secure", "Path=/film/open/" + link.id())
                .doesNotContain(link.secret());
    }

    @Test
    void anotherStudyIsNotShown() {
        Link link = issue();
        String cookie = server.cookie(link);

        assertThat(status(link, cookie, "/dicomweb/studies/" + OTHER + "/series"))
                .isEqualTo(404);
        assertThat(status(
                        link, cookie, "/dicomweb/studies/" + OTHER + "/series/1.2.3.201/instances/1.2.3.202/rendered"))
                .isEqualTo(404);
        // An instance of another study is not reached by the path of the link's own.
        assertThat(status(
                        link,
                        cookie,
                        "/dicomweb/studies/" + study + "/series/" + series + "/instances/1.2.3.202/metadata"))
                .isEqualTo(404);
        assertThat(status(link, cookie, "/dicomweb/studies/" + study + "/../" + OTHER + "/series"))
                .isNotEqualTo(200);
        assertThat(status(link, cookie, "/dicomweb/studies/" + study + "/%2e%2e/" + OTHER + "/series"))
                .isNotEqualTo(200);
        assertThat(status(link, cookie, "/dicomweb/series")).isEqualTo(404);
        assertThat(status(link, cookie, "/dicomweb/instances")).isEqualTo(404);
        assertThat(FilmServer.json(server.get(
                                link.path() + "/dicomweb/studies?StudyInstanceUID=" + OTHER, "Cookie", cookie))
                        .size())
                .isEqualTo(1);
        assertThat(server.send("POST", link.path() + "/dicomweb/studies", "{}", "Cookie", cookie)
                        .statusCode())
                .isIn(404, 405);
    }

    @Test
    void onlyTheSeriesOfTheLinkAreShown() {
        server.bridge.store(Bridge.HAIDU, image("P8", "1.2.3.300", "1.2.3.301", "1.2.3.302", "20200101"));
        server.bridge.store(Bridge.HAIDU, image("P8", "1.2.3.300", "1.2.3.303", "1.2.3.304", "20200101"));
        Link link = server.issue(
                "{\"studyInstanceUid\":\"1.2.3.300\",\"secondFactor\":\"none\",\"scope\":{\"series\":[\"1.2.3.301\"]}}");
        String cookie = server.cookie(link);
        String own = "/dicomweb/studies/1.2.3.300";

        assertThat(status(link, cookie, own + "/series/1.2.3.301/metadata")).isEqualTo(200);
        assertThat(status(link, cookie, own + "/series/1.2.3.303/metadata")).isEqualTo(404);
        assertThat(status(link, cookie, own + "/metadata")).isEqualTo(404);
        assertThat(status(link, cookie, own + "/instances")).isEqualTo(404);
        assertThat(status(link, cookie, own + "/thumbnail")).isEqualTo(404);
        assertThat(text(server.get(link.path() + own + "/series", "Cookie", cookie)))
                .contains("1.2.3.301")
                .doesNotContain("1.2.3.303");
    }

    @Test
    void filesAreGivenOnlyWhereTheLinkSaysSo() {
        Link link = issue();
        String cookie = server.cookie(link);
        for (String path : List.of(
                "/dicomweb/studies/" + study, "/dicomweb/studies/" + study + "/series/" + series, instancePath())) {
            assertThat(status(link, cookie, path)).as(path).isEqualTo(403);
        }
        server.send("PATCH", "/film/" + link.id(), "{\"originals\":true}", "X-Requester", "RIS");
        assertThat(server.get(link.path() + instancePath(), "Cookie", cookie, "Accept", "application/dicom")
                        .statusCode())
                .isEqualTo(200);
        assertThat(views(link)).contains("ORIGINALS");
    }

    @Test
    void earlierStudiesOfThePersonAreShownOnlyWhereTheLinkSaysSo() {
        server.person.addAll(Set.of(patient, new PatientKey(Bridge.HAIDU.patientSystem(), "P9")));
        Link without = issue();
        Link with = issue(",\"scope\":{\"priors\":true}");
        String path = "/dicomweb/studies/" + OTHER + "/series";

        assertThat(status(without, server.cookie(without), path)).isEqualTo(404);
        String cookie = server.cookie(with);
        assertThat(status(with, cookie, path)).isEqualTo(200);
        assertThat(FilmServer.json(server.get(with.path() + "/dicomweb/studies", "Cookie", cookie))
                        .size())
                .isEqualTo(2);
    }

    @Test
    void revocationEndsEverythingAtOnce() {
        Link link = issue();
        String cookie = server.cookie(link);
        assertThat(status(link, cookie, instancePath() + "/frames/1")).isEqualTo(200);

        HttpResponse<byte[]> revoked = server.send("DELETE", "/film/" + link.id(), null, "X-Requester", "RIS");

        assertThat(FilmServer.json(revoked).path("revokedBy").asText()).isEqualTo("RIS");
        for (String path : List.of(
                "", "/context", "/dicomweb/studies", instancePath() + "/frames/1", instancePath() + "/rendered")) {
            assertThat(status(link, cookie, path)).as(path).isEqualTo(410);
        }
        assertThat(server.open(link, "").statusCode()).isEqualTo(410);
        assertThat(server.send("PATCH", "/film/" + link.id(), "{\"validDays\":1}", "X-Requester", "RIS")
                        .statusCode())
                .isEqualTo(410);
    }

    @Test
    void aLinkIsValidUntilItsEndAndNotAMomentLonger() {
        Link link = issue(",\"validDays\":1");
        Instant end = Instant.parse(FilmServer.json(server.get("/film/" + link.id()))
                .path("expires")
                .asText());
        server.clock.set(end.minusMillis(1));
        String cookie = server.cookie(link);
        assertThat(status(link, cookie, instancePath() + "/frames/1")).isEqualTo(200);

        server.clock.set(end);

        assertThat(status(link, cookie, instancePath() + "/frames/1")).isEqualTo(410);
        assertThat(status(link, cookie, "")).isEqualTo(410);
        assertThat(server.open(link, "").statusCode()).isEqualTo(410);
        // A hospital can give it more time.
        server.send("PATCH", "/film/" + link.id(), "{\"validDays\":2}", "X-Requester", "RIS");
        assertThat(status(link, server.cookie(link), "")).isEqualTo(200);
    }

    @Test
    void aSessionEndsBeforeItsLink() {
        Link link = issue();
        String cookie = server.cookie(link);

        server.clock.turn(Duration.ofHours(13));

        assertThat(status(link, cookie, "/context")).isEqualTo(403);
        assertThat(status(link, server.cookie(link), "/context")).isEqualTo(200);
    }

    @Test
    void whoeverGivesTheBrowserBackIsOut() {
        Link link = issue();
        String cookie = server.cookie(link);

        server.send("DELETE", link.path() + "/session", null, "Cookie", cookie);

        assertThat(status(link, cookie, "/context")).isEqualTo(403);
    }

    private Link withCode() {
        return server.issue("{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"code\"}");
    }

    @Test
    void fiveWrongCodesLockTheLinkUntilAHospitalUnlocksIt() {
        Link link = withCode();
        String code = String.valueOf(link.code());
        String wrong = code.equals("000000") ? "000001" : "000000";
        HttpResponse<byte[]> asked = server.open(link, "");
        assertThat(asked.statusCode()).isEqualTo(401);
        assertThat(FilmServer.json(asked).path("factor").asText()).isEqualTo("CODE");
        for (int left = 4; left > 0; left--) {
            HttpResponse<byte[]> refused = server.open(link, wrong);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(FilmServer.json(refused).path("left").asInt()).isEqualTo(left);
        }
        assertThat(server.open(link, wrong).statusCode()).isEqualTo(423);
        assertThat(server.open(link, code).statusCode()).isEqualTo(423);
        assertThat(FilmServer.json(server.get("/film/" + link.id()))
                        .path("locked")
                        .asBoolean())
                .isTrue();

        server.send("PATCH", "/film/" + link.id(), "{\"unlock\":true}", "X-Requester", "RIS");

        assertThat(server.open(link, code).statusCode()).isEqualTo(204);
    }

    @Test
    void manyGuessesAtOnceAreNoMoreThanFive() throws Exception {
        Link link = withCode();
        List<Callable<Integer>> guesses = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String guess = String.format(java.util.Locale.ROOT, "%06d", i);
            String address = "10.1.1." + i;
            guesses.add(() -> guess.equals(link.code())
                    ? 401
                    : server.open(link, guess, "X-Forwarded-For", address).statusCode());
        }
        int tried = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(30)) {
            for (Future<Integer> one : threads.invokeAll(guesses)) {
                tried += one.get() == 401 ? 1 : 0;
            }
        }
        assertThat(tried).isLessThanOrEqualTo(5);
        assertThat(server.open(link, String.valueOf(link.code())).statusCode()).isEqualTo(423);
    }

    @Test
    void theLastFourOfTheIdentityNumberOpen() {
        String wish = "{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"id-last-four\"}";
        assertThat(server.send("POST", "/film", wish, "X-Requester", "RIS").statusCode())
                .isEqualTo(422);
        server.person.addAll(Set.of(patient, new PatientKey("urn:oid:2.16.156.10011.1.3", FilmServer.RESIDENT_ID)));

        Link link = server.issue(wish);

        assertThat(link.code()).isNull();
        assertThat(server.open(link, "0021").statusCode()).isEqualTo(401);
        assertThat(server.open(link, "002x").statusCode()).isEqualTo(204);
    }

    @Test
    void whoFailsIsSlowedDownAndNobodyElse() {
        Link link = issue();
        String wrong = "A".repeat(43);
        String[] attacker = {"X-Forwarded-For", "203.0.113.7"};
        int refused = 0;
        for (int i = 0; i < 20; i++) {
            HttpResponse<byte[]> answer = server.open(link.id(), wrong, "", attacker);
            if (answer.statusCode() == 429) {
                refused++;
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("10");
            }
        }
        assertThat(refused).isEqualTo(10);
        assertThat(server.open(link.id(), link.secret(), "", attacker).statusCode())
                .isEqualTo(429);
        assertThat(server.open(link, "", "X-Forwarded-For", "203.0.113.8").statusCode())
                .isEqualTo(204);
        server.clock.turn(Duration.ofSeconds(11));
        assertThat(server.open(link.id(), link.secret(), "", attacker).statusCode())
                .isEqualTo(204);
    }

    /** A thousand addresses guess; -Dhub.film.guesses=1000000 for as many as that. */
    @Test
    void guessesFindNothing() throws Exception {
        Link link = issue();
        int count = Integer.getInteger("hub.film.guesses", 3_000);
        java.util.Random random = new java.util.Random(5);
        List<Callable<Integer>> guesses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
            String address = "10.2." + i % 1_000 / 250 + "." + i % 250;
            guesses.add(() ->
                    server.open(link.id(), text, "", "X-Forwarded-For", address).statusCode());
        }
        int opened = 0;
        int slowed = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> one : threads.invokeAll(guesses)) {
                opened += one.get() == 204 ? 1 : 0;
                slowed += one.get() == 429 ? 1 : 0;
            }
        }
        assertThat(opened).isZero();
        assertThat(slowed).isGreaterThanOrEqualTo(count - 11 * 1_000);
        assertThat(server.open(link, "").statusCode()).isEqualTo(204);
    }

    private List<String> views(Link link) {
        List<String> what = new ArrayList<>();
        FilmServer.json(server.get("/film/" + link.id() + "/views"))
                .forEach(view -> what.add(view.path("what").asText()));
        return what;
    }

    @Test
    void everyViewIsOnRecordOnce() {
        Link link = issue();
        assertThat(views(link)).as("the test of the link itself").isEmpty();
        String cookie = FilmServer.cookie(server.open(link, "", "X-Forwarded-For", "198.51.100.4"));
        for (int i = 0; i < 3; i++) {
            server.get(link.path(), "Cookie", cookie, "X-Forwarded-For", "198.51.100.4");
            server.get(
                    link.path() + instancePath() + "/frames/1",
                    "Cookie",
                    cookie,
                    "X-Forwarded-For",
                    "198.51.100.4",
                    "User-Agent",
                    "phone");
        }
        server.send("POST", link.path() + "/originals", "", "Cookie", cookie);

        assertThat(views(link)).containsExactly("PAGE", "SERIES", "ORIGINALS_ASKED");
        var seen = FilmServer.json(server.get("/film/" + link.id() + "/views")).get(1);
        assertThat(seen.path("address").asText()).isEqualTo("198.51.100.4");
        assertThat(seen.path("userAgent").asText()).isEqualTo("phone");
        assertThat(seen.path("seriesInstanceUid").asText()).isEqualTo(series);
    }

    @Test
    void neitherThePageNorTheInterfaceTellsTheSecretAgain() {
        Link link = issue();
        String cookie = server.cookie(link);
        String stored = server.bridge.db.query(connection -> {
            try (var row = connection
                    .createStatement()
                    .executeQuery("select string_agg(l::text, '') from film_link l where id = '" + link.id() + "'")) {
                row.next();
                return row.getString(1);
            }
        });
        String hex = java.util.HexFormat.of().formatHex(Base64.getUrlDecoder().decode(link.secret()));
        assertThat(stored).isNotEmpty().doesNotContain(hex).doesNotContain(link.secret());
        for (String path : List.of("/film", "/film/" + link.id(), "/film/" + link.id() + "/views", link.path())) {
            assertThat(text(server.get(path, "Cookie", cookie))).doesNotContain(link.secret());
        }
        HttpResponse<byte[]> page = server.get(link.path(), "Cookie", cookie);
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.headers().firstValue("X-Robots-Tag").orElse("")).contains("noindex");
    }

    @Test
    void whatDevicesAndReportsSayIsTextAndNothingElse() {
        server.reports.add(new FilmReport(
                "r1",
                "<img src=x onerror=alert(1)>",
                "final",
                null,
                List.of("\"><script>"),
                List.of("<svg onload=a>"),
                "",
                0));
        Link link = server.issue(
                "{\"studyInstanceUid\":\"" + OTHER + "\",\"secondFactor\":\"none\",\"watermark\":\"<b>x</b>\"}");
        HttpResponse<byte[]> page = server.get(link.path(), "Cookie", server.cookie(link));

        assertThat(text(page)).doesNotContain("<script>", "<img src=x", "<svg onload", "<b>x</b>");
        assertThat(text(page)).contains("&lt;svg onload=a&gt;", "张三");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'nonce-", "base-uri 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void theQrCodeIsTheAddressWithItsSecret() throws Exception {
        HttpResponse<byte[]> answer = server.send(
                "POST",
                "/film",
                "{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"none\"}",
                "X-Requester",
                "RIS");
        var link = FilmServer.json(answer);
        byte[] png = Base64.getDecoder().decode(link.path("qrPng").asText().replaceFirst("^[^,]*,", ""));
        var image = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(png));
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        var bitmap = new com.google.zxing.BinaryBitmap(new com.google.zxing.common.HybridBinarizer(
                new com.google.zxing.RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels)));

        String read = new com.google.zxing.qrcode.QRCodeReader().decode(bitmap).getText();

        assertThat(read)
                .isEqualTo(link.path("url").asText())
                .startsWith(FilmServer.BASE + "/open/" + link.path("id").asText() + "#");
        assertThat(link.path("qrSvg").asText()).startsWith("<svg ");
    }

    @Test
    void aLinkThatDoesNotWorkIsNotHandedOut() {
        FilmService films = new FilmService(
                server.bridge.db,
                new PgFilmStore(server.bridge.db),
                server.bridge.studies,
                server.bridge.queries,
                new org.countyhub.imaging.study.PatientDirectory() {
                    @Override
                    public Set<PatientKey> patients(
                            org.countyhub.imaging.study.Source asking,
                            @org.jspecify.annotations.Nullable String issuer,
                            String id) {
                        return Set.of();
                    }

                    @Override
                    public Set<PatientKey> samePerson(PatientKey one) {
                        return Set.of(one);
                    }
                },
                server.clock);
        FilmService.Issued issued = films.issue(new FilmService.Wish(
                new FilmScope(study, Set.of(), false, false), Duration.ofDays(1), FactorKind.NONE, "", "RIS"));

        assertThatThrownBy(() -> new SelfTest(films).run(issued, URI.create("http://127.0.0.1:1")))
                .isInstanceOf(ProblemException.class);

        assertThat(server.get("/film/" + issued.link().id()).statusCode()).isEqualTo(404);
    }

    @Test
    void wrongWishesAreRefusedWithTheirPlace() {
        for (String[] wrong : new String[][] {
            {"{\"secondFactor\":\"none\"}", "400", "studyInstanceUid"},
            {"{\"studyInstanceUid\":\"1.2.9\",\"secondFactor\":\"none\"}", "404", "no such study"},
            {"{\"studyInstanceUid\":\"" + study + "\"}", "400", "secondFactor"},
            {"{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"none\",\"validDays\":0}", "422", "validDays"},
            {"{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"none\",\"validDays\":400}", "422", "validDays"
            },
            {
                "{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"none\",\"scope\":{\"series\":[\"1.2\"]}}",
                "422",
                "scope.series"
            },
            {"{", "400", "JSON"}
        }) {
            HttpResponse<byte[]> answer = server.send("POST", "/film", wrong[0], "X-Requester", "RIS");
            assertThat(answer.statusCode()).as(wrong[0]).isEqualTo(Integer.parseInt(wrong[1]));
            assertThat(text(answer)).contains(wrong[2]);
        }
        assertThat(server.send("POST", "/film", "{\"studyInstanceUid\":\"" + study + "\",\"secondFactor\":\"none\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void anOperationOfFhirMakesALink() {
        String parameters = """
                {"resourceType":"Parameters","parameter":[
                 {"name":"study","valueIdentifier":{"system":"urn:dicom:uid","value":"urn:oid:%s"}},
                 {"name":"secondFactor","valueCode":"code"},{"name":"validDays","valueInteger":7}]}""".formatted(study);
        HttpResponse<byte[]> answer =
                server.send("POST", "/fhir/ImagingStudy/$film-link", parameters, "X-Requester", "HIS");

        assertThat(answer.statusCode()).isEqualTo(200);
        String url = parameter(answer, "url", "valueUrl");
        assertThat(server.open(
                                parameter(answer, "id", "valueString"),
                                url.substring(url.indexOf('#') + 1),
                                parameter(answer, "code", "valueString"))
                        .statusCode())
                .isEqualTo(204);
        HttpResponse<byte[]> refused = server.send(
                "POST", "/fhir/ImagingStudy/$film-link", "{\"resourceType\":\"Patient\"}", "X-Requester", "HIS");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(FilmServer.json(refused).path("resourceType").asText()).isEqualTo("OperationOutcome");
    }

    private static String parameter(HttpResponse<byte[]> answer, String name, String type) {
        for (var parameter : FilmServer.json(answer).path("parameter")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter.path(type).asText();
            }
        }
        throw new AssertionError("no " + name);
    }

    @Test
    void aSlideIsShownToWhoeverMaySeeItsSeries() {
        String slideStudy = "1.2.3.310";
        for (String one : List.of("1.2.3.311", "1.2.3.312")) {
            server.bridge.store(
                    Bridge.HAIDU,
                    new SyntheticSlide(false, false, slideStudy, one, 100, 100, 128)
                            .header(0)
                            .set(new Element.Bytes(Tag.PixelData, Vr.OB, new byte[3 * 128 * 128]))
                            .build());
        }
        Link link = server.issue("{\"studyInstanceUid\":\"" + slideStudy
                + "\",\"secondFactor\":\"none\",\"scope\":{\"series\":[\"1.2.3.311\"]}}");
        String cookie = server.cookie(link);
        String path = "/dicomweb/studies/" + slideStudy + "/series/";
        HttpResponse<byte[]> shown = server.get(link.path() + path + "1.2.3.311/slide", "Cookie", cookie);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(FilmServer.json(shown).path("levels")).hasSize(1);
        assertThat(status(link, cookie, path + "1.2.3.312/slide")).isEqualTo(404);
        assertThat(server.get(link.path() + path + "1.2.3.311/slide").statusCode())
                .isEqualTo(401);
    }
}
