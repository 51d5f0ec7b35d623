package org.countyhub.imaging.filmweb;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.countyhub.imaging.film.FilmLink;
import org.countyhub.imaging.film.FilmReports;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.imaging.film.FilmService.Standing;
import org.countyhub.imaging.film.FilmView;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** {@code /film/open/[id]}: what a patient's browser shows. Without the cookie of the link it is the same page for every id there could be. */
@Controller
@RequestMapping("/film/open/{id:[A-Za-z0-9_-]{16}}")
final class PageEndpoint {
    private final FilmService films;
    private final FilmReports reports;
    private final Visits visits;
    private final FilmContent content;
    private final Pages pages;

    PageEndpoint(FilmService films, FilmReports reports, Visits visits, FilmContent content, Pages pages) {
        this.films = films;
        this.reports = reports;
        this.visits = visits;
        this.content = content;
        this.pages = pages;
    }

    @GetMapping({"", "/"})
    void page(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Words words = Words.of(request);
        String nonce = Html.nonce();
        switch (visits.standing(id, request)) {
            case Standing.None ignored -> Html.send(response, 200, pages.opening(words, nonce), nonce);
            case Standing.Ended ignored -> Html.send(response, 410, pages.ended(words, nonce), nonce);
            case Standing.Stands standing -> {
                Optional<String> shown =
                        content.of(standing, words, request, response).map(film -> film.first() + film.rest());
                Html.send(
                        response,
                        shown.isPresent() ? 200 : 410,
                        shown.map(inner -> pages.film(words, nonce, inner)).orElseGet(() -> pages.ended(words, nonce)),
                        nonce);
            }
        }
    }

    @GetMapping("/reports/{report:[A-Za-z0-9.-]{1,64}}/{number:[0-9]}")
    void document(
            @PathVariable String id,
            @PathVariable String report,
            @PathVariable int number,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Standing.Stands standing = visits.required(id, request);
        FilmLink link = standing.link();
        byte[] pdf = reports.document(link.scope().studyUid(), report, number);
        films.saw(standing, FilmView.What.REPORT, link.scope().studyUid(), "", Visits.visitor(request));
        Html.protect(response);
        response.setContentType("application/pdf");
        response.setHeader("Content-Disposition", "inline; filename=\"report.pdf\"");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'");
        response.setContentLength(pdf.length);
        response.getOutputStream().write(pdf);
    }

    /** What the viewer has to know of the link. */
    record Context(String studyInstanceUid, String watermark, boolean priors, boolean originals, String expires) {}

    @GetMapping("/context")
    @ResponseBody
    ResponseEntity<Context> context(@PathVariable String id, HttpServletRequest request) {
        FilmLink link = visits.required(id, request).link();
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .body(new Context(
                        link.scope().studyUid(),
                        link.watermark(),
                        link.scope().priors(),
                        link.scope().originals(),
                        link.expires().toString()));
    }

    /** The pages of the viewers, which ask for everything by this link themselves. */
    @GetMapping({"/view", "/ecg", "/slide"})
    void viewer(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (visits.standing(id, request) instanceof Standing.Stands) {
            String path = request.getRequestURI();
            String page = path.substring(path.lastIndexOf('/') + 1);
            request.getRequestDispatcher("/view/" + (page.equals("view") ? "" : page))
                    .forward(request, response);
        } else {
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader("Location", "/film/open/" + id);
        }
    }

    @PostMapping("/originals")
    ResponseEntity<Void> askForOriginals(@PathVariable String id, HttpServletRequest request) {
        Standing.Stands standing = visits.required(id, request);
        films.saw(
                standing,
                FilmView.What.ORIGINALS_ASKED,
                standing.link().scope().studyUid(),
                "",
                Visits.visitor(request));
        return ResponseEntity.noContent().build();
    }
}
