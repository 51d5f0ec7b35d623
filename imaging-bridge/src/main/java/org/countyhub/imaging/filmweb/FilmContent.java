package org.countyhub.imaging.filmweb;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.countyhub.imaging.film.FilmLink;
import org.countyhub.imaging.film.FilmReport;
import org.countyhub.imaging.film.FilmReports;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.imaging.film.FilmService.Standing;
import org.countyhub.imaging.film.FilmView;
import org.countyhub.kernel.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands within the page of an open link: the first image and the reports. To look at it is on record. */
final class FilmContent {
    private static final Logger LOG = LoggerFactory.getLogger(FilmContent.class);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private final FilmService films;
    private final FilmReports reports;
    private final KeyImage keyImage;
    private final Contents contents;
    private final Pages pages;

    FilmContent(FilmService films, FilmReports reports, KeyImage keyImage, Contents contents, Pages pages) {
        this.films = films;
        this.reports = reports;
        this.keyImage = keyImage;
        this.contents = contents;
        this.pages = pages;
    }

    /** HTML without scripts, in two parts, since the second waits for another server. */
    interface Shown {
        /** Whose study it is, and its first image. */
        String first();

        /** The reports and all else; waits for them, though not for long. */
        String rest();
    }

    /** Empty once the study is no longer shown to anybody. */
    Optional<Shown> of(Standing.Stands standing, Words words, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        FilmLink link = standing.link();
        Optional<Contents.Heading> study = contents.of(link.scope());
        if (study.isEmpty()) {
            return Optional.empty();
        }
        // Another server is asked while the image is drawn here.
        FutureTask<Optional<List<FilmReport>>> asked = new FutureTask<>(() -> reports(link));
        Thread.startVirtualThread(asked);
        films.saw(standing, FilmView.What.PAGE, link.scope().studyUid(), "", Visits.visitor(request));
        Optional<KeyImage.Picture> image = keyImage.of(link.scope(), words.tongue(), request, response);
        String first = pages.first(words, link, study.get(), image);
        return Optional.of(new Shown() {
            @Override
            public String first() {
                return first;
            }

            @Override
            public String rest() {
                return pages.rest(words, link, taken(asked));
            }
        });
    }

    /** What has come of it in time; empty where nothing has, since nobody waits long for a page, whose images are there already. */
    private static Optional<List<FilmReport>> taken(FutureTask<Optional<List<FilmReport>>> asked) {
        try {
            return asked.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            asked.cancel(true);
            LOG.warn("reports were not told within {} s", LONGEST_WAIT.toSeconds());
            return Optional.empty();
        } catch (ExecutionException e) {
            LOG.error("reports could not be read", e.getCause());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while reports were asked for", e);
        }
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
}
