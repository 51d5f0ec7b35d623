package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.countyhub.imaging.render.View;
import org.countyhub.imaging.render.Viewport;
import org.countyhub.imaging.render.Window;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** How a picture is wished for (PS3.18 section 8.3.5). */
record RenderedParameters(String mediaType, View view, int quality) {
    private static final int DEFAULT_QUALITY = 90;
    private static final int THUMBNAIL_SIDE = 200;
    private static final Set<String> RENDERED =
            Set.of("accept", "viewport", "window", "quality", "preset", "annotation");
    private static final Set<String> DOCUMENT = Set.of("accept");
    private static final Set<String> THUMBNAIL = Set.of("accept", "viewport");

    static RenderedParameters rendered(HttpServletRequest request) {
        checkNames(request, RENDERED);
        View view = View.DEFAULT;
        String window = request.getParameter("window");
        String preset = request.getParameter("preset");
        if (window != null) {
            view = view.with(Window.parse(window));
        } else if (preset != null) {
            view = view.withPreset(preset);
        }
        if (request.getParameter("annotation") != null) {
            throw Problem.badSearch("annotation", "annotation: nothing is written into pictures");
        }
        return new RenderedParameters(
                mediaType(request), viewport(request, view), quality(request.getParameter("quality")));
    }

    /** Refuses what makes no difference to a document. */
    static void document(HttpServletRequest request) {
        checkNames(request, DOCUMENT);
    }

    static RenderedParameters thumbnail(HttpServletRequest request) {
        checkNames(request, THUMBNAIL);
        View view = viewport(request, View.thumbnail(THUMBNAIL_SIDE));
        return new RenderedParameters(mediaType(request), view, DEFAULT_QUALITY);
    }

    /** Refuses parameters that are not among the known ones. */
    static void checkNames(HttpServletRequest request, Set<String> known) {
        for (String name : request.getParameterMap().keySet()) {
            if (!known.contains(name)) {
                throw Problem.badSearch(
                        name,
                        name + " is not a parameter of this; there are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private static View viewport(HttpServletRequest request, View view) {
        String viewport = request.getParameter("viewport");
        return viewport == null ? view : view.with(Viewport.parse(viewport));
    }

    static int quality(@Nullable String sent) {
        if (sent == null) {
            return DEFAULT_QUALITY;
        }
        if (!sent.matches("[0-9]{1,3}") || Integer.parseInt(sent) < 1 || Integer.parseInt(sent) > 100) {
            throw Problem.badSearch("quality", "quality is a number from 1 to 100");
        }
        return Integer.parseInt(sent);
    }

    private static String mediaType(HttpServletRequest request) {
        for (MediaRange range : Accepted.ranges(request)) {
            if (!range.isMultipart()) {
                if (range.takes(Pictures.JPEG)) {
                    return Pictures.JPEG;
                }
                if (range.takes(Pictures.PNG)) {
                    return Pictures.PNG;
                }
            }
        }
        throw Accepted.refusal("pictures are given as image/jpeg or image/png");
    }
}
