package org.countyhub.imaging.dicomweb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.countyhub.imaging.study.query.Key;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the service offers, in short (PS3.18 section 8.9, retrieve capabilities). */
@RestController
final class CapabilitiesEndpoint {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String RANGES = "application/octet-stream, and image/* as kept";
    private static final String PICTURES = "image/jpeg, image/png";
    private static final String RENDERED = PICTURES
            + "; of documents text/html, text/plain, application/pdf, or as encapsulated; of electrocardiograms image/svg+xml, application/pdf";
    private static final String DICOM = "multipart/related; type=\"application/dicom\"";
    private static final String JSON_MODEL = "application/dicom+json";

    /** Resources below the base: template, methods, media types. */
    private static final Map<String, List<String>> RESOURCES = resources();

    private static Map<String, List<String>> resources() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        String study = "/studies/{study}";
        String series = study + "/series/{series}";
        String instance = series + "/instances/{instance}";
        all.put("/studies", List.of("GET, HEAD, POST", JSON_MODEL));
        all.put("/series", List.of("GET, HEAD", JSON_MODEL));
        all.put("/instances", List.of("GET, HEAD", JSON_MODEL));
        all.put(study, List.of("GET, HEAD, POST", DICOM));
        all.put(study + "/series", List.of("GET, HEAD", JSON_MODEL));
        all.put(study + "/instances", List.of("GET, HEAD", JSON_MODEL));
        all.put(series, List.of("GET, HEAD", DICOM));
        all.put(series + "/instances", List.of("GET, HEAD", JSON_MODEL));
        all.put(series + "/slide", List.of("GET, HEAD", "application/json"));
        all.put(instance, List.of("GET, HEAD", DICOM + ", application/dicom"));
        for (String level : List.of(study, series, instance)) {
            all.put(level + "/metadata", List.of("GET, HEAD", JSON_MODEL));
            all.put(level + "/thumbnail", List.of("GET, HEAD", PICTURES));
        }
        all.put(instance + "/rendered", List.of("GET, HEAD", RENDERED));
        all.put(instance + "/frames/{frames}", List.of("GET, HEAD", RANGES));
        all.put(instance + "/frames/{frame}/rendered", List.of("GET, HEAD", PICTURES));
        all.put(instance + "/frames/{frame}/thumbnail", List.of("GET, HEAD", PICTURES));
        all.put(instance + "/bulkdata/{place}", List.of("GET, HEAD", "application/octet-stream"));
        all.put("/wado", List.of("GET, HEAD", "application/dicom, " + PICTURES));
        return all;
    }

    @GetMapping({Bases.PATH, Bases.PATH + "/"})
    void capabilities(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("service", "DICOMweb (PS3.18): STOW-RS, QIDO-RS, WADO-RS, WADO-URI");
            json.writeArrayFieldStart("resources");
            for (Map.Entry<String, List<String>> resource : RESOURCES.entrySet()) {
                json.writeStartObject();
                json.writeStringField("path", resource.getKey());
                json.writeStringField("methods", resource.getValue().get(0));
                json.writeStringField("mediaTypes", resource.getValue().get(1));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("matchingKeys");
            for (Key key : Arrays.asList(Key.values())) {
                json.writeString(key.name());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        Reply.json(request, response, "application/json", out.toByteArray());
    }
}
