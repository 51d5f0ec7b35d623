package org.countyhub.imaging.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * OHIF for those who may ask {@code /dicomweb}: {@code /view/ohif} lists the studies, {@code /view/ohif/viewer?StudyInstanceUIDs=} shows some. Never
 * below a link: it asks for more than a link shows.
 */
@RestController
final class OhifEndpoint {
    private final Ohif ohif;

    OhifEndpoint(Ohif ohif) {
        this.ohif = ohif;
    }

    @GetMapping("/view/ohif/{*path}")
    void answer(@PathVariable String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ohif.answer(request, response, path.replaceFirst("^/", ""));
    }
}
