package org.countyhub.imaging.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.countyhub.imaging.dicom.DicomJson;
import org.countyhub.imaging.study.Ingest;
import org.countyhub.imaging.study.Sender;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** STOW-RS (PS3.18 section 10.5): instances as DICOM files, many as parts or one by itself. */
@RestController
final class StoreEndpoint {
    private final Ingest ingest;
    private final Asking asking;
    private final Bases bases;

    StoreEndpoint(Ingest ingest, Asking asking, Bases bases) {
        this.ingest = ingest;
        this.asking = asking;
        this.bases = bases;
    }

    @PostMapping({Bases.PATH + "/studies", Bases.PATH + "/studies/{study}"})
    void store(@PathVariable Optional<String> study, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Accepted.json(request);
        study.ifPresent(uid -> Instances.checked("study", uid));
        MediaRange type = MediaRange.one(request.getContentType())
                .orElseThrow(() -> unsupported("the request says no Content-Type"));
        Sender sender = asking.sender(request);
        StoreReport report = new StoreReport(bases.of(request));
        Upload upload = new Upload(ingest, sender, study.orElse(null), report);
        switch (type.name()) {
            case Accepted.DICOM -> {
                upload.take(1, request.getInputStream());
                upload.settleAll();
            }
            case "multipart/related" -> {
                checkParts(type);
                takeParts(new MultipartReader(request.getInputStream(), boundary(type)), upload, report);
            }
            default -> throw unsupported("instances are taken as application/dicom or as multipart/related of it");
        }
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        DicomJson.write(report.module(), json, (element, path) -> "");
        response.setStatus(report.status());
        Reply.json(request, response, Accepted.DICOM_JSON, json.toByteArray());
    }

    private static void checkParts(MediaRange type) {
        String parts = type.content();
        if (parts.equals(Accepted.DICOM_JSON) || parts.equals("application/dicom+xml")) {
            throw unsupported("metadata and bulk data apart are not taken; send whole instances as application/dicom");
        }
        if (!parts.equals(Accepted.DICOM)) {
            throw unsupported("the parts must be said to be application/dicom by the parameter type");
        }
    }

    private static String boundary(MediaRange type) {
        String boundary = type.parameter("boundary");
        if (boundary == null || !MultipartReader.isBoundary(boundary)) {
            throw Problem.malformed(
                    Fault.at("Content-Type", "structure", "a boundary of 1 to 70 characters is needed (RFC 2046)"));
        }
        return boundary;
    }

    private static void takeParts(MultipartReader parts, Upload upload, StoreReport report) throws IOException {
        try {
            MultipartReader.Part part = parts.next();
            while (part != null) {
                if (isDicom(part)) {
                    upload.take(part.number(), part.content());
                } else {
                    upload.refused(
                            part.number(),
                            new Problem.UnsupportedMedia(
                                    List.of(Fault.of("not-supported", "its Content-Type is not application/dicom"))));
                }
                part = parts.next();
            }
            upload.settleAll();
        } catch (MultipartFault e) {
            // What was read whole before stays, and is said to.
            upload.settleAll();
            throw Problem.malformed(
                    Fault.at(e.place(), "structure", e.why() + "; instances stored before that: " + report.stored()));
        }
    }

    private static boolean isDicom(MultipartReader.Part part) {
        String type = part.headers().get("content-type");
        return type == null
                || MediaRange.one(type)
                        .filter(one -> one.name().equals(Accepted.DICOM))
                        .isPresent();
    }

    private static ProblemException unsupported(String why) {
        return new Problem.UnsupportedMedia(List.of(Fault.at("Content-Type", "not-supported", why))).exception();
    }
}
