package org.countyhub.imaging.filmweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import org.countyhub.imaging.film.FilmLink;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.imaging.film.FilmReports;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.imaging.film.FilmService.Standing;
import org.countyhub.imaging.film.FilmView;
import org.countyhub.imaging.render.Language;
import org.countyhub.imaging.report.Examination;
import org.countyhub.imaging.report.ReportPdf;
import org.countyhub.kernel.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code /film/open/[id]/reports/[report].pdf}: a report of the link's study as it is at this moment, for paper and to be kept. */
@Controller
final class ReportPdfEndpoint {
    private final FilmService films;
    private final FilmReports reports;
    private final Visits visits;
    private final Contents contents;
    private final ZoneId zone;
    private final Clock clock;

    ReportPdfEndpoint(
            FilmService films, FilmReports reports, Visits visits, Contents contents, ZoneId zone, Clock clock) {
        this.films = films;
        this.reports = reports;
        this.visits = visits;
        this.contents = contents;
        this.zone = zone;
        this.clock = clock;
    }

    @GetMapping("/film/open/{id:[A-Za-z0-9_-]{16}}/reports/{report:[A-Za-z0-9.-]{1,64}}.pdf")
    void pdf(
            @PathVariable String id,
            @PathVariable String report,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Standing.Stands standing = visits.required(id, request);
        FilmLink link = standing.link();
        String studyUid = link.scope().studyUid();
        Examination examination = contents.examination(link.scope()).orElseThrow(Visits::gone);
        FilmReport shown = reports.of(studyUid).stream()
                .filter(one -> one.id().equals(report))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("there is no such report, or it is not shown any more"));
        Language language = Words.of(request).equals(Words.CHINESE) ? Language.ZH : Language.EN;
        byte[] pdf =
                ReportPdf.of(shown, examination, new ReportPdf.Copy(link.watermark(), language, zone, clock.instant()));
        films.saw(standing, FilmView.What.REPORT, studyUid, "", Visits.visitor(request));
        Html.protect(response);
        response.setContentType("application/pdf");
        response.setHeader("Content-Disposition", "inline; filename=\"report" + dashed(examination.date()) + ".pdf\"");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'");
        response.setContentLength(pdf.length);
        response.getOutputStream().write(pdf);
    }

    private static String dashed(String date) {
        return date.isEmpty() ? "" : "-" + date;
    }
}
