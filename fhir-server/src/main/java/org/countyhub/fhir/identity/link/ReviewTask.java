package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.countyhub.fhir.resource.RecordKind;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStamp;
import org.jspecify.annotations.Nullable;

/** A question to stewards whose a patient is, as the Task that holds it says (R4, Task). */
final class ReviewTask {
    /** What is still to be answered; {@code on-hold} was answered with "later", {@code in-progress} by one of two. */
    static final Set<String> OPEN = Set.of("requested", "on-hold", "in-progress");

    private final ObjectNode content;

    private ReviewTask(ObjectNode content) {
        this.content = content;
    }

    /** @param task the Task as stored; not changed */
    static ReviewTask of(ObjectNode task) {
        return new ReviewTask(ResourceStamp.unstamped(task).deepCopy());
    }

    /** A person of whom it is asked. */
    record Candidate(ResourceKey person, @Nullable ResourceKey record) {}

    boolean isOpen() {
        return RecordKind.of(content) == RecordKind.LINK_REVIEW && OPEN.contains(status());
    }

    String status() {
        return content.path("status").asText();
    }

    /** The whole Task, to be written. */
    ObjectNode content() {
        return content;
    }

    ResourceKey patient() {
        return Objects.requireNonNull(key(content.path("focus")));
    }

    /** The person that the patient had when the question was asked; null where the Task does not say. */
    @Nullable
    ResourceKey ownPerson() {
        for (JsonNode input : content.path("input")) {
            if (isOfType(input, LinkRecords.OWN_PERSON)) {
                return key(input.path("valueReference"));
            }
        }
        return null;
    }

    List<Candidate> candidates() {
        List<Candidate> candidates = new ArrayList<>();
        for (JsonNode input : content.path("input")) {
            ResourceKey person = key(input.path("valueReference"));
            if (isOfType(input, LinkRecords.CANDIDATE) && person != null) {
                candidates.add(new Candidate(
                        person, key(evidence(input, LinkRecords.RECORD).path("valueReference"))));
            }
        }
        return candidates;
    }

    /** Whether it asks about a patient that is linked to the candidate already and contradicts it now. */
    boolean isOfUpdate() {
        return evidence(content, "rule").path("valueCode").asText().equals(Linking.UPDATE_CONTRADICTS);
    }

    /** A part of the evidence that an element carries; missing where it has none. */
    private static JsonNode evidence(JsonNode element, String part) {
        for (JsonNode extension : element.path("extension")) {
            if (extension.path("url").asText().equals(LinkRecords.EVIDENCE)) {
                for (JsonNode each : extension.path("extension")) {
                    if (each.path("url").asText().equals(part)) {
                        return each;
                    }
                }
            }
        }
        return MissingNode.getInstance();
    }

    /** Whether an input or output is of a type. */
    static boolean isOfType(JsonNode element, String code) {
        for (JsonNode coding : element.path("type").path("coding")) {
            if (coding.path("system").asText().equals(LinkRecords.TASK_CODES)
                    && coding.path("code").asText().equals(code)) {
                return true;
            }
        }
        return false;
    }

    static @Nullable ResourceKey key(JsonNode reference) {
        return ResourceKey.ofReference(reference.path("reference").asText());
    }

    /** Ends the question without carrying an answer out. */
    void close(Closure reason, Instant now) {
        status("cancelled", now);
        content.remove("businessStatus");
        ObjectNode statusReason = content.putObject("statusReason");
        LinkRecords.coding(statusReason, LinkRecords.TASK_CODES, reason.code());
        statusReason.put("text", reason.text());
    }

    void status(String status, Instant now) {
        content.put("status", status);
        content.put("lastModified", now.toString());
    }

    /** Where the work stands, for those who look at the queue; null for nothing to say. */
    void businessStatus(@Nullable String code, String text) {
        content.remove("businessStatus");
        if (code != null) {
            ObjectNode business = content.putObject("businessStatus");
            LinkRecords.coding(business, LinkRecords.TASK_CODES, code);
            business.put("text", text);
        }
    }

    /** Names the Provenance of what was done. */
    void decided(ResourceKey provenance) {
        ObjectNode output = content.withArray("output").addObject();
        LinkRecords.coding(output.putObject("type"), LinkRecords.TASK_CODES, "provenance");
        LinkRecords.reference(output.putObject("valueReference"), provenance);
    }
}
