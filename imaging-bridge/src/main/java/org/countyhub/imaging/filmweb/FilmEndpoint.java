package org.countyhub.imaging.filmweb;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.dicom.Uid;
import org.countyhub.imaging.film.FactorKind;
import org.countyhub.imaging.film.FilmLink;
import org.countyhub.imaging.film.FilmScope;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /film}: a hospital's systems make links, look at them, extend and end them. Who does it says so (X-Requester). */
@RestController
@RequestMapping("/film")
final class FilmEndpoint {
    private static final String BY = "X-Requester";
    private static final int MOST = 100;
    private static final int LONGEST = 200;
    private static final int DEFAULT_DAYS = 30;
    private static final String ID = "/{id:[A-Za-z0-9_-]{16}}";

    private final FilmService films;
    private final Issuers issuers;
    private final SelfTest test;
    private final String base;

    FilmEndpoint(FilmService films, Issuers issuers, SelfTest test, String base) {
        this.films = films;
        this.issuers = issuers;
        this.test = test;
        this.base = base;
    }

    /** What a link is to show; see {@link FilmScope}. */
    record Scope(
            @Nullable List<String> series,
            @Nullable Boolean priors,
            @Nullable Boolean originals) {}

    /** @param secondFactor none, id-last-four or code */
    record Wish(
            @Nullable String studyInstanceUid,
            @Nullable Integer validDays,
            @Nullable String secondFactor,
            @Nullable Scope scope,
            @Nullable String watermark) {}

    /**
     * A link as it is told once.
     *
     * @param code to hand out by another way; null where the second factor is none
     */
    record Issued(
            String id,
            String url,
            String qrSvg,
            String qrPng,
            String expires,
            @Nullable String code) {}

    /** A link as it is shown later. */
    record Shown(
            String id,
            String studyInstanceUid,
            List<String> series,
            boolean priors,
            boolean originals,
            String secondFactor,
            boolean locked,
            String watermark,
            String created,
            String createdBy,
            String expires,
            @Nullable String revoked,
            @Nullable String revokedBy) {
        static Shown of(FilmLink link) {
            return new Shown(
                    link.id(),
                    link.scope().studyUid(),
                    link.scope().seriesUids().stream().sorted().toList(),
                    link.scope().priors(),
                    link.scope().originals(),
                    text(link.factor()),
                    link.isLocked(),
                    link.watermark(),
                    link.created().toString(),
                    link.createdBy(),
                    link.expires().toString(),
                    link.revoked().map(one -> one.at().toString()).orElse(null),
                    link.revoked().map(FilmLink.Revocation::by).orElse(null));
        }
    }

    /** What was looked at by a link. */
    record View(
            long id,
            String at,
            String address,
            String userAgent,
            String what,
            String studyInstanceUid,
            String seriesInstanceUid) {}

    /** What is to change; what is null stays. */
    record Change(
            @Nullable Integer validDays,
            @Nullable Boolean originals,
            @Nullable Boolean unlock) {}

    private static String text(FactorKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static FactorKind factor(@Nullable String text) {
        for (FactorKind kind : FactorKind.values()) {
            if (text(kind).equals(text)) {
                return kind;
            }
        }
        throw Problem.malformed(Fault.at("secondFactor", "value", "secondFactor is none, id-last-four or code"));
    }

    @PostMapping
    ResponseEntity<Issued> issue(
            @RequestBody Wish wish,
            @RequestHeader(name = BY, defaultValue = "") String by,
            HttpServletRequest request) {
        Issued issued = made(wish, by, request);
        return ResponseEntity.created(URI.create("/film/" + issued.id()))
                .header("Cache-Control", "no-store")
                .body(issued);
    }

    /**
     * Makes a link and tries it as a patient would.
     *
     * @param request that asks for it
     */
    Issued made(Wish wish, String by, HttpServletRequest request) {
        String study = wish.studyInstanceUid();
        if (study == null || !Uid.isValid(study)) {
            throw Problem.malformed(Fault.at("studyInstanceUid", "value", "a Study Instance UID has to be given"));
        }
        Scope scope = wish.scope() == null ? new Scope(null, null, null) : wish.scope();
        FilmScope shown = new FilmScope(
                study,
                scope.series() == null ? Set.of() : Set.copyOf(scope.series()),
                Boolean.TRUE.equals(scope.priors()),
                Boolean.TRUE.equals(scope.originals()));
        String issuer = required(by);
        issuers.check(shown, issuer, request);
        FilmService.Issued issued = films.issue(new FilmService.Wish(
                shown,
                Duration.ofDays(wish.validDays() == null ? DEFAULT_DAYS : wish.validDays()),
                factor(wish.secondFactor()),
                wish.watermark() == null ? "" : wish.watermark().strip(),
                issuer));
        FilmLink link = issued.link();
        test.run(issued, SelfTest.here(request));
        String url = base + "/open/" + link.id() + "#" + issued.secret();
        QrCode code = new QrCode(url);
        return new Issued(
                link.id(),
                url,
                code.svg(),
                code.png(),
                link.expires().toString(),
                link.factor() == FactorKind.CODE ? issued.answer() : null);
    }

    @GetMapping
    List<Shown> links(
            @RequestParam Optional<String> studyInstanceUid,
            @RequestParam Optional<String> before,
            @RequestParam(defaultValue = "50") int limit) {
        return films.links(studyInstanceUid, before, Math.clamp(limit, 1, MOST)).stream()
                .map(Shown::of)
                .toList();
    }

    @GetMapping(ID)
    Shown link(@PathVariable String id) {
        return Shown.of(films.link(id));
    }

    @PatchMapping(ID)
    Shown change(
            @PathVariable String id,
            @RequestBody Change change,
            @RequestHeader(name = BY, defaultValue = "") String by) {
        required(by);
        return Shown.of(films.change(
                id,
                new FilmService.Change(
                        Optional.ofNullable(change.validDays()).map(Duration::ofDays),
                        Optional.ofNullable(change.originals()),
                        Boolean.TRUE.equals(change.unlock()))));
    }

    @DeleteMapping(ID)
    Shown revoke(@PathVariable String id, @RequestHeader(name = BY, defaultValue = "") String by) {
        return Shown.of(films.revoke(id, required(by)));
    }

    @GetMapping(ID + "/views")
    List<View> views(
            @PathVariable String id,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") int limit) {
        return films.views(id, after, Math.clamp(limit, 1, MOST)).stream()
                .map(view -> new View(
                        view.id(),
                        view.at().toString(),
                        view.address(),
                        view.userAgent(),
                        view.what().name(),
                        view.studyUid(),
                        view.seriesUid()))
                .toList();
    }

    private static String required(String by) {
        if (by.isBlank() || by.length() > LONGEST) {
            throw Problem.malformed(Fault.at(BY, "required", "who does this has to be said, in up to 200 characters"));
        }
        return by.strip();
    }
}
