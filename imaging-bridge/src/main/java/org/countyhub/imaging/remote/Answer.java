package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What the FHIR server answered; never 429 or 5xx, which are no answers.
 *
 * @param body MissingNode where there is none
 * @param location of what was written
 */
record Answer(int status, JsonNode body, @Nullable String location) {
    private static final int MAX_ISSUES = 5;

    boolean isOk() {
        return status >= 200 && status < 300;
    }

    /** The body; a refusal becomes a Problem that says where the fault is, but not what stood there: that may be a patient's. */
    JsonNode ok() {
        if (isOk()) {
            return body;
        }
        List<Fault> faults = List.of(Fault.of("processing", "the FHIR server answered " + status + places()));
        throw switch (status) {
            case 404 -> new Problem.NotFound(faults).exception();
            case 409 -> new Problem.Conflict(faults).exception();
            case 412 -> new Problem.StaleVersion(faults).exception();
            default -> new Problem.Unprocessable(faults).exception();
        };
    }

    private String places() {
        List<String> places = new ArrayList<>();
        for (JsonNode issue : body.path("issue")) {
            if (places.size() < MAX_ISSUES) {
                String place = issue.path("expression").path(0).asText();
                places.add(issue.path("code").asText() + (place.isEmpty() ? "" : " at " + place));
            }
        }
        return places.isEmpty() ? "" : ": " + String.join(", ", places);
    }
}
