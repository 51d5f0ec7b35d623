package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.disclosure.Receiver;
import org.countyhub.fhir.resource.RecordKind;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.transaction.ChangeFollower.Additions;

/**
 * Who was answered with something of patients while they were wrongly joined, and how that is written down: in the
 * Provenance of the decision that tells them apart, and as a Communication to each organization.
 *
 * @param since from when each patient was joined with the others, by the patient
 * @param patients their numbers
 * @param known the organizations that there are
 */
record Exposure(
        Map<ResourceKey, Instant> since,
        Map<ResourceKey, Long> patients,
        List<Receiver> receivers,
        KnownResources known) {
    static final Exposure NONE = new Exposure(Map.of(), Map.of(), List.of(), new KnownResources(Map.of()));

    private static final String DEFINITIONS = "https://countyhub.org/fhir/StructureDefinition/";
    private static final String WRONGLY_JOINED = DEFINITIONS + "wrongly-joined";
    private static final String RECEIVER = DEFINITIONS + "receiver";
    private static final String CATEGORIES = "http://terminology.hl7.org/CodeSystem/communication-category";

    private static final String ENGLISH =
            "From %s to %s your organization was given %d answers with something of patients who had wrongly been taken for"
                    + " one person. They have been told apart. Please check what was decided on these answers.";
    private static final String CHINESE = "%s 至 %s，贵机构收到的 %d 次应答含有被误认为同一人的患者的数据。现已将其分开，请核对据此作出的决定。";

    /** Writes into the Provenance of a decision which patients were joined since when, and who was answered. */
    void describe(ObjectNode provenance, Map<ResourceKey, Long> references) {
        if (since.isEmpty()) {
            return;
        }
        ArrayNode extensions = provenance.withArray("extension");
        since.forEach((patient, from) -> {
            ArrayNode parts = extension(extensions, WRONGLY_JOINED);
            part(parts, "patient").putObject("valueReference").put("reference", patient.toString());
            part(parts, "since").put("valueInstant", from.toString());
        });
        for (Receiver receiver : receivers) {
            ArrayNode parts = extension(extensions, RECEIVER);
            ResourceKey organization = receiver.requester().organization();
            if (organization != null) {
                part(parts, "organization").set("valueReference", known.reference(organization, references));
            }
            if (receiver.requester().who() != null) {
                part(parts, "requester").put("valueString", receiver.requester().who());
            }
            if (receiver.address() != null) {
                part(parts, "address").put("valueString", receiver.address());
            }
            part(parts, "first").put("valueInstant", receiver.first().toString());
            part(parts, "last").put("valueInstant", receiver.last().toString());
            part(parts, "answers").put("valueInteger", receiver.answers());
        }
    }

    private static ArrayNode extension(ArrayNode extensions, String url) {
        return extensions.addObject().put("url", url).putArray("extension");
    }

    private static ObjectNode part(ArrayNode parts, String url) {
        return parts.addObject().put("url", url);
    }

    /** From when the patients of a decision were joined, as {@link #describe} has written it. */
    static Map<ResourceKey, Instant> since(ObjectNode provenance) {
        Map<ResourceKey, Instant> since = new LinkedHashMap<>();
        for (JsonNode extension : provenance.path("extension")) {
            if (extension.path("url").asText().equals(WRONGLY_JOINED)) {
                ResourceKey patient = ResourceKey.ofReference(
                        extension.at("/extension/0/valueReference/reference").asText());
                if (patient != null) {
                    since.put(
                            patient,
                            Instant.parse(
                                    extension.at("/extension/1/valueInstant").asText()));
                }
            }
        }
        return since;
    }

    /** What one organization was answered, by all who asked for it. */
    private record Told(Instant first, Instant last, long answers) {
        Told and(Told other) {
            return new Told(
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last,
                    answers + other.answers);
        }
    }

    /** Writes a Communication to each organization that was said; without one nobody is told. */
    List<ResourceKey> tell(Additions additions, ResourceKey decision, long number) {
        Map<ResourceKey, Told> organizations = new LinkedHashMap<>();
        for (Receiver receiver : receivers) {
            ResourceKey organization = receiver.requester().organization();
            if (organization != null) {
                organizations.merge(
                        organization, new Told(receiver.first(), receiver.last(), receiver.answers()), Told::and);
            }
        }
        List<ResourceKey> notices = new ArrayList<>();
        organizations.forEach((organization, told) -> {
            Map<ResourceKey, Long> references = new HashMap<>(patients);
            references.put(decision, number);
            ObjectNode notice = notice(decision, told, additions.now());
            notice.putArray("recipient").add(known.reference(organization, references));
            ResourceKey key = additions.fresh("Communication");
            additions.add(key, null, notice, references);
            notices.add(key);
        });
        return notices;
    }

    private ObjectNode notice(ResourceKey decision, Told told, Instant sent) {
        ObjectNode notice = RecordKind.DISCLOSURE_NOTICE.create();
        notice.putArray("partOf").addObject().put("reference", decision.toString());
        notice.put("status", "completed");
        notice.putArray("category")
                .addObject()
                .putArray("coding")
                .addObject()
                .put("system", CATEGORIES)
                .put("code", "alert");
        ArrayNode about = notice.putArray("about");
        for (ResourceKey patient : since.keySet()) {
            if (!notice.has("subject")) {
                notice.putObject("subject").put("reference", patient.toString());
            }
            about.addObject().put("reference", patient.toString());
        }
        notice.put("sent", sent.toString());
        ArrayNode payload = notice.putArray("payload");
        for (String text : List.of(ENGLISH, CHINESE)) {
            payload.addObject()
                    .put("contentString", text.formatted(second(told.first()), second(told.last()), told.answers()));
        }
        payload.addObject().putObject("contentReference").put("reference", decision.toString());
        return notice;
    }

    private static Instant second(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
