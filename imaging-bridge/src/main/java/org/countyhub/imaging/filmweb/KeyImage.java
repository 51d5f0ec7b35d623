package org.countyhub.imaging.filmweb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.film.FilmScope;
import org.countyhub.imaging.film.FirstImage;
import org.countyhub.imaging.http.Admitted;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.StudyStore;

/**
 * The image that a study is opened with, as a JPEG or, of an electrocardiogram, a drawing of some tens of kilobytes that goes into the page itself, so that a phone shows it with the
 * first answer. It is made once for each version of a study and choice of its series, and remembered within a bound of memory.
 */
final class KeyImage {
    /**
     * How a picture may be made.
     *
     * @param side pixels of its longer side
     * @param quality of the JPEG, up to 100
     */
    private record Size(int side, int quality) {}

    private static final String SVG = "image/svg+xml";
    private static final List<Size> SIZES = List.of(new Size(768, 75), new Size(640, 60), new Size(512, 50));
    /** In the page it is a third larger (Base64); with all else that goes before and around it, a phone is sent less than 200 KB. */
    private static final int MOST_BYTES = 120_000;

    /** Of a drawing, which goes out compressed as the page does, some fifteen to one. */
    private static final int MOST_OF_A_DRAWING = 1_500_000;

    private static final long MOST_REMEMBERED = 32L << 20;
    private static final int BYTES_OF_A_KEY = 400;
    private static final int BYTES_OF_A_SERIES = 120;

    private final StudyStore studies;
    private final FirstImage first;
    private final Cache<Key, Picture> known = Caffeine.newBuilder()
            .maximumWeight(MOST_REMEMBERED)
            .weigher((Key key, Picture picture) ->
                    BYTES_OF_A_KEY + BYTES_OF_A_SERIES * key.seriesUids().size() + picture.bytes().length)
            .build();

    KeyImage(StudyStore studies) {
        this.studies = studies;
        this.first = new FirstImage(studies);
    }

    private record Key(String studyUid, int version, Set<String> seriesUids, String language) {}

    /**
     * An image as it goes into a page.
     *
     * @param type its media type
     * @param bytes none where there is no image
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes the bytes
    record Picture(String type, byte[] bytes) {
        private static final Picture NONE = new Picture("", new byte[0]);

        Optional<Picture> shown() {
            return bytes.length == 0 ? Optional.empty() : Optional.of(this);
        }

        /** Whether it is dark on light, as on paper. */
        boolean isDrawing() {
            return type.equals(SVG);
        }

        private boolean fits() {
            return bytes.length <= (isDrawing() ? MOST_OF_A_DRAWING : MOST_BYTES);
        }

