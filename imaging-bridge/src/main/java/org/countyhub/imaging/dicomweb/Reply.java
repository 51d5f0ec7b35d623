package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** What all answers have in common: validators, ranges, compression, and that HEAD has no body (RFC 9110). */
final class Reply {
    private static final int WORTH_COMPRESSING = 1_024;

    private Reply() {}

    /** Writes a body, or a part of it. */
    @FunctionalInterface
    interface Body {
        void write(OutputStream out, long position, long length) throws IOException;
    }

    /**
     * Names the representation and tells whether the client has it already; then 304 is answered and nothing is left to do. It is kept by the client
     * alone and asked for again each time, which costs one look into the index: what a doctor may see can end.
     */
    static boolean unchanged(HttpServletRequest request, HttpServletResponse response, String mark) {
        return isUnchanged(request, response, '"' + mark + '"', "");
    }

    /** The same of what says the same each time, but not by the same bytes (RFC 9110 section 8.8.1). */
    static boolean equivalent(HttpServletRequest request, HttpServletResponse response, String mark) {
        return isUnchanged(request, response, '"' + mark + '"', "W/");
    }

    private static boolean isUnchanged(
            HttpServletRequest request, HttpServletResponse response, String tag, String weak) {
        response.setHeader("ETag", weak + tag);
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("X-Content-Type-Options", "nosniff");
        for (String header : Collections.list(request.getHeaders("If-None-Match"))) {
            for (String known : header.split(",", -1)) {
                String one = known.strip();
                if (one.equals("*") || one.equals(tag) || one.equals("W/" + tag)) {
                    response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
                    return true;
                }
            }
        }
        return false;
    }

    static boolean isHead(HttpServletRequest request) {
        return request.getMethod().equals("HEAD");
    }

    /** A body whose length is known, or the range of it that is asked for. */
    static void bytes(HttpServletRequest request, HttpServletResponse response, String mediaType, long size, Body body)
            throws IOException {
        response.setContentType(mediaType);
        response.setHeader("Accept-Ranges", "bytes");
        switch (ByteRange.of(range(request, response), size)) {
            case ByteRange.All() -> {
                response.setContentLengthLong(size);
                write(request, response, body, 0, size);
            }
            case ByteRange.Part(long first, long length) -> {
                response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
                response.setHeader("Content-Range", "bytes " + first + "-" + (first + length - 1) + "/" + size);
                response.setContentLengthLong(length);
                write(request, response, body, first, length);
            }
            case ByteRange.Beyond() -> {
                response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
                response.setHeader("Content-Range", "bytes */" + size);
                Refusals.body(response, "the range begins behind the end, which is at " + size + " bytes");
            }
        }
    }

    /** The range that is asked for, unless it is one of another representation (RFC 9110 section 13.1.5). */
    private static @Nullable String range(HttpServletRequest request, HttpServletResponse response) {
        String same = request.getHeader("If-Range");
        return same == null || same.equals(response.getHeader("ETag")) ? request.getHeader("Range") : null;
    }

    private static void write(
            HttpServletRequest request, HttpServletResponse response, Body body, long position, long length)
            throws IOException {
        if (isHead(request)) {
            return;
        }
        body.write(response.getOutputStream(), position, length);
    }

    /** JSON that is in memory already, compressed where that is taken and worth it. */
    static void json(HttpServletRequest request, HttpServletResponse response, String mediaType, byte[] json)
            throws IOException {
        response.setHeader("Vary", "Accept, Accept-Encoding");
        text(request, response, mediaType, json);
    }

    /** The same for text of any kind; the caller says what the answer varies by. */
    static void text(HttpServletRequest request, HttpServletResponse response, String mediaType, byte[] text)
            throws IOException {
        response.setContentType(mediaType);
        if (isHead(request)) {
            return;
        }
        if (text.length < WORTH_COMPRESSING || !Accepted.gzip(request)) {
            response.setContentLength(text.length);
            response.getOutputStream().write(text);
            return;
        }
        response.setHeader("Content-Encoding", "gzip");
        try (GZIPOutputStream gzip = new GZIPOutputStream(response.getOutputStream(), 8 * 1024)) {
            gzip.write(text);
        }
    }
}
