package org.countyhub.imaging.filmweb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a link over HTTP before it is handed out; one that does not show its study is taken back. */
final class SelfTest {
    private static final Logger LOG = LoggerFactory.getLogger(SelfTest.class);
    /** An address of its own, so that it is not slowed down with others who fail on this machine. */
    private static final String SELF = "127.0.0.254";

    /** Each takes a second thread of the server while the first one waits. */
    private static final Semaphore AT_ONCE = new Semaphore(16);

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final FilmService films;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    SelfTest(FilmService films) {
        this.films = films;
    }

    /** The address at which the server that answers this request is reached from itself. */
    static URI here(HttpServletRequest request) {
        String address = request.getLocalAddr();
        return URI.create(
                "http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + request.getLocalPort());
    }

    /** Problem.Unprocessable with what failed; the link is gone then. */
    void run(FilmService.Issued issued, URI here) {
        String failure = "too many links are made at once";
        if (AT_ONCE.tryAcquire()) {
            try {
                failure = failure(issued, here + "/film/open/" + issued.link().id());
            } finally {
                AT_ONCE.release();
            }
        }
        if (!failure.isEmpty()) {
            films.discard(issued.link().id());
            LOG.warn("a link to a study was not handed out: {}", failure);
            throw new Problem.Unprocessable(List.of(Fault.of("processing", "the link does not work: " + failure)))
                    .exception();
        }
    }

    private String failure(FilmService.Issued issued, String link) {
        try {
            HttpResponse<String> opened = http.send(
                    request(link + "/session")
                            .header("Content-Type", "application/json")
                            .header("Accept", "text/html")
                            .POST(HttpRequest.BodyPublishers.ofString(JsonNodeFactory.instance
                                    .objectNode()
                                    .put("secret", issued.secret())
                                    .put("factor", issued.answer())
                                    .toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (opened.statusCode() != 200) {
                return "it was not opened (" + opened.statusCode() + ")";
            }
            String cookie = opened.headers().firstValue("Set-Cookie").orElse("").split(";", 2)[0];
            try {
                return shown(issued, link, cookie);
            } finally {
                films.forget(cookie.substring(cookie.indexOf('=') + 1));
            }
        } catch (IOException e) {
            return "no answer: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private String shown(FilmService.Issued issued, String link, String cookie)
            throws IOException, InterruptedException {
        String study = issued.link().scope().studyUid();
        for (String path : List.of("", "/dicomweb/studies/" + study + "/series")) {
            HttpResponse<String> answer = http.send(
                    request(link + path).header("Cookie", cookie).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200 || (!path.isEmpty() && answer.body().length() <= 2)) {
                return "it does not show " + (path.isEmpty() ? "its page" : "its series") + " (" + answer.statusCode()
                        + ")";
            }
        }
        return "";
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address))
                .timeout(TIMEOUT)
                .header("User-Agent", "county-hub-self-test")
                .header("X-Forwarded-For", SELF);
    }
}
