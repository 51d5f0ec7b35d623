package org.countyhub.imaging.filmweb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.countyhub.imaging.film.FilmLink;
import org.countyhub.imaging.film.FilmReport;

/** The pages of a link as text: what opens it, what it shows, and what says that it has ended. */
final class Pages {
    private static final String STYLE = resource("page.css");
    private static final String OPEN = resource("open.js");
    private static final String PAGE = resource("page.js");
    /** Tells the page that all is there of what is seen first. */
    private static final String REST = "<!--rest-->";

    private final ZoneId zone;

    Pages(ZoneId zone) {
        this.zone = zone;
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Pages.class.getResourceAsStream("/film/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String whole(Words words, String nonce, String scripts, String body) {
        return """
                <!doctype html>
                <html lang="%s"><head><meta charset="utf-8">%s<title>%s</title>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
                <meta name="robots" content="noindex, nofollow"><meta name="referrer" content="no-referrer">
                <meta name="format-detection" content="telephone=no"><link rel="icon" href="data:,"><style nonce="%s">%s</style></head>
                <body><main id="main">%s</main></body></html>
                """.formatted(words.language(), scripts, Html.escaped(words.title()), nonce, STYLE, body);
    }

    private static String heading(Words words, String title) {
        return "<header><h1>%s</h1><a class=\"soft noprint\" href=\"?lang=%s\">%s</a></header>"
                .formatted(Html.escaped(title), words.otherLanguageCode(), Html.escaped(words.otherLanguage()));
    }

    private static String script(String nonce, String source) {
        return "<script nonce=\"" + nonce + "\">" + source + "</script>";
    }

    /** For whoever has not opened the link: it says nothing of whether there is one. What the link shows takes its place without another page. */
    String opening(Words words, String nonce) {
        String texts = JsonNodeFactory.instance
                .objectNode()
                .put("idLastFour", words.idLastFour())
                .put("code", words.code())
                .put("wrong", words.wrong())
                .put("locked", words.locked())
                .put("unknown", words.unknown())
                .put("ended", words.ended())
                .put("slow", words.slow())
                .put("again", words.again())
                .put("offline", words.offline())
                .toString();
        // Switching the language would lose the secret, which stands behind the #.
        String body =
                """
                <header><h1>%s</h1></header>
                <section class="card"><p id="state">%s</p>
                <form id="form" hidden autocomplete="off"><label id="label" for="factor"></label>
                <input id="factor" name="factor" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false">
                <p id="wrong" class="warn" role="alert"></p><button id="go">%s</button></form></section>
                """.formatted(Html.escaped(words.title()), Html.escaped(words.opening()), Html.escaped(words.open()));
        String data = "<script type=\"application/json\" id=\"words\" nonce=\"" + nonce + "\">" + texts + "</script>";
        return whole(words, nonce, data + script(nonce, OPEN + PAGE), body);
    }

    /** For whoever had it open when it ended. */
    String ended(Words words, String nonce) {
        return whole(
                words,
                nonce,
                "",
                heading(words, words.title()) + "<section class=\"card\"><p>" + Html.escaped(words.ended())
                        + "</p></section>");
    }

    /** For whoever has opened the link. */
    String film(Words words, String nonce, String shown) {
        return whole(words, nonce, script(nonce, PAGE), shown);
    }

    /** What a link shows, as far as it is seen first: whose study it is, and its first image. */
    String first(Words words, FilmLink link, Contents.Heading study, Optional<KeyImage.Picture> image) {
        StringBuilder body = new StringBuilder(heading(words, words.title()));
        body.append("<section class=\"card\"><h2>")
                .append(Html.escaped(study.title().isEmpty() ? String.join(" / ", study.modalities()) : study.title()))
                .append("</h2><p>")
                .append(Html.escaped(joined(study.patient(), study.date(), study.institution())))
                .append("</p><p class=\"soft\">")
                .append(Html.escaped(
                        joined(String.join(" / ", study.modalities()), study.images() + " " + words.images())))
                .append("</p></section>");
        image.ifPresent(picture -> body.append(
                        "<figure class=\"card image%s\"><img alt=\"\" elementtiming=\"first-image\" src=\""
                                .formatted(picture.isDrawing() ? " paper" : ""))
                .append(picture.url())
                .append("\"><b>")
                .append(Html.escaped(link.watermark()))
                .append("</b><span>")
                .append(Html.escaped(words.preview()))
                .append("</span></figure>"));
        return body.append(REST).toString();
    }

    /** All else that a link shows. */
    String rest(Words words, FilmLink link, Optional<List<FilmReport>> reports) {
        StringBuilder body = new StringBuilder("<a class=\"button noprint\" href=\"/film/open/")
                .append(link.id())
                .append("/view?lang=")
                .append(words.language())
                .append("\">")
                .append(Html.escaped(words.openImages()))
                .append("</a>");
        reports(body, words, link, reports);
        body.append("<button id=\"print\" class=\"quiet noprint\">")
                .append(Html.escaped(words.print()))
                .append("</button>");
        originals(body, words, link);
        body.append("<p class=\"soft card\">")
                .append(Html.escaped(words.validUntil() + " " + time(link.expires())))
                .append("</p>");
        return body.toString();
    }

    private void reports(StringBuilder body, Words words, FilmLink link, Optional<List<FilmReport>> reports) {
        if (reports.isEmpty() || reports.get().isEmpty()) {
            body.append("<section class=\"card\"><h2>")
                    .append(Html.escaped(words.report()))
                    .append("</h2><p class=\"soft\">")
                    .append(Html.escaped(reports.isEmpty() ? words.reportsAway() : words.noReport()))
                    .append("</p></section>");
            return;
        }
        for (FilmReport report : reports.get()) {
            body.append("<section class=\"card\"><h2>")
                    .append(Html.escaped(report.title().isEmpty() ? words.report() : report.title()))
                    .append("</h2>");
            report.findings()
                    .forEach(text ->
                            body.append("<p>").append(Html.escaped(text)).append("</p>"));
            if (!report.conclusion().isBlank()) {
                body.append("<h2>").append(Html.escaped(words.conclusion())).append("</h2>");
                report.conclusion().lines().forEach(text -> body.append("<p>")
                        .append(Html.escaped(text))
                        .append("</p>"));
            }
            body.append("<p class=\"soft\">")
                    .append(Html.escaped(String.join("、", report.performers())))
                    .append("<br>")
                    .append(Html.escaped(report.issued() == null ? "" : words.issued() + " " + time(report.issued())))
                    .append("</p>");
            body.append("<p class=\"noprint\"><a href=\"/film/open/")
                    .append(link.id())
                    .append("/reports/")
                    .append(Html.escaped(report.id()))
                    .append(".pdf?lang=")
                    .append(words.language())
                    .append("\" target=\"_blank\" rel=\"noopener noreferrer\">")
                    .append(Html.escaped(words.reportPdf()))
                    .append("</a></p>");
            for (int i = 0; i < report.documents(); i++) {
                body.append("<p><a href=\"/film/open/")
                        .append(link.id())
                        .append("/reports/")
                        .append(Html.escaped(report.id()))
                        .append('/')
                        .append(i)
                        .append("\" target=\"_blank\" rel=\"noopener noreferrer\">")
                        .append(Html.escaped(words.document()))
                        .append("</a></p>");
            }
            body.append("</section>");
        }
    }

    private static void originals(StringBuilder body, Words words, FilmLink link) {
        if (link.scope().originals()) {
            body.append("<a class=\"button quiet noprint\" download href=\"/film/open/")
                    .append(link.id())
                    .append("/originals.zip\">")
                    .append(Html.escaped(words.originals()))
                    .append("</a>");
        } else {
            body.append("<button id=\"ask\" class=\"quiet noprint\" data-asked=\"")
                    .append(Html.escaped(words.asked()))
                    .append("\">")
                    .append(Html.escaped(words.askOriginals()))
                    .append("</button>");
        }
    }

    private static String joined(String... parts) {
        StringBuilder joined = new StringBuilder();
        for (String part : parts) {
            if (!part.isBlank()) {
                joined.append(joined.isEmpty() ? "" : " · ").append(part);
            }
        }
        return joined.toString();
    }

    private String time(java.time.Instant at) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).format(at.atZone(zone));
    }
}
