package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.countyhub.imaging.render.View;
import org.countyhub.imaging.render.Viewport;
import org.countyhub.imaging.render.Window;
import org.countyhub.imaging.study.Stored;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** WADO-URI (PS3.18 section 9): one instance by parameters, as DICOM or as a picture. */
@RestController
final class WadoUriEndpoint {
    private static final Set<String> KNOWN = Set.of(
            "requestType",
            "studyUID",
            "seriesUID",
            "objectUID",
            "contentType",
            "accept",
            "charset",
            "transferSyntax",
            "rows",
            "columns",
            "region",
            "windowCenter",
            "windowWidth",
            "frameNumber",
            "imageQuality");

    private final Instances instances;
    private final DicomFiles files;
    private final Pictures pictures;

    WadoUriEndpoint(Instances instances, DicomFiles files, Pictures pictures) {
        this.instances = instances;
        this.files = files;
        this.pictures = pictures;
    }

    @GetMapping(Bases.PATH + "/wado")
    void wado(HttpServletRequest request, HttpServletResponse response) throws IOException {
        for (String name : request.getParameterMap().keySet()) {
            if (!KNOWN.contains(name)) {
                throw wrong(name, name + " is not a parameter of WADO-URI that the hub knows");
            }
        }
        if (!"WADO".equals(request.getParameter("requestType"))) {
            throw wrong("requestType", "requestType is WADO");
        }
        Located located = instances.one(new Instances.Path(
                required(request, "studyUID"), required(request, "seriesUID"), required(request, "objectUID")));
        String types = request.getParameter("contentType");
        List<MediaRange> ranges = types == null ? Accepted.ranges(request) : MediaRange.all(types);
        for (MediaRange range : ranges) {
            if (range.takes(Pictures.JPEG) && located.index() != null) {
                picture(request, response, located, Pictures.JPEG);
                return;
            }
            if (range.takes(Pictures.PNG) && located.index() != null) {
                picture(request, response, located, Pictures.PNG);
                return;
            }
            if (range.takes(Accepted.DICOM)) {
                dicom(request, response, located);
                return;
            }
        }
        throw Accepted.refusal("WADO-URI gives application/dicom, and image/jpeg or image/png of images");
    }

    private void dicom(HttpServletRequest request, HttpServletResponse response, Located located) throws IOException {
        Stored stored = located.stored();
        String syntax = request.getParameter("transferSyntax");
        MediaRange wanted = MediaRange.one(Accepted.DICOM
                        + (syntax == null ? "" : "; transfer-syntax=\"" + syntax.replace("\"", "") + "\""))
                .orElseThrow();
        DicomForm form = DicomForm.of(List.of(wanted), List.of(stored));
        if (Reply.unchanged(request, response, located.mark() + form.mark())) {
            return;
        }
        DicomFiles.File file = files.file(stored, form);
        if (file.size() >= 0) {
            Reply.bytes(request, response, Accepted.DICOM, file.size(), file);
            return;
        }
        response.setContentType(Accepted.DICOM);
        if (!Reply.isHead(request)) {
            file.write(response.getOutputStream(), 0, -1);
        }
    }

    private void picture(HttpServletRequest request, HttpServletResponse response, Located located, String type)
            throws IOException {
        String number = request.getParameter("frameNumber");
        int frame =
                number == null ? 0 : FrameNumbers.one(number, located.frames().frames());
        View view = view(request);
        int quality = RenderedParameters.quality(request.getParameter("imageQuality"));
        String mark = located.mark() + "-u" + frame + "-" + Integer.toHexString(view.hashCode() * 31 + quality)
                + (type.equals(Pictures.PNG) ? "p" : "");
        response.setHeader("Vary", "Accept");
        if (Reply.unchanged(request, response, mark)) {
            return;
        }
        byte[] picture = pictures.of(located, frame, view, type, quality);
        Reply.bytes(
                request,
                response,
                type,
                picture.length,
                (out, position, length) -> out.write(picture, (int) position, (int) length));
    }

    private static View view(HttpServletRequest request) {
        View view = View.DEFAULT;
        String center = request.getParameter("windowCenter");
        String width = request.getParameter("windowWidth");
        if ((center == null) != (width == null)) {
            throw wrong("windowCenter", "windowCenter and windowWidth belong together");
        }
        if (center != null) {
            view = view.with(Window.parse(center + "," + width));
        }
        if (request.getParameter("region") != null) {
            throw wrong("region", "region is not offered here; rendered resources take a viewport");
        }
        String rows = request.getParameter("rows");
        String columns = request.getParameter("columns");
        if (rows == null && columns == null) {
            return view;
        }
        return view.with(Viewport.within(side("columns", columns), side("rows", rows)));
    }

    /** The side that is not named is not bounded. */
    private static int side(String name, @Nullable String sent) {
        if (sent == null) {
            return 8_192;
        }
        if (!sent.matches("[0-9]{1,4}") || Integer.parseInt(sent) < 1) {
            throw wrong(name, name + " is a number of pixels from 1 on");
        }
        return Integer.parseInt(sent);
    }

    private static String required(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        if (value == null || value.isEmpty()) {
            throw wrong(name, name + " is missing");
        }
        return value;
    }

    private static RuntimeException wrong(String name, String why) {
        return Problem.malformed(Fault.at(name, "value", why));
    }
}
