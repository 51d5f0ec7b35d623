package org.countyhub.imaging.filmweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.countyhub.imaging.film.FilmLink;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.imaging.film.FilmService.Standing;
import org.countyhub.imaging.film.FilmView;
import org.countyhub.imaging.study.Source;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.imaging.study.outgoing.MediaArchive;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * {@code /film/open/[id]/originals.zip}: all that a link shows as DICOM files on a medium, for links that give originals; 403 for others. It is
 * recorded before the first byte, and ends within a megabyte of the link.
 */
@Controller
final class OriginalsEndpoint {
    /** Instances of all archives in transit, which are remembered until they have gone. */
    private static final int INSTANCES_AT_ONCE = 60_000;
    /** The least that an archive counts for, since it takes a thread of the server for as long as its client reads. */
    private static final int LEAST = 2_000;

    private static final int RETRY_SECONDS = 60;

    private final FilmService films;
    private final Visits visits;
    private final StudyStore studies;
    private final MediaArchive archive;
    private final Semaphore free = new Semaphore(INSTANCES_AT_ONCE);

    OriginalsEndpoint(FilmService films, Visits visits, StudyStore studies, MediaArchive archive) {
        this.films = films;
        this.visits = visits;
        this.studies = studies;
        this.archive = archive;
    }

    @GetMapping("/film/open/{id:[A-Za-z0-9_-]{16}}/originals.zip")
    void originals(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Standing.Stands standing = visits.required(id, request);
        FilmLink link = standing.link();
        if (!link.scope().originals()) {
            throw new Problem.Forbidden(List.of(Fault.of("forbidden", "this link does not give DICOM files")))
                    .exception();
        }
        List<Stored> instances = instances(link);
        if (instances.isEmpty()) {
            throw Problem.notFound("the link does not show any images");
        }
        // Whom a link was given to is no hospital that the hub knows.
        MediaArchive.Ready ready = archive.of(Source.NONE, instances);
        int share = Math.max(LEAST, instances.size());
        if (!free.tryAcquire(share)) {
            throw new Problem.Busy(List.of(Fault.of("throttled", "too many archives are taken at once")), RETRY_SECONDS)
                    .exception();
        }
        try {
            send(ready, standing, instances, request, response);
        } finally {
            free.release(share);
        }
    }

    private void send(
            MediaArchive.Ready ready,
            Standing.Stands standing,
            List<Stored> instances,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Html.protect(response);
        response.setContentType("application/zip");
        response.setHeader("Content-Disposition", "attachment; filename=\"DICOM.zip\"");
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        Set<String> given = new LinkedHashSet<>();
        instances.forEach(stored -> given.add(stored.studyUid()));
        given.forEach(study -> films.saw(standing, FilmView.What.ORIGINALS, study, "", Visits.visitor(request)));
        String id = standing.link().id();
        ready.writeTo(new WatchedResponse(response, () -> checkStanding(id, request)).getOutputStream());
    }

    private void checkStanding(String id, HttpServletRequest request) {
        if (!visits.required(id, request).link().scope().originals()) {
            throw Visits.gone();
        }
    }

    /** The link's own study first; of it, the series that are shown. */
    private List<Stored> instances(FilmLink link) {
        List<Stored> instances = new ArrayList<>();
        for (String study : films.shown(link)) {
            boolean own = study.equals(link.scope().studyUid());
            studies.instances(study, Optional.empty(), stored -> {
                boolean shown = !own || link.scope().hasSeries(stored.seriesUid());
                // One more than is given is enough to refuse it.
                if (shown && instances.size() <= MediaArchive.MOST) {
                    instances.add(stored.withoutFrames());
                }
            });
        }
        return instances;
    }
}
