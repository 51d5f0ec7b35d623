package org.countyhub.imaging.filmweb;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.countyhub.imaging.film.FilmScope;
import org.countyhub.imaging.study.Stored;
import org.countyhub.imaging.study.StudyStore;

/**
 * The image that a study is opened with: the one in the middle of its longest series, as a JPEG of some tens of kilobytes that goes into the page
 * itself, so that a phone shows it with the first answer.
 */
final class KeyImage {
    private static final int SIDE = 768;
    private static final int QUALITY = 75;
    private static final int MOST_BYTES = 140_000;

    private final StudyStore studies;

    KeyImage(StudyStore studies) {
        this.studies = studies;
    }

    /** The image as JPEG; empty where the study has none that can be drawn, or none that is small enough. */
    Optional<byte[]> of(FilmScope scope, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Map<String, List<Stored>> bySeries = new LinkedHashMap<>();
        studies.instances(scope.studyUid(), Optional.empty(), stored -> {
            if (stored.frames().length > 0 && scope.hasSeries(stored.seriesUid())) {
                bySeries.computeIfAbsent(stored.seriesUid(), ignored -> new ArrayList<>())
                        .add(stored);
            }
        });
        List<Stored> longest = bySeries.values().stream()
                .max(java.util.Comparator.comparingInt(List::size))
                .orElse(List.of());
        return longest.isEmpty() ? Optional.empty() : drawn(longest.get(longest.size() / 2), request, response);
    }

    /** By WADO-RS of this very server (PS3.18 section 10.4, rendered). */
    private static Optional<byte[]> drawn(Stored image, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Taken taken = new Taken(response);
        request.getRequestDispatcher("/dicomweb/studies/" + image.studyUid() + "/series/" + image.seriesUid()
                        + "/instances/" + image.sopInstanceUid() + "/rendered")
                .include(new ForJpeg(request), taken);
        byte[] jpeg = taken.bytes.toByteArray();
        boolean usable = taken.status == HttpServletResponse.SC_OK && jpeg.length > 0 && jpeg.length <= MOST_BYTES;
        return usable ? Optional.of(jpeg) : Optional.empty();
    }

    /** Asks for a JPEG and for nothing less than all of it. */
    private static final class ForJpeg extends HttpServletRequestWrapper {
        ForJpeg(HttpServletRequest request) {
            super(request);
        }

        /** Whatever the request is that wants it drawn. */
        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase("Accept")
                    ? Collections.enumeration(List.of("image/jpeg"))
                    : Collections.emptyEnumeration();
        }

        @Override
        public @org.jspecify.annotations.Nullable String getHeader(String name) {
            return name.equalsIgnoreCase("Accept") ? "image/jpeg" : null;
        }

        // Of the parameters only those of the picture: those of the page, such as lang, are none of rendered.

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of(
                    "viewport", new String[] {SIDE + "," + SIDE}, "quality", new String[] {Integer.toString(QUALITY)});
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
