package org.countyhub.fhir.identity.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A message (R4, Bundle of type message and MessageHeader), as far as it can be answered; what it asks for may still be wrong.
 *
 * @param bundle as sent
 * @param header the MessageHeader, its first entry
 * @param id of the message, by which the answer names it
 */
public record FeedMessage(ObjectNode bundle, ObjectNode header, String id) {
    /** What ITI-93 calls the event of a feed. */
    public static final String EVENT = "urn:ihe:iti:pmir:2019:patient-feed";

    /** A resource that passed the structure check as a message; refused as malformed when nothing can answer it. */
    public static FeedMessage of(ObjectNode bundle) {
        if (!bundle.path("resourceType").asText().equals("Bundle")
                || !bundle.path("type").asText().equals("message")) {
            throw Problem.malformed(Fault.at("Bundle.type", "value", "a message is a Bundle of type message"));
        }
        JsonNode entry = bundle.path("entry").path(0);
        if (!(entry.get("resource") instanceof ObjectNode header)
                || !header.path("resourceType").asText().equals("MessageHeader")) {
            throw Problem.malformed(Fault.at(
                    "Bundle.entry[0].resource", "required", "the first entry of a message is its MessageHeader"));
        }
        String fullUrl = entry.path("fullUrl").asText();
        String id = header.path("id")
                .asText(fullUrl.substring(Math.max(fullUrl.lastIndexOf('/'), fullUrl.lastIndexOf(':')) + 1));
        if (!ResourceKey.isId(id)) {
            throw Problem.malformed(Fault.at(
                    "Bundle.entry[0].resource.id", "required", "a message has an id, by which the answer names it"));
        }
        return new FeedMessage(bundle, header, id);
    }

    /** The place of the history Bundle that is the focus of the message. */
    int focus() {
        JsonNode focus = header.path("focus");
        String reference = focus.path(0).path("reference").asText();
        JsonNode entries = bundle.path("entry");
        for (int i = 1; i < entries.size() && focus.size() == 1; i++) {
            JsonNode resource = entries.path(i).path("resource");
            String fullUrl = entries.path(i).path("fullUrl").asText();
            boolean named = reference.equals(fullUrl)
                    || fullUrl.endsWith("/" + reference)
                    || reference.equals("Bundle/" + resource.path("id").asText())
                    || reference.endsWith("/Bundle/" + resource.path("id").asText());
            if (named && resource.path("resourceType").asText().equals("Bundle")) {
                return i;
            }
        }
        throw Problem.unprocessable(Fault.at(
                "Bundle.entry[0].resource.focus",
                "not-found",
                "the one focus of a patient feed is an entry of the message that holds a history Bundle"));
    }

    /**
     * What tells the message from every other, also when it comes again in another envelope: its source, its id and what it
     * tells. Null when the sender gave no id, so that the same words may be a second message.
     */
    byte @Nullable [] key() {
        if (header.path("id").asText().isEmpty()) {
            return null;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(
                    header.path("source").path("endpoint").asText(),
                    header.path("id").asText(),
                    history().path("entry").toString())) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The history Bundle that is the focus of the message. */
    JsonNode history() {
        return bundle.path("entry").path(focus()).path("resource");
    }
}
