package org.countyhub.imaging.filmweb;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /film/open/[id]/session}: a browser gives the secret of a link, and the second factor, for a cookie that opens this link alone. 404
 * for a link that never was and for a wrong secret alike; once the secret is right, 401 asks for the second factor, 410 says that the link has
 * ended, 423 that it is locked; 429 slows down who fails.
 */
@RestController
@RequestMapping("/film/open/{id:[A-Za-z0-9_-]{16}}/session")
final class SessionEndpoint {
    private static final int LONGEST = 1_000;

    private final FilmService films;
    private final Visits visits;
    private final Throttle throttle;
    private final boolean secure;
    private final Clock clock;

    /** @param secure whether browsers reach it by https only */
    SessionEndpoint(FilmService films, Visits visits, Throttle throttle, boolean secure, Clock clock) {
        this.films = films;
        this.visits = visits;
        this.throttle = throttle;
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

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> open(@PathVariable String id, @RequestBody Attempt attempt, HttpServletRequest request) {
        InetAddress address = ClientAddress.of(request);
        if (!throttle.allows(address)) {
            return status(HttpStatus.TOO_MANY_REQUESTS)
                    .header("Retry-After", Long.toString(Throttle.waitSeconds()))
                    .build();
        }
        Opening opening = films.open(id, bounded(attempt.secret()), bounded(attempt.factor()), Visits.visitor(request));
        return switch (opening) {
            case Opening.Opened(var link, String cookie, Instant expires) ->
                status(HttpStatus.NO_CONTENT)
                        .header(
                                "Set-Cookie",
                                cookie(id, cookie, Duration.between(clock.instant(), expires))
                                        .toString())
                        .build();
            case Opening.FactorNeeded(FactorKind kind) ->
                status(HttpStatus.UNAUTHORIZED).body(new Wanted(kind, null));
            case Opening.FactorWrong(FactorKind kind, int left) -> {
                throttle.failed(address);
                yield status(HttpStatus.UNAUTHORIZED).body(new Wanted(kind, left));
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

    private static ResponseEntity.BodyBuilder status(HttpStatus status) {
        return ResponseEntity.status(status).header("Cache-Control", "no-store");
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
