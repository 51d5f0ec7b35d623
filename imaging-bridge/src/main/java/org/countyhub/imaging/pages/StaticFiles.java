package org.countyhub.imaging.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The files of the pages, which the build makes of {@code imaging-bridge/viewer}: read once from the jar, compressed once, some two megabytes in
 * memory. Nothing but their names leads to them, so that no path can lead out.
 */
public final class StaticFiles {
    private static final String DIRECTORY = "viewer/";
    private static final int WORTH_COMPRESSING = 1_024;
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml",
            "wasm", "application/wasm");

    private final Map<String, Content> files;

    @SuppressWarnings("ArrayRecordComponent")
    private record Content(String type, byte[] plain, byte @Nullable [] gzip) {}

    private StaticFiles(Map<String, Content> files) {
        this.files = Map.copyOf(files);
    }

    /** The files of the jar; IllegalStateException where the build has made none. */
    public static StaticFiles read() throws IOException {
        Map<String, Content> files = new HashMap<>();
        for (Resource resource :
                new PathMatchingResourcePatternResolver().getResources("classpath:" + DIRECTORY + "**")) {
            String address = resource.getURL().toString();
            String name = address.substring(address.lastIndexOf(DIRECTORY) + DIRECTORY.length());
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            if (resource.isReadable() && type != null) {
                try (InputStream in = resource.getInputStream()) {
                    files.put(name, content(type, in.readAllBytes()));
                }
            }
        }
        if (!files.containsKey("view.html")) {
            throw new IllegalStateException("the viewer is missing: npm builds it, with Maven (imaging-bridge/viewer)");
        }
        return new StaticFiles(files);
    }

    private static Content content(String type, byte[] plain) throws IOException {
        if (plain.length < WORTH_COMPRESSING) {
            return new Content(type, plain, null);
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(plain.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        }
        return new Content(type, plain, compressed.toByteArray());
    }

    /**
     * Answers with a page, such as {@code view.html}, which finds its files below {@code /view/assets/} wherever it is served itself.
     *
     * @throws IllegalArgumentException where there is no such page
     */
    public void page(HttpServletRequest request, HttpServletResponse response, String name) throws IOException {
        Content content = files.get(name);
        if (content == null) {
            throw new IllegalArgumentException("no page " + name);
        }
        SecurityHeaders.page(response);
        write(request, response, content);
    }

    /** Answers with a file that pages are made of, or with 404. Its name changes with its content, so browsers may keep it for good. */
    void asset(HttpServletRequest request, HttpServletResponse response, String name) throws IOException {
        Content content = files.get("assets/" + name);
        if (content == null) {
            SecurityHeaders.file(response);
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (name.contains("worker")) {
            SecurityHeaders.worker(response);
        } else {
            SecurityHeaders.file(response);
        }
        response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
        write(request, response, content);
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, Content content)
            throws IOException {
        byte[] body = content.plain();
        response.setContentType(content.type());
        response.setHeader("Vary", "Accept-Encoding");
        if (content.gzip() != null && takesGzip(request)) {
            response.setHeader("Content-Encoding", "gzip");
            body = content.gzip();
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static boolean takesGzip(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Accept-Encoding")).stream()
                .flatMap(header -> Arrays.stream(header.toLowerCase(Locale.ROOT).split(",", -1)))
                .anyMatch(coding -> coding.strip().matches("gzip(\\s*;\\s*q=(0\\.0*[1-9][0-9]*|1(\\.0*)?))?"));
    }
}
