package org.countyhub.imaging.filmweb;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.film.FilmLink;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.imaging.film.FilmReports;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.imaging.film.FilmService.Standing;
import org.countyhub.imaging.film.FilmView;
import org.countyhub.kernel.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final Logger LOG = LoggerFactory.getLogger(PageEndpoint.class);

    private final FilmService films;
    private final FilmReports reports;
    private final Visits visits;
    private final KeyImage keyImage;
    private final Contents contents;
    private final Pages pages;

    PageEndpoint(
            FilmService films, FilmReports reports, Visits visits, KeyImage keyImage, Contents contents, ZoneId zone) {
        this.films = films;
        this.reports = reports;
        this.visits = visits;
        this.keyImage = keyImage;
        this.contents = contents;
        this.pages = new Pages(zone);
    }

    @GetMapping({"", "/"})
    void page(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Words words = Words.of(request);
        String nonce = Html.nonce();
        switch (visits.standing(id, request)) {
            case Standing.None ignored -> Html.send(response, 200, pages.opening(words, nonce), nonce);
            case Standing.Ended ignored -> Html.send(response, 410, pages.ended(words, nonce), nonce);
            case Standing.Stands standing -> film(standing, words, nonce, request, response);
        }
    }

    private void film(
            Standing.Stands standing,
            Words words,
            String nonce,
            HttpServletRequest request,
            HttpServletResponse response)
            throws ServletException, IOException {
        FilmLink link = standing.link();
        Optional<Contents.Heading> study = contents.of(link.scope());
        if (study.isEmpty()) {
            Html.send(response, 410, pages.ended(words, nonce), nonce);
            return;
        }
        films.saw(standing, FilmView.What.PAGE, link.scope().studyUid(), "", Visits.visitor(request));
        Optional<byte[]> image = keyImage.of(link.scope(), request, response);
        String html = pages.film(words, nonce, link, study.get(), image, reports(link));
        Html.send(response, 200, html, nonce);
    }

    /** Empty where they cannot be asked for now: images are shown all the same. */
    private Optional<List<FilmReport>> reports(FilmLink link) {
        try {
            return Optional.of(reports.of(link.scope().studyUid()));
        } catch (ProblemException e) {
            LOG.warn("reports could not be asked for: {}", e.getMessage());
            return Optional.empty();
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
