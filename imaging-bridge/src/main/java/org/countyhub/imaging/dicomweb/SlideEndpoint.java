package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The resolutions of a slide, and which frame shows which tile: a resource of the hub's own beside those of PS3.18. */
@RestController
final class SlideEndpoint {
    /** Raised when the same instances come to be told differently. */
    private static final String FORMAT = "s1";

    private final Slides slides;

    SlideEndpoint(Slides slides) {
        this.slides = slides;
    }

    @GetMapping(Bases.PATH + "/studies/{study}/series/{series}/slide")
    void slide(
            @PathVariable String study,
            @PathVariable String series,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Accepted.json(request);
        Slides.Images images = slides.images(study, series);
        response.setHeader("Vary", "Accept, Accept-Encoding");
        if (Reply.unchanged(request, response, digest(images.mark()) + "-" + FORMAT)) {
            return;
        }
        Reply.json(request, response, "application/json", slides.json(images));
    }

    private static String digest(String marks) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(marks.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
