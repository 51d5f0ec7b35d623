package org.countyhub.imaging.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The files of OHIF, a viewer for radiologists' desks, which the build takes out of its package ({@code imaging-bridge/viewer/ohif}). All of them
 * would be some forty megabytes in memory, so they are read from the jar when they are asked for; what gets smaller by it lies there packed. Nothing but
 * their names leads to them, so that no path can lead out.
 */
final class Ohif {
    private static final String DIRECTORY = "ohif/";
    private static final String PACKED = ".gz";
    private static final String PAGE = "index.html";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2",
            "wasm", "application/wasm");

    /** What the page tells apart itself. */
    private static final Set<String> ROUTES = Set.of(
            "",
            "viewer",
            "viewer/dicomweb",
            "viewer/dicomlocal",
            "local",
            "localbasic",
            "notfoundstudy",
            "notfoundserver");

    /** The workers that hold compiled libraries, whose glue makes functions from text. */
    private static final Pattern COMPILING = Pattern.compile("/(decoder|polySeg)\\.bundle\\.[0-9a-f]+\\.js$");

    private final Map<String, Content> files;

    private record Content(String type, Resource resource, boolean packed) {}

    private Ohif(Map<String, Content> files) {
        this.files = Map.copyOf(files);
    }

    /** The files of the jar; IllegalStateException where the build has made none. */
    static Ohif read() throws IOException {
        Map<String, Content> files = new HashMap<>();
        for (Resource resource :
                new PathMatchingResourcePatternResolver().getResources("classpath:" + DIRECTORY + "**")) {
            String address = resource.getURL().toString();
            String name = address.substring(address.lastIndexOf(DIRECTORY) + DIRECTORY.length());
            boolean packed = name.endsWith(PACKED);
            String plain = packed ? name.substring(0, name.length() - PACKED.length()) : name;
            String type = TYPES.get(plain.substring(plain.lastIndexOf('.') + 1));
            if (resource.isReadable() && type != null) {
                files.put(plain, new Content(type, resource, packed));
            }
        }
        if (!files.containsKey(PAGE)) {
            throw new IllegalStateException("OHIF is missing: npm fetches it, with Maven (imaging-bridge/viewer/ohif)");
        }
        return new Ohif(files);
    }

    /** Answers with the page where the path below {@code /view/ohif/} is one of its routes, with a file where it is the name of one, else with 404. */
    void answer(HttpServletRequest request, HttpServletResponse response, String path) throws IOException {
        Content content = files.get(ROUTES.contains(path) ? PAGE : path);
        if (content == null || path.equals(PAGE)) {
            SecurityHeaders.file(response);
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        } else if (ROUTES.contains(path)) {
            SecurityHeaders.ohif(response);
            write(request, response, content);
        } else {
            if (COMPILING.matcher(path).find()) {
                SecurityHeaders.ohifCompiling(response);
            } else if (path.endsWith(".js")) {
                SecurityHeaders.ohifScript(response);
            } else {
                SecurityHeaders.file(response);
            }
            // All lie in a directory that is named by what they are made of.
            response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
            write(request, response, content);
        }
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, Content content)
            throws IOException {
        response.setContentType(content.type());
        response.setHeader("Vary", "Accept-Encoding");
        try (InputStream in = content.resource().getInputStream()) {
            if (content.packed() && !StaticFiles.takesGzip(request)) {
                new GZIPInputStream(in).transferTo(response.getOutputStream());
                return;
            }
            if (content.packed()) {
                response.setHeader("Content-Encoding", "gzip");
            }
            response.setContentLengthLong(content.resource().contentLength());
            in.transferTo(response.getOutputStream());
        }
    }
}
