package org.countyhub.imaging.filmweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.countyhub.imaging.filmweb.FilmServer.Link;
import org.countyhub.imaging.study.PatientKey;
import org.junit.jupiter.api.Test;

/** Who opens a link, and who does not. */
class LinkOpeningTest extends FilmFixture {
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
    void whoOpensALinkIsShownWhatItShowsAtOnce() {
        Link link = issue();

        HttpResponse<byte[]> opened = server.open(link, "", "Accept", "text/html", "Accept-Language", "zh-CN");

        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.headers().firstValue("Cache-Control")).hasValue("no-store");
        String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        String shown = text(opened);
        assertThat(shown).contains("data:image/jpeg;base64,").doesNotContain("<script");
        assertThat(text(server.get(link.path(), "Cookie", cookie, "Accept-Language", "zh-CN")))
                .contains(shown);
        assertThat(FilmServer.json(server.get("/film/" + link.id() + "/views")).findValuesAsText("what"))
                .containsExactly("PAGE");
    }

    @Test
    void aPageDoesNotWaitLongForReports() {
        Link link = issue();
        server.reportsGate = new CountDownLatch(1);
        try {
            long begin = System.nanoTime();

            HttpResponse<byte[]> opened = server.open(link, "", "Accept", "text/html", "Accept-Language", "zh-CN");

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
            assertThat(text(opened)).contains("data:image/jpeg;base64,").contains(Words.CHINESE.reportsAway());
        } finally {
            server.reportsGate.countDown();
        }
    }

    @Test
    void theFirstImageIsToldBeforeTheReportsAreKnown() throws IOException {
        Link link = issue();
        server.reportsGate = new CountDownLatch(1);
        // As browsers ask for it: what compresses must not hold it back.
        try (InputStream answer = new GZIPInputStream(
                server.opening(link, "Accept", "text/html", "Accept-Language", "zh-CN", "Accept-Encoding", "gzip"))) {
            StringBuilder told = new StringBuilder();
            while (told.indexOf("<!--rest-->") < 0) {
                told.append(new String(answer.readNBytes(1), StandardCharsets.ISO_8859_1));
            }

            assertThat(told).contains("data:image/jpeg;base64,");
            server.reports.add(report("r1", "final"));
            server.reportsGate.countDown();
            assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("/reports/r1.pdf")
                    .doesNotContain(Words.CHINESE.reportsAway());
        } finally {
            server.reportsGate.countDown();
        }
    }

    @Test
    void whatFailsOfTheReportsTakesNothingFromTheImage() {
        Link link = issue();
        server.reportsFailure = new IllegalStateException("a fault that nobody thought of");
        try {
            HttpResponse<byte[]> opened = server.open(link, "", "Accept", "text/html", "Accept-Language", "zh-CN");

            assertThat(opened.statusCode()).isEqualTo(200);
            assertThat(text(opened)).contains("data:image/jpeg;base64,").contains(Words.CHINESE.reportsAway());
        } finally {
            server.reportsFailure = null;
        }
    }

    @Test
    void whoHasNoSecondFactorIsShownNothing() {
        Link link = withCode();

        HttpResponse<byte[]> asked = server.open(link, "", "Accept", "text/html");

        assertThat(asked.statusCode()).isEqualTo(401);
        assertThat(asked.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(text(asked)).isEqualTo("{\"factor\":\"CODE\",\"left\":null}");
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

    private int guess(Link link, String secret, String address) {
        try {
            return server.open(link.id(), secret, "", "X-Forwarded-For", address)
                    .statusCode();
        } catch (UncheckedIOException e) {
            // Of a million, one may take a connection that the server is about to close; clients send again then (RFC
            // 9112 section 9.3.1).
            return server.open(link.id(), secret, "", "X-Forwarded-For", address)
                    .statusCode();
        }
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
            guesses.add(() -> guess(link, text, address));
        }
        int opened = 0;
        int slowed = 0;
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> one : threads.invokeAll(guesses)) {
                opened += one.get() == 204 ? 1 : 0;
                slowed += one.get() == 429 ? 1 : 0;
            }
        }
        assertThat(opened).isZero();
        // Ten failures at once from each address, then one each ten seconds.
        long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        assertThat((long) slowed).isGreaterThanOrEqualTo(count - (11 + seconds / 10) * 1_000);
        assertThat(server.open(link, "").statusCode()).isEqualTo(204);
    }
}