        /** A URL that holds all of it (RFC 2397), a drawing as text, so that it can be compressed with the page; nothing in it has to be escaped in HTML. */
        String url() {
            return isDrawing()
                    ? "data:" + SVG + ";charset=utf-8,"
                            + URLEncoder.encode(new String(bytes, StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                                    .replace("+", "%20")
                    : "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
        }
    }

    /**
     * The image; empty where the study has none that can be drawn, or none that is small enough.
     *
     * @param language of what is written on a drawing: zh or en
     */
    Optional<Picture> of(FilmScope scope, String language, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<Integer> version = studies.version(scope.studyUid());
        if (version.isEmpty()) {
            return Optional.empty();
        }
        Key key = new Key(scope.studyUid(), version.get(), scope.seriesUids(), language);
        Picture picture = known.getIfPresent(key);
        return picture != null ? picture.shown() : made(key, scope, request, response);
    }

    private Optional<Picture> made(Key key, FilmScope scope, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        boolean certain = true;
        for (FirstImage.Choice choice : first.of(scope)) {
            // Images of much detail are made smaller until they fit.
            for (Wanted wanted : wanted(choice, key.language)) {
                Taken taken = drawn(choice.image(), wanted, request, response);
                Picture picture = new Picture(wanted.type, taken.bytes.toByteArray());
                if (taken.status != HttpServletResponse.SC_OK || picture.bytes.length == 0) {
                    // What failed for now may be drawn the next time.
                    certain &= taken.status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
                    break;
                }
                if (picture.fits()) {
                    if (certain) {
                        known.put(key, picture);
                    }
                    return Optional.of(picture);
                }
            }
        }
        if (certain) {
            known.put(key, Picture.NONE);
        }
        return Optional.empty();
    }

    /**
     * A rendered form that is asked for.
     *
     * @param path below the instance
     */
    private record Wanted(String type, String path, Map<String, String[]> parameters) {}

    private static List<Wanted> wanted(FirstImage.Choice choice, String language) {
        return choice.frame() == 0
                ? List.of(new Wanted(SVG, "/rendered", Map.of("lang", new String[] {language})))
                : SIZES.stream()
                        .map(size -> new Wanted(
                                "image/jpeg",
                                "/frames/" + choice.frame() + "/rendered",
                                Map.of(
                                        "viewport", new String[] {size.side + "," + size.side},
                                        "quality", new String[] {Integer.toString(size.quality)})))
                        .toList();
    }

    /** By WADO-RS of this very server (PS3.18 section 10.4, rendered). */
    private static Taken drawn(Stored image, Wanted wanted, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Taken taken = new Taken(response);
        Admitted.set(request);
        request.getRequestDispatcher("/dicomweb/studies/" + image.studyUid() + "/series/" + image.seriesUid()
                        + "/instances/" + image.sopInstanceUid() + wanted.path)
                .include(new ForPicture(request, wanted), taken);
        return taken;
    }

    /** Asks for a picture and for nothing less than all of it. */
    private static final class ForPicture extends HttpServletRequestWrapper {
        private final Wanted wanted;

        ForPicture(HttpServletRequest request, Wanted wanted) {
            super(request);
            this.wanted = wanted;
        }

        /** Whatever the request is that wants it drawn. */
        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase("Accept")
                    ? Collections.enumeration(List.of(wanted.type))
                    : Collections.emptyEnumeration();
        }

        @Override
        public @org.jspecify.annotations.Nullable String getHeader(String name) {
            return name.equalsIgnoreCase("Accept") ? wanted.type : null;
        }

        // Of the parameters only those of the picture: those of the page, such as lang, are none of rendered.

        @Override
        public Map<String, String[]> getParameterMap() {
            return wanted.parameters;
        }

        @Override
        public String @org.jspecify.annotations.Nullable [] getParameterValues(String name) {
            return getParameterMap().get(name);
        }

        @Override
        public @org.jspecify.annotations.Nullable String getParameter(String name) {
            String[] values = getParameterValues(name);
            return values == null ? null : values[0];
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(getParameterMap().keySet());
        }
    }

    /** Keeps the body instead of sending it. */
    private static final class Taken extends HttpServletResponseWrapper {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int status = SC_OK;

        Taken(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void setStatus(int code) {
            status = code;
        }

        @Override
        public void sendError(int code) {
            status = code;
        }

        @Override
        public void sendError(int code, String message) {
            status = code;
        }

        @Override
        public void setHeader(String name, String value) {
            // They are those of the picture, not of the page.
        }

        @Override
        public void addHeader(String name, String value) {
            // The same.
        }

        @Override
        public void setContentType(String type) {
            // The same.
        }

        @Override
        public void setContentLengthLong(long length) {
            // The same.
        }

        @Override
        public void setContentLength(int length) {
            // The same.
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return new ServletOutputStream() {
                @Override
                public void write(int value) {
                    bytes.write(value);
                }

                @Override
                public void write(byte[] some, int from, int length) {
                    bytes.write(some, from, length);
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    throw new IllegalStateException("nobody reads this asynchronously");
                }
            };
        }
    }
}
