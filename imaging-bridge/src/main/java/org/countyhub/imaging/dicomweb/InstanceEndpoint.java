package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.dicom.TransferSyntax;
import org.countyhub.imaging.study.Stored;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Studies, series and instances as DICOM (PS3.18 section 10.4, instance resources). */
@RestController
final class InstanceEndpoint {
    private final Instances instances;
    private final DicomFiles files;

    InstanceEndpoint(Instances instances, DicomFiles files) {
        this.instances = instances;
        this.files = files;
    }

    @GetMapping(Bases.PATH + "/studies/{study}")
    void study(@PathVariable String study, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        several(request, response, study, Optional.empty());
    }

    @GetMapping(Bases.PATH + "/studies/{study}/series/{series}")
    void series(
            @PathVariable String study,
            @PathVariable String series,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        several(request, response, study, Optional.of(series));
    }

    private void several(
            HttpServletRequest request, HttpServletResponse response, String study, Optional<String> series)
            throws IOException {
        List<Stored> all = instances.all(study, series);
        List<MediaRange> ranges = Accepted.ranges(request).stream()
                .filter(range -> range.isMultipart() || range.isAny())
                .toList();
        DicomForm form = DicomForm.of(ranges, all);
        MultipartWriter parts = MultipartWriter.random(Accepted.DICOM);
        response.setContentType(parts.contentType());
        response.setHeader("Vary", "Accept");
        response.setHeader("Cache-Control", "private, no-cache");
        if (Reply.isHead(request)) {
            return;
        }
        OutputStream out = response.getOutputStream();
        for (Stored stored : all) {
            part(parts, form, stored, out);
        }
        parts.finish(out);
    }

    private void part(MultipartWriter parts, DicomForm form, Stored stored, OutputStream out) throws IOException {
        DicomFiles.File file = files.file(withFrames(form, stored), form);
        out.write(parts.head(file.contentType(), location(stored)));
        file.write(out, 0, file.size());
    }

    /** Lists leave out where frames lie; what is decoded is looked up again. */
    private Stored withFrames(DicomForm form, Stored stored) {
        TransferSyntax kept = stored.transferSyntax();
        return kept.isNative() || !form.isExplicit(kept)
                ? stored
                : instances
                        .one(new Instances.Path(stored.studyUid(), stored.seriesUid(), stored.sopInstanceUid()))
                        .stored();
    }

    private static String location(Stored stored) {
        return Bases.instance(Bases.PATH, stored.studyUid(), stored.seriesUid(), stored.sopInstanceUid());
    }

    @GetMapping(Bases.PATH + "/studies/{study}/series/{series}/instances/{instance}")
    void instance(
            @PathVariable String study,
            @PathVariable String series,
            @PathVariable String instance,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Located located = instances.one(new Instances.Path(study, series, instance));
        Stored stored = located.stored();
        DicomForm form = DicomForm.of(Accepted.ranges(request), List.of(stored));
        response.setHeader("Vary", "Accept");
        String mark = located.mark() + form.mark();
        if (Reply.unchanged(request, response, mark)) {
            return;
        }
        DicomFiles.File file = files.file(stored, form);
        if (!form.multipart() && file.size() < 0) {
            response.setContentType(file.contentType());
            if (!Reply.isHead(request)) {
                file.write(response.getOutputStream(), 0, -1);
            }
            return;
        }
        if (!form.multipart()) {
            Reply.bytes(request, response, file.contentType(), file.size(), file);
            return;
        }
        MultipartWriter parts = new MultipartWriter(Accepted.DICOM, located.mark());
        byte[] head = parts.head(file.contentType(), location(stored));
        response.setContentType(parts.contentType());
        if (file.size() >= 0) {
            response.setContentLengthLong(head.length + file.size() + parts.end().length);
        }
        if (!Reply.isHead(request)) {
            OutputStream out = response.getOutputStream();
            out.write(head);
            file.write(out, 0, file.size());
            parts.finish(out);
        }
    }
}
