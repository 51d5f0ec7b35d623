package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.render.View;
import org.countyhub.imaging.study.Stored;
import org.countyhub.kernel.Problem;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Pictures of instances and frames, documents as browsers show them, electrocardiograms as drawings, and small pictures of whole studies (PS3.18 section 10.4, rendered and thumbnail resources). */
@RestController
final class RenderedEndpoint {
    private static final String STUDY = Bases.PATH + "/studies/{study}";
    private static final String SERIES = STUDY + "/series/{series}";
    private static final String INSTANCE = SERIES + "/instances/{instance}";
    private static final String FRAME = INSTANCE + "/frames/{frame}";

    private final Instances instances;
    private final Pictures pictures;
    private final Documents documents;
    private final Electrocardiograms electrocardiograms;

    RenderedEndpoint(
            Instances instances, Pictures pictures, Documents documents, Electrocardiograms electrocardiograms) {
        this.instances = instances;
        this.pictures = pictures;
        this.documents = documents;
        this.electrocardiograms = electrocardiograms;
    }

    @GetMapping(INSTANCE + "/rendered")
    void instance(
            @PathVariable String study,
            @PathVariable String series,
            @PathVariable String instance,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Located located = instances.one(new Instances.Path(study, series, instance));
        if (Documents.contains(located.stored())) {
            document(request, response, located);
            return;
        }
        if (Electrocardiograms.contains(located.stored())) {
            electrocardiograms.answer(request, response, located);
            return;
        }
        answer(request, response, located, 0, RenderedParameters.rendered(request));
    }

    @GetMapping(FRAME + "/rendered")
    void frame(
            @PathVariable String study,
            @PathVariable String series,
            @PathVariable String instance,
            @PathVariable String frame,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Located located = instances.one(new Instances.Path(study, series, instance));
        int number = FrameNumbers.one(frame, located.frames().frames());
        answer(request, response, located, number, RenderedParameters.rendered(request));
    }

    @GetMapping({STUDY + "/thumbnail", SERIES + "/thumbnail"})
    void ofSeveral(
            @PathVariable String study,
            @PathVariable Optional<String> series,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        answer(request, response, middle(instances.all(study, series)), 0, RenderedParameters.thumbnail(request));
    }

    /** What stands for all: the one in the middle, or the nearest behind or before it that is an image. */
    private Located middle(List<Stored> all) {
        int middle = all.size() / 2;
        for (int step = 0; step < Math.min(all.size(), 64); step++) {
            for (int index : new int[] {middle + step, middle - step}) {
                if (index >= 0 && index < all.size()) {
                    Stored stored = all.get(index);
                    Located located = instances.one(
                            new Instances.Path(stored.studyUid(), stored.seriesUid(), stored.sopInstanceUid()));
                    if (located.index() != null && PixelMedia.isDecoded(stored.transferSyntax())) {
                        return located;
                    }
                }
            }
        }
        throw Problem.notFound("there is no image that a picture could be made of");
    }

    @GetMapping({INSTANCE + "/thumbnail", FRAME + "/thumbnail"})
    void thumbnail(
            @PathVariable String study,
            @PathVariable String series,
            @PathVariable String instance,
            @PathVariable Optional<String> frame,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Located located = instances.one(new Instances.Path(study, series, instance));
        int number = frame.map(one -> FrameNumbers.one(one, located.frames().frames()))
                .orElse(0);
        answer(request, response, located, number, RenderedParameters.thumbnail(request));
    }

    private void document(HttpServletRequest request, HttpServletResponse response, Located located)
            throws IOException {
        RenderedParameters.document(request);
        response.setHeader("Vary", "Accept");
        Documents.Document document = documents.of(located, Accepted.ranges(request));
        if (Reply.unchanged(request, response, located.mark() + "-d" + Integer.toHexString(document.mark()))) {
            return;
        }
        response.setHeader("Content-Disposition", document.disposition());
        if (document.policy() != null) {
            response.setHeader("Content-Security-Policy", document.policy());
        }
        Reply.bytes(request, response, document.contentType(), document.size(), document.body());
    }

    private void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            Located located,
            int frame,
            RenderedParameters wanted)
            throws IOException {
        located.frames();
        response.setHeader("Vary", "Accept");
        String mark = located.mark() + "-r" + frame + "-" + Integer.toHexString(wanted.hashCode());
        if (Reply.unchanged(request, response, mark)) {
            return;
        }
        View view = wanted.view();
        byte[] picture = pictures.of(located, frame, view, wanted.mediaType(), wanted.quality());
        Reply.bytes(
                request,
                response,
                wanted.mediaType(),
                picture.length,
                (out, position, length) -> out.write(picture, (int) position, (int) length));
    }
}
