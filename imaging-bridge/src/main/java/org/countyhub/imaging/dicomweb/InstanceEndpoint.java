package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
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
        DicomFiles.For to = files.to(request);
        DicomForm form = DicomForm.of(ranges, all, to::asKept);
        MultipartWriter parts = MultipartWriter.random(Accepted.DICOM);
        response.setContentType(parts.contentType());
        response.setHeader("Vary", DicomFiles.VARY);
        response.setHeader("Cache-Control", "private, no-cache");
        if (Reply.isHead(request)) {
            return;
        }
        OutputStream out = response.getOutputStream();
        for (Stored stored : all) {
            part(parts, form, to, stored, out);
        }
        parts.finish(out);
    }

    private static void part(MultipartWriter parts, DicomForm form, DicomFiles.For to, Stored stored, OutputStream out)
            throws IOException {
        DicomFiles.File file = to.file(stored, form);
        out.write(parts.head(file.contentType(), location(stored)));
        file.write(out, 0, file.size());
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
        DicomFiles.For to = files.to(request);
        DicomForm form = DicomForm.of(Accepted.ranges(request), List.of(stored), to::asKept);
        if (to.isKnown(request, response, located, form)) {
            return;
        }
        DicomFiles.File file = to.file(stored, form);
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
