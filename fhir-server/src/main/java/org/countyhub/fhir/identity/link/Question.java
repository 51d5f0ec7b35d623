package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.countyhub.fhir.identity.link.Rematching.Outcome;
import org.countyhub.fhir.resource.RecordKind;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStamp;
import org.jspecify.annotations.Nullable;

/** A Task that asks a steward whose patient it is, and what a new decision makes of it. */
record Question(ObjectNode task) {
    /**
     * What is to be written.
     *
     * @param task the Task from now on; null when it stays as it is
     */
    record Answer(Outcome outcome, @Nullable ObjectNode task) {}

    /** Whether it is about weights, and no steward has taken it up or said anything. */
    boolean isOpen() {
        return RecordKind.of(task) == RecordKind.LINK_REVIEW
                && task.path("status").asText().equals("requested")
                && !task.has("output")
                && !rule().equals(Linking.UPDATE_CONTRADICTS);
    }

    private String rule() {
        for (JsonNode part : LinkRecords.evidenceOf(task).path("extension")) {
            if (part.path("url").asText().equals("rule")) {
                return part.path("valueCode").asText();
            }
        }
        return "";
    }

    /**
     * The Task after a new decision.
     *
     * @param verdict null when the patient does not stand alone any more
     * @param model version of the model that decided
     */
    Answer answer(@Nullable Verdict verdict, ResourceKey patient, int model, Instant now) {
        return switch (verdict) {
            case null -> new Answer(Outcome.MOVED_ON, null);
            case Verdict.Link link -> {
                ObjectNode review =
                        LinkRecords.review(patient, List.of(link.person().key()), now, link.why());
                yield new Answer(
                        Outcome.LINKED,
                        closed(
                                "completed",
                                "Weighed again by version " + model + " of the model and certain: linked to "
                                        + link.person().key(),
                                now,
                                review));
            }
            case Verdict.New ignored ->
                new Answer(
                        Outcome.CANCELLED,
                        closed(
                                "cancelled",
                                "Weighed again by version " + model
                                        + " of the model: nobody is left of whom enough agrees to ask",
                                now,
                                null));
            case Verdict.Review review -> {
                ObjectNode fresh = LinkRecords.review(
                        patient, review.persons().stream().map(PersonDraft::key).toList(), now, review.why());
                boolean same = said(LinkRecords.evidenceOf(fresh)).equals(said(LinkRecords.evidenceOf(task)))
                        && said(fresh.path("input")).equals(said(task.path("input")));
                yield same
                        ? new Answer(Outcome.UNCHANGED, null)
                        : new Answer(Outcome.REFRESHED, renewed(now, fresh, true));
            }
        };
    }

    /** An element without the versions of the model in it: that another one says the same is no news. */
    private static String said(JsonNode element) {
        JsonNode copy = element.deepCopy();
        forget(copy);
        return copy.toString();
    }

    private static void forget(JsonNode element) {
        if (element instanceof ArrayNode all) {
            all.removeIf(part -> part.path("url").asText().equals(LinkRecords.MODEL));
        }
        element.forEach(Question::forget);
    }

    private ObjectNode closed(String status, String why, Instant now, @Nullable ObjectNode fresh) {
        ObjectNode closed = renewed(now, fresh, false);
        closed.put("status", status);
        closed.putObject("statusReason").put("text", why);
        return closed;
    }

    /** The Task with the evidence of a fresh one; those that were asked about stay named unless it is asked on. */
    private ObjectNode renewed(Instant now, @Nullable ObjectNode fresh, boolean askOn) {
        ObjectNode renewed = ResourceStamp.unstamped(task.deepCopy());
        renewed.put("lastModified", now.toString());
        if (fresh != null) {
            ArrayNode extensions = renewed.putArray("extension");
            task.path("extension").forEach(extension -> {
                if (!extension.equals(LinkRecords.evidenceOf(task))) {
                    extensions.add(extension.deepCopy());
                }
            });
            extensions.add(LinkRecords.evidenceOf(fresh));
        }
        if (fresh != null && askOn) {
            renewed.set("input", fresh.get("input"));
        }
        return renewed;
    }
}
