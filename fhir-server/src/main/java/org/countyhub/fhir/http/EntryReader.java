package org.countyhub.fhir.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.http.FhirRequest.Conditions;
import org.countyhub.fhir.http.FhirRequest.Content;
import org.countyhub.fhir.http.FhirRequest.Method;
import org.countyhub.fhir.transaction.CriteriaParser;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** From an entry of a batch or transaction that has passed the structure check to the request that it stands for. */
final class EntryReader {
    private EntryReader() {}

    /**
     * The request.
     *
     * @param outer what the Bundle came with; its preferences hold for all entries
     * @param place of the entry, such as {@code Bundle.entry[3]}
     */
    static FhirRequest read(FhirRequest outer, JsonNode entry, String place) {
        JsonNode request = entry.path("request");
        if (!request.isObject()) {
            throw Problem.malformed(Fault.at(place + ".request", "required", "an entry says what to do in request"));
        }
        String url = relative(outer.base(), request.path("url").asText());
        int question = url.indexOf('?');
        List<Map.Entry<String, String>> parameters =
                question < 0 ? List.of() : CriteriaParser.parameters(url.substring(question + 1));
        Presentation.requireFormat(parameters);
        return new FhirRequest(
                Method.valueOf(request.path("method").asText()),
                outer.base(),
                Router.segments(question < 0 ? url : url.substring(0, question)),
                parameters,
                conditions(request),
                outer.prefer(),
                View.of(parameters),
                entry.get("resource") instanceof ObjectNode resource
                        ? new Content.Resource(resource)
                        : new Content.None(),
                outer.room(),
                outer.disclosed(),
                place);
    }

    /** Unlike the header, If-Modified-Since is an instant here (Bundle.entry.request.ifModifiedSince). */
    private static Conditions conditions(JsonNode request) {
        String since = text(request, "ifModifiedSince");
        return new Conditions(
                text(request, "ifMatch"),
                text(request, "ifNoneMatch"),
                text(request, "ifNoneExist"),
                since == null ? null : instant(since));
    }

    /** R4 allows for leap seconds (section 2.24.0.1), which java.time does not know; one is the second after it. */
    private static Instant instant(String checked) {
        boolean leap = checked.contains(":60");
        Instant instant = OffsetDateTime.parse(leap ? checked.replace(":60", ":59") : checked)
                .toInstant();
        return leap ? instant.plusSeconds(1) : instant;
    }

    private static String relative(String base, String url) {
        String relative = url.startsWith(base + "/") || url.startsWith(base + "?") ? url.substring(base.length()) : url;
        return relative.startsWith("/") ? relative.substring(1) : relative;
    }

    static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isTextual() ? value.asText() : null;
    }
}
