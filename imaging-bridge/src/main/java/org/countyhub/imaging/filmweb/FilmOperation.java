package org.countyhub.imaging.filmweb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.imaging.http.RefusalStatus;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /fhir/ImagingStudy/$film-link}: makes a link by an operation of FHIR (R4 section 3.2). In: {@code study} (Identifier of system
 * urn:dicom:uid), {@code validDays}, {@code secondFactor}, {@code series} (0..*, uri or string), {@code priors}, {@code originals},
 * {@code watermark}. Out: {@code id}, {@code url}, {@code expires}, {@code qrSvg} and {@code qrPng} as Attachments, {@code code}. An operation
 * and not a Task: the secret is told once to who asked, and is in no record that others read later.
 */
@RestController
final class FilmOperation {
    private static final String FHIR_JSON = "application/fhir+json";
    private static final String UID = "urn:oid:";
    private static final int LONGEST = 64 * 1024;

    private final FilmEndpoint films;
    private final ObjectMapper json = new ObjectMapper();

    FilmOperation(FilmEndpoint films) {
        this.films = films;
    }

    @PostMapping(
            path = "/fhir/ImagingStudy/$film-link",
            consumes = {FHIR_JSON, "application/json"})
    ResponseEntity<String> link(
            @RequestBody byte[] body,
            @RequestHeader(name = "X-Requester", defaultValue = "") String by,
            HttpServletRequest request) {
        try {
            FilmEndpoint.Issued issued = films.made(wish(body), by, request);
            return answer(200).body(parameters(issued).toString());
        } catch (ProblemException e) {
            RefusalStatus status = RefusalStatus.of(e.problem());
            ResponseEntity.BodyBuilder answer = answer(status.code());
            status.headers().forEach(answer::header);
            return answer.body(outcome(e.problem()).toString());
        }
    }

    private static ResponseEntity.BodyBuilder answer(int status) {
        return ResponseEntity.status(status).header("Content-Type", FHIR_JSON).header("Cache-Control", "no-store");
    }

    private FilmEndpoint.Wish wish(byte[] body) {
        JsonNode parameters = parsed(body);
        @Nullable String study = null;
        @Nullable Integer days = null;
        @Nullable String factor = null;
        @Nullable String watermark = null;
        @Nullable Boolean priors = null;
        @Nullable Boolean originals = null;
        List<String> series = new ArrayList<>();
        int index = 0;
        for (JsonNode parameter : parameters.path("parameter")) {
            String place = "Parameters.parameter[" + index++ + "]";
            switch (parameter.path("name").asText()) {
                case "study" -> study = uid(parameter.path("valueIdentifier"), place);
                case "validDays" -> days = number(parameter, place);
                case "secondFactor" -> factor = text(parameter, place);
                case "watermark" -> watermark = text(parameter, place);
                case "series" -> series.add(withoutPrefix(text(parameter, place)));
                case "priors" -> priors = flag(parameter, place);
                case "originals" -> originals = flag(parameter, place);
                default ->
                    throw Problem.malformed(
                            Fault.at(place + ".name", "not-supported", "the operation has no such parameter"));
            }
        }
        return new FilmEndpoint.Wish(study, days, factor, new FilmEndpoint.Scope(series, priors, originals), watermark);
    }

    private JsonNode parsed(byte[] body) {
        if (body.length > LONGEST) {
            throw new Problem.TooLarge(List.of(Fault.of("too-long", "Parameters of more than 64 KB"))).exception();
        }
        try {
            JsonNode parameters = json.readTree(body);
            if (parameters.path("resourceType").asText().equals("Parameters")) {
                return parameters;
            }
        } catch (JsonProcessingException e) {
            throw Problem.malformed(Fault.at(
                    "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr(),
                    "structure",
                    "this is no JSON"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        throw Problem.malformed(Fault.at("resourceType", "structure", "a resource Parameters is expected"));
    }

    private static String uid(JsonNode identifier, String place) {
        if (!identifier.path("system").asText().equals("urn:dicom:uid")) {
            throw Problem.malformed(Fault.at(
                    place + ".valueIdentifier.system",
                    "value",
                    "the study is named by its UID, of system urn:dicom:uid"));
        }
        return withoutPrefix(identifier.path("value").asText());
    }

    private static String withoutPrefix(String uid) {
        return uid.startsWith(UID) ? uid.substring(UID.length()) : uid;
    }

    private static String text(JsonNode parameter, String place) {
        for (String type : List.of("valueString", "valueCode", "valueUri", "valueOid")) {
            if (parameter.path(type).isTextual()) {
                return parameter.path(type).asText();
            }
        }
        throw Problem.malformed(Fault.at(place, "structure", "a text is expected, such as valueString"));
    }

    private static int number(JsonNode parameter, String place) {
        for (String type : List.of("valueInteger", "valuePositiveInt", "valueUnsignedInt")) {
            if (parameter.path(type).isInt()) {
                return parameter.path(type).asInt();
            }
        }
        throw Problem.malformed(Fault.at(place, "structure", "a whole number is expected, such as valueInteger"));
    }

    private static boolean flag(JsonNode parameter, String place) {
        if (!parameter.path("valueBoolean").isBoolean()) {
            throw Problem.malformed(Fault.at(place, "structure", "valueBoolean is expected"));
        }
        return parameter.path("valueBoolean").asBoolean();
    }

    private static ObjectNode parameters(FilmEndpoint.Issued issued) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("resourceType", "Parameters");
        ArrayNode all = parameters.putArray("parameter");
        all.addObject().put("name", "id").put("valueString", issued.id());
        all.addObject().put("name", "url").put("valueUrl", issued.url());
        all.addObject().put("name", "expires").put("valueInstant", issued.expires());
        all.addObject()
                .put("name", "qrSvg")
                .putObject("valueAttachment")
                .put("contentType", "image/svg+xml")
                .put(
                        "data",
                        java.util.Base64.getEncoder()
                                .encodeToString(issued.qrSvg().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        all.addObject()
                .put("name", "qrPng")
                .putObject("valueAttachment")
                .put("contentType", "image/png")
                .put("data", issued.qrPng().substring(issued.qrPng().indexOf(',') + 1));
        if (issued.code() != null) {
            all.addObject().put("name", "code").put("valueString", issued.code());
        }
        return parameters;
    }

    private static ObjectNode outcome(Problem problem) {
        ObjectNode outcome = JsonNodeFactory.instance.objectNode().put("resourceType", "OperationOutcome");
        ArrayNode issues = outcome.putArray("issue");
        for (Fault fault : problem.faults()) {
            ObjectNode issue = issues.addObject()
                    .put("severity", "error")
                    .put("code", fault.code())
                    .put("diagnostics", fault.diagnostics());
            if (fault.expression() != null) {
                issue.putArray("expression").add(fault.expression());
            }
        }
        return outcome;
    }
}
