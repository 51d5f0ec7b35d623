package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Frames, as they are kept or decoded (PS3.18 section 10.4, frame resources). */
@RestController
final class FramesEndpoint {
    private final Instances instances;
    private final Frames frames;

    FramesEndpoint(Instances instances, Frames frames) {
        this.instances = instances;
        this.frames = frames;
    }

    @GetMapping(Bases.PATH + "/studies/{study}/series/{series}/instances/{instance}/frames/{list}")
    void frames(
            @PathVariable String study,
            @PathVariable String series,
            @PathVariable String instance,
            @PathVariable String list,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Located located = instances.one(new Instances.Path(study, series, instance));
        int[] numbers = FrameNumbers.parse(list, located.frames().frames());
        FrameForm form = FrameForm.of(Accepted.ranges(request), located.stored().transferSyntax(), numbers.length);
        boolean asTheyLie = form.asKept() && (!located.stored().transferSyntax().isNative() || Frames.isPlain(located));
        String mark = located.mark()
                + '-'
                + Integer.toHexString(Arrays.hashCode(numbers))
                + '-'
                + Integer.toHexString(form.hashCode());
        response.setHeader("Vary", "Accept");
        if (Reply.unchanged(request, response, mark)) {
            return;
        }
        if (!form.multipart()) {
            one(request, response, located, numbers[0], form, asTheyLie);
            return;
        }
        MultipartWriter parts = new MultipartWriter(form.mediaType(), located.mark());
        byte[][] heads = heads(parts, form, located, numbers);
        response.setContentType(parts.contentType());
        if (asTheyLie) {
            response.setContentLengthLong(length(heads, located, numbers) + parts.end().length);
        }
        if (Reply.isHead(request)) {
            return;
        }
        OutputStream out = response.getOutputStream();
        for (int i = 0; i < numbers.length; i++) {
            // Decoded before the first byte is sent, so that what cannot be decoded is refused as it should be.
            byte[] plain = asTheyLie ? null : frames.plain(located, numbers[i]);
            out.write(heads[i]);
            if (plain == null) {
                frames.kept(located, numbers[i], out);
            } else {
                out.write(plain);
            }
        }
        parts.finish(out);
    }

    private void one(
            HttpServletRequest request,
            HttpServletResponse response,
            Located located,
            int frame,
            FrameForm form,
            boolean asItLies)
            throws IOException {
        if (asItLies) {
            long size = located.frames().length(frame);
            if (request.getHeader("Range") == null) {
                response.setContentType(form.contentType());
                response.setContentLengthLong(size);
                if (!Reply.isHead(request)) {
                    frames.kept(located, frame, response.getOutputStream());
                }
                return;
            }
        }
        byte[] bytes = asItLies ? frames.bytes(located, frame) : frames.plain(located, frame);
        Reply.bytes(
                request,
                response,
                form.contentType(),
                bytes.length,
                (out, position, length) -> out.write(bytes, (int) position, (int) length));
    }

    private static byte[][] heads(MultipartWriter parts, FrameForm form, Located located, int[] numbers) {
        String instance = Bases.instance(
                Bases.PATH,
                located.stored().studyUid(),
                located.stored().seriesUid(),
                located.stored().sopInstanceUid());
        byte[][] heads = new byte[numbers.length][];
        for (int i = 0; i < numbers.length; i++) {
            heads[i] = parts.head(form.contentType(), instance + "/frames/" + (numbers[i] + 1));
        }
        return heads;
    }

    private static long length(byte[][] heads, Located located, int[] numbers) {
        long length = 0;
        for (int i = 0; i < numbers.length; i++) {
            length += heads[i].length + located.frames().length(numbers[i]);
        }
        return length;
    }
}
