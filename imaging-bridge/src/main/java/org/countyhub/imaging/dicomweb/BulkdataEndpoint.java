package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.study.BlobStore;
import org.countyhub.imaging.study.outgoing.OutgoingInstances;
import org.countyhub.imaging.study.outgoing.StoredValues;
import org.countyhub.kernel.Problem;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Values that metadata only name by an address (PS3.18 section 10.4, bulkdata resources). */
@RestController
final class BulkdataEndpoint {
    private static final String INSTANCE = Bases.PATH + "/studies/{study}/series/{series}/instances/{instance}";
    private static final String PDF = "application/pdf";

    private final Instances instances;
    private final BlobStore blobs;
    private final OutgoingInstances outgoing;
    private final Asking asking;
    private final Frames frames;

    BulkdataEndpoint(Instances instances, BlobStore blobs, OutgoingInstances outgoing, Asking asking, Frames frames) {
        this.instances = instances;
        this.blobs = blobs;
        this.outgoing = outgoing;
        this.asking = asking;
        this.frames = frames;
    }

    @GetMapping(INSTANCE + "/bulkdata/{*place}")
    void value(
            @PathVariable String study,
            @PathVariable String series,
            @PathVariable String instance,
            @PathVariable String place,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Located located = instances.one(new Instances.Path(study, series, instance));
        BulkPlace path = BulkPlace.parse(place);
        // Any element can be asked for, those that say whose it is too.
        OutgoingInstances.For to = outgoing.to(asking.source(request));
        Dataset header = to.header(located.stored());
        String mark = located.mark() + to.mark(located.stored());
        Element element = path.in(header).orElseThrow(() -> Problem.notFound("this instance has no such element"));
        response.setHeader("Vary", DicomFiles.VARY);
        switch (element) {
            case Element.Bulk bulk ->
                answer(
                        request,
                        response,
                        mark,
                        path,
                        header,
                        bulk.length(),
                        (out, position, length) ->
                                new StoredValues(blobs, located.stored()).copy(bulk, position, length, out));
            case Element.Bytes bytes ->
                answer(
                        request,
                        response,
                        mark,
                        path,
                        header,
                        bytes.value().length,
                        (out, position, length) -> out.write(bytes.value(), (int) position, (int) length));
            case Element.Fragments ignored -> fragments(request, response, located, path);
            case Element.Items ignored -> throw Problem.notFound("a sequence has no value of its own");
        }
    }

    private void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            String mark,
            BulkPlace path,
            Dataset header,
            long size,
            Reply.Body body)
            throws IOException {
        MediaRange range = range(request, isPdf(path, header));
        String type = isPdf(path, header) && (range.takes(PDF) || range.isAny()) ? PDF : Accepted.OCTETS;
        if (Reply.unchanged(request, response, mark + "-" + path.mark() + (range.isMultipart() ? "m" : ""))) {
            return;
        }
        if (!range.isMultipart()) {
            Reply.bytes(request, response, type, size, body);
            return;
        }
        MultipartWriter parts = new MultipartWriter(type, mark);
        byte[] head = parts.head(type, request.getRequestURI());
        response.setContentType(parts.contentType());
        response.setContentLengthLong(head.length + size + parts.end().length);
        if (!Reply.isHead(request)) {
            OutputStream out = response.getOutputStream();
            out.write(head);
            body.write(out, 0, size);
            parts.finish(out);
        }
    }

    private static MediaRange range(HttpServletRequest request, boolean isPdf) {
        return Accepted.ranges(request).stream()
                .filter(range -> range.takes(Accepted.OCTETS) || (isPdf && range.takes(PDF)))
                .findFirst()
                .orElseThrow(() -> Accepted.refusal("values are given as application/octet-stream"
                        + (isPdf ? " or application/pdf" : "") + ", by themselves or as multipart/related"));
    }

    /** The one kind of document that a browser may open by itself; others could hold scripts. */
    private static boolean isPdf(BulkPlace path, Dataset header) {
        return path.tag() == Tag.EncapsulatedDocument
                && PDF.equals(header.string(Tag.MIMETypeOfEncapsulatedDocument, ""));
    }

    /** Compressed pixels have no value but their frames: each is a part. */
    private void fragments(HttpServletRequest request, HttpServletResponse response, Located located, BulkPlace path)
            throws IOException {
        String type = PixelMedia.of(located.stored().transferSyntax()).getFirst();
        Optional<MediaRange> taken = Accepted.ranges(request).stream()
                .filter(range ->
                        (range.isMultipart() || range.isAny()) && (range.takes(type) || range.takes(Accepted.OCTETS)))
                .findFirst();
        if (taken.isEmpty()) {
            throw Accepted.refusal("compressed pixels are given frame by frame, as multipart/related of " + type);
        }
        if (Reply.unchanged(request, response, located.mark() + "-" + path.mark() + "f")) {
            return;
        }
        MultipartWriter parts = new MultipartWriter(type, located.mark());
        response.setContentType(parts.contentType());
        if (Reply.isHead(request)) {
            return;
        }
        OutputStream out = response.getOutputStream();
        int count = located.frames().frames();
        String syntax = located.stored().transferSyntax().uid();
        for (int i = 0; i < count; i++) {
            out.write(parts.head(type + "; transfer-syntax=" + syntax, request.getRequestURI()));
            frames.kept(located, i, out);
        }
        parts.finish(out);
    }
}
