package org.countyhub.imaging.filmweb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.countyhub.imaging.dicom.Uid;
import org.countyhub.imaging.film.FilmLink;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.imaging.film.FilmService.Standing;
import org.countyhub.imaging.film.FilmView;
import org.countyhub.imaging.http.Admitted;
import org.countyhub.imaging.http.DicomWebBase;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * {@code /film/open/[id]/dicomweb}: what a link shows, by the same transactions as {@code /dicomweb} (PS3.18 sections 10.4 and 10.6). What it
 * does not show is answered like what is not there.
 */
@Controller
final class DicomWebGate {
    private static final String PATH = "/film/open/{id:[A-Za-z0-9_-]{16}}/dicomweb";
    private static final Pattern RESOURCE = Pattern.compile(
            "/studies(?:/([0-9.]{1,64})(?:/series/([0-9.]{1,64}))?((?:/[A-Za-z0-9,]+(?:/[A-Za-z0-9.,]+)*)?))?");
    /** A study, series or instance itself: DICOM files. */
    private static final Pattern FILES = Pattern.compile("|/instances/[0-9.]+");

    private static final int REMEMBERED = 100_000;

    private final FilmService films;
    private final Visits visits;
    private final String base;

    /** What is on record as looked at, so that not every frame is written again. */
    private final Cache<String, Boolean> seen =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    DicomWebGate(FilmService films, Visits visits, String base) {
        this.films = films;
        this.visits = visits;
        this.base = base;
    }

    @RequestMapping(
            path = {PATH, PATH + "/**"},
            method = {RequestMethod.GET, RequestMethod.HEAD})
    void through(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Standing.Stands standing = visits.required(id, request);
        FilmLink link = standing.link();
        String own = "/film/open/" + id + "/dicomweb";
        String path = request.getRequestURI().substring(own.length());
        Matcher named = RESOURCE.matcher(path);
        if (!named.matches() || path.contains("..")) {
            throw nothing();
        }
        String study = named.group(1);
        String series = named.group(2);
        Map<String, String[]> restriction = Map.of();
        if (study == null) {
            restriction = only("StudyInstanceUID", films.shown(link));
        } else {
            check(link, study, series, named.group(3));
            if (series == null
                    && named.group(3).equals("/series")
                    && !link.scope().seriesUids().isEmpty()
                    && study.equals(link.scope().studyUid())) {
                restriction = only("SeriesInstanceUID", link.scope().seriesUids());
            }
            note(standing, study, series, named.group(3), request);
        }
        Admitted.set(request);
        DicomWebBase.set(request, base + "/open/" + id + "/dicomweb");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex");
        request.getRequestDispatcher("/dicomweb" + path)
                .forward(
                        new RestrictedRequest(request, restriction),
                        new WatchedResponse(response, () -> visits.required(id, request)));
    }

    private void check(FilmLink link, String study, @Nullable String series, String rest) {
        boolean valid = Uid.isValid(study) && (series == null || Uid.isValid(series));
        if (!valid || !films.shows(link, study)) {
            throw nothing();
        }
        boolean restricted = study.equals(link.scope().studyUid())
                && !link.scope().seriesUids().isEmpty();
        if (restricted
                && (series == null ? !rest.equals("/series") : !link.scope().hasSeries(series))) {
            throw nothing();
        }
        if (isFiles(series, rest) && !link.scope().originals()) {
            throw new Problem.Forbidden(List.of(Fault.of("forbidden", "this link does not give DICOM files")))
                    .exception();
        }
    }

    private static boolean isFiles(@Nullable String series, String rest) {
        return FILES.matcher(rest).matches() && (series != null || rest.isEmpty());
    }

    private void note(
            Standing.Stands standing, String study, @Nullable String series, String rest, HttpServletRequest request) {
        boolean files = isFiles(series, rest);
        if (!files && series == null) {
            return;
        }
        FilmView.What what = files ? FilmView.What.ORIGINALS : FilmView.What.SERIES;
        String thing = HexFormat.of().formatHex(standing.session().digest()) + what + study + "/" + series;
        if (seen.getIfPresent(thing) == null) {
            films.saw(standing, what, study, series == null ? "" : series, Visits.visitor(request));
            seen.put(thing, true);
        }
    }

    private static Map<String, String[]> only(String name, Set<String> uids) {
        return Map.of(name, new String[] {String.join(",", uids)});
    }

    private static RuntimeException nothing() {
        return Problem.notFound("the link does not show this");
    }
}
