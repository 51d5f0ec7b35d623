package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.countyhub.imaging.study.StudyStore;
import org.countyhub.kernel.Problem;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Metadata of a study, a series or an instance as DICOM JSON (PS3.18 section 10.4, metadata resources). */
@RestController
final class MetadataEndpoint {
    /** Raised when the same instances come to be told differently. */
    private static final String FORMAT = "m1";

    private final StudyStore store;
    private final Instances instances;

    MetadataEndpoint(StudyStore store, Instances instances) {
        this.store = store;
        this.instances = instances;
    }

    @GetMapping(Bases.PATH + "/studies/{study}/metadata")
    void study(@PathVariable String study, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answer(request, response, version(study), study, Optional.empty(), Optional.empty());
    }

    @GetMapping(Bases.PATH + "/studies/{study}/series/{series}/metadata")
    void series(
            @PathVariable String study,
            @PathVariable String series,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String version = version(study);
        answer(request, response, version, study, Optional.of(Instances.checked("series", series)), Optional.empty());
    }

    @GetMapping(Bases.PATH + "/studies/{study}/series/{series}/instances/{instance}/metadata")
    void instance(
            @PathVariable String study,
            @PathVariable String series,
            @PathVariable String instance,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Located located = instances.one(new Instances.Path(study, series, instance));
        // Its metadata say the patient that somebody has named, whatever its bytes say.
        String mark = located.mark()
                + (located.stored().patientCorrected()
                        ? "-" + Integer.toHexString(located.stored().patient().hashCode())
                        : "");
        answer(request, response, mark, study, Optional.of(series), Optional.of(instance));
    }

    /** Read before the metadata: what is added in between is told under the earlier version, and then again under its own. */
    private String version(String study) {
        return store.version(Instances.checked("study", study))
                .map(found -> "v" + found + "-" + Integer.toHexString(study.hashCode()))
                .orElseThrow(() -> Problem.notFound("no such study"));
    }

    private void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            String mark,
            String study,
            Optional<String> series,
            Optional<String> instance)
            throws IOException {
        Accepted.json(request);
        boolean gzip = Accepted.gzip(request);
        response.setHeader("Vary", "Accept, Accept-Encoding");
        if (Reply.unchanged(request, response, mark + "-" + FORMAT + (gzip ? "z" : ""))) {
            return;
        }
        response.setContentType(Accepted.DICOM_JSON);
        if (gzip) {
            response.setHeader("Content-Encoding", "gzip");
        }
        OutputStream out = Reply.isHead(request) ? OutputStream.nullOutputStream() : response.getOutputStream();
        try (Splice splice = gzip ? new GzipSplice(out) : new JsonSplice(out)) {
            MetadataSink sink = new MetadataSink(splice);
            store.metadata(study, series, instance, sink);
            if (sink.isEmpty()) {
                throw Problem.notFound("no such series in this study");
            }
            sink.finish();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
