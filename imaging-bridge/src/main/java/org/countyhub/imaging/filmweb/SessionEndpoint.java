package org.countyhub.imaging.filmweb;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.countyhub.imaging.film.FactorKind;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.imaging.film.FilmService.Opening;
import org.countyhub.imaging.http.ClientAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /film/open/[id]/session}: a browser gives the secret of a link, and the second factor, for a cookie that opens this link alone. 404
 * for a link that never was and for a wrong secret alike; once the secret is right, 401 asks for the second factor, 410 says that the link has
 * ended, 423 that it is locked; 429 slows down who fails. Who accepts {@code text/html} is told at once what stands within the page, so that a
 * phone need not ask again for what it has just been let in to.
 */
@RestController
@RequestMapping("/film/open/{id:[A-Za-z0-9_-]{16}}/session")
final class SessionEndpoint {
    private static final int LONGEST = 1_000;
    private static final String HTML = "text/html;charset=utf-8";

    private final FilmService films;
    private final Visits visits;
    private final Throttle throttle;
    private final FilmContent content;
    private final boolean secure;
    private final Clock clock;

    /** @param secure whether browsers reach it by https only */
    SessionEndpoint(
            FilmService films, Visits visits, Throttle throttle, FilmContent content, boolean secure, Clock clock) {
        this.films = films;
        this.visits = visits;
        this.throttle = throttle;
        this.content = content;
        this.secure = secure;
        this.clock = clock;
    }

    /** @param factor empty where it has not been asked for yet */
    record Attempt(@Nullable String secret, @Nullable String factor) {}

    /**
     * What is missing.
     *
     * @param left how many more may be tried; null where none was tried
     */
    record Wanted(FactorKind factor, @Nullable Integer left) {}

    /** Null where the answer is on its way already. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Nullable
    ResponseEntity<?> open(
            @PathVariable String id,
            @RequestBody Attempt attempt,
            @RequestHeader(name = "Accept", defaultValue = "") String accept,
            HttpServletRequest request,
            HttpServletResponse response)
            throws ServletException, IOException {
        InetAddress address = ClientAddress.of(request);
        if (!throttle.allows(address)) {
            return status(HttpStatus.TOO_MANY_REQUESTS)
                    .header("Retry-After", Long.toString(Throttle.waitSeconds()))
                    .build();
        }
        Opening opening = films.open(id, bounded(attempt.secret()), bounded(attempt.factor()), Visits.visitor(request));
        return switch (opening) {
            case Opening.Opened opened
            when accept.contains(MediaType.TEXT_HTML_VALUE) -> shown(opened, request, response);
            case Opening.Opened opened ->
                status(HttpStatus.NO_CONTENT)
                        .header("Set-Cookie", cookie(opened))
                        .build();
            case Opening.FactorNeeded(FactorKind kind) -> wanted(new Wanted(kind, null));
            case Opening.FactorWrong(FactorKind kind, int left) -> {
                throttle.failed(address);
                yield wanted(new Wanted(kind, left));
            }
            case Opening.Locked ignored -> {
                throttle.failed(address);
                yield status(HttpStatus.LOCKED).build();
            }
            case Opening.Ended ignored -> status(HttpStatus.GONE).build();
            case Opening.Unknown ignored -> {
                throttle.failed(address);
                yield status(HttpStatus.NOT_FOUND).build();
            }
        };
    }

    /** The first image goes out at once: nobody waits for reports, which come from another server, before there is something to see. */
    private @Nullable ResponseEntity<?> shown(
            Opening.Opened opened, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<FilmContent.Shown> shown = content.of(opened.standing(), Words.of(request), request, response);
        if (shown.isEmpty()) {
            return status(HttpStatus.GONE).build();
        }
        Html.protect(response);
        response.setHeader("Set-Cookie", cookie(opened));
        response.setContentType(HTML);
        ServletOutputStream out = response.getOutputStream();
        out.write(shown.get().first().getBytes(StandardCharsets.UTF_8));
        out.flush();
        out.write(shown.get().rest().getBytes(StandardCharsets.UTF_8));
        return null;
    }

    private String cookie(Opening.Opened opened) {
        FilmService.Standing.Stands standing = opened.standing();
        Duration age = Duration.between(clock.instant(), standing.session().expires());
        return cookie(standing.link().id(), opened.cookie(), age).toString();
    }

    private static ResponseEntity.BodyBuilder status(HttpStatus status) {
        return ResponseEntity.status(status).header("Cache-Control", "no-store");
    }

    /** As JSON whatever is accepted: the script of the page reads it. */
    private static ResponseEntity<?> wanted(Wanted wanted) {
        return status(HttpStatus.UNAUTHORIZED)
                .contentType(MediaType.APPLICATION_JSON)
                .body(wanted);
    }

    private static String bounded(@Nullable String text) {
        return text == null || text.length() > LONGEST ? "" : text;
    }

    /** The browser is given back, or to somebody else. */
    @DeleteMapping
    ResponseEntity<Void> close(@PathVariable String id, HttpServletRequest request) {
        if (visits.standing(id, request) instanceof FilmService.Standing.Stands stands) {
            films.close(stands.session());
        }
        return ResponseEntity.noContent()
                .header("Set-Cookie", cookie(id, "", Duration.ZERO).toString())
                .build();
    }

    private ResponseCookie cookie(String id, String value, Duration age) {
        return ResponseCookie.from(Visits.COOKIE, value)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Strict")
                .path("/film/open/" + id)
                .maxAge(age)
                .build();
    }
}
