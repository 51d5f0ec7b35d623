package org.countyhub.imaging.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The viewer for those who may ask {@code /dicomweb}: {@code /view/?StudyInstanceUIDs=}, and the files of which all pages are made. */
@RestController
final class ViewerEndpoint {
    private final StaticFiles files;

    ViewerEndpoint(StaticFiles files) {
        this.files = files;
    }

    @GetMapping("/view/")
    void view(HttpServletRequest request, HttpServletResponse response) throws IOException {
        files.page(request, response, "view.html");
    }

    /** {@code /view/ecg?study=&series=&instance=}: one electrocardiogram. */
    @GetMapping("/view/ecg")
    void electrocardiogram(HttpServletRequest request, HttpServletResponse response) throws IOException {
        files.page(request, response, "ecg.html");
    }

    /** {@code /view/slide?study=&series=}: one slide. */
    @GetMapping("/view/slide")
    void slide(HttpServletRequest request, HttpServletResponse response) throws IOException {
        files.page(request, response, "slide.html");
    }

    @GetMapping("/view/assets/{name}")
    void asset(@PathVariable String name, HttpServletRequest request, HttpServletResponse response) throws IOException {
        files.asset(request, response, name);
    }
}
