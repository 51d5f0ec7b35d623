package org.countyhub.fhir.hl7v2.adt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.countyhub.fhir.hl7v2.sender.Sender;
import org.countyhub.fhir.resource.EntityTags;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.fhir.transaction.Preconditions;
import org.countyhub.fhir.transaction.Target;
import org.countyhub.fhir.transaction.WriteOperation;
import org.countyhub.fhir.transaction.WriteRequest;
import org.jspecify.annotations.Nullable;

/**
 * A sender's record of a patient on its way to a new version.
 *
 * @param number the number under which the sender keeps it
 * @param stored the version that it starts from; null for a new one
 * @param content that version, to be changed
 */
record PatientRecord(Sender sender, String number, @Nullable StoredVersion stored, ObjectNode content) {
    /** When the sender recorded the event of which the record speaks; tells older news from newer. */
    static final String RECORDED = "https://countyhub.org/fhir/StructureDefinition/adt-recorded";

    /** That of FHIR R4 section 8.1, as far as messages speak of it. */
    private static final List<String> ORDER = List.of(
            "resourceType",
            "id",
            "meta",
            "extension",
            "identifier",
            "active",
            "name",
            "telecom",
            "gender",
            "birthDate",
            "_birthDate",
            "deceasedBoolean",
            "deceasedDateTime",
            "address",
            "multipleBirthBoolean",
            "multipleBirthInteger",
            "contact",
            "managingOrganization",
            "link");

    private static final String TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";

    /** A record that the hub does not have yet, with nothing but its number. */
    static PatientRecord fresh(Sender sender, String number) {
        ObjectNode patient = Json.object().put("resourceType", "Patient");
        patient.putObject("meta").put("source", sender.source());
        ObjectNode identifier = patient.putArray("identifier").addObject();
        identifier.set("type", Json.concept(TYPES, "PI", ""));
        identifier.put("system", sender.patientSystem()).put("value", number);
        identifier.putObject("assigner").put("reference", sender.organization());
        patient.put("active", true);
        patient.putObject("managingOrganization").put("reference", sender.organization());
        return new PatientRecord(sender, number, null, patient);
    }

    boolean isNew() {
        return stored == null;
    }

    /** How other writes of the same transaction refer to it. */
    String reference() {
        return stored == null ? fullUrl() : stored.key().toString();
    }

    private String fullUrl() {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(number.getBytes(StandardCharsets.UTF_8));
    }

    /** When what is stored was recorded by the sender; null when no message has said. */
    @Nullable
    Instant recorded() {
        try {
            String text =
                    Extensions.find(content, RECORDED).path("valueInstant").asText();
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    boolean isNewerThan(Instant event) {
        Instant recorded = recorded();
        return recorded != null && event.isBefore(recorded);
    }

    void record(Instant event) {
        if (!isNewerThan(event)) {
            Extensions.replace(content, RECORDED).put("valueInstant", event.toString());
        }
    }

    /** The record that has taken the place of this one; empty if none has. */
    String replacedBy() {
        for (JsonNode link : content.path("link")) {
            if (link.path("type").asText().equals("replaced-by")) {
                return link.path("other").path("reference").asText();
            }
        }
        return "";
    }

    void replaceBy(PatientRecord other) {
        content.put("active", false);
        ObjectNode link = content.withArray("link").addObject();
        link.putObject("other").put("reference", other.reference());
        link.put("type", "replaced-by");
    }

    /** In one order, whatever was changed, so that content which says the same is the same. */
    private ObjectNode ordered() {
        ObjectNode ordered = Json.object();
        for (String element : ORDER) {
            if (content.has(element)) {
                ordered.set(element, content.get(element));
            }
        }
        for (Map.Entry<String, JsonNode> element : content.properties()) {
            if (!ordered.has(element.getKey())) {
                ordered.set(element.getKey(), element.getValue());
            }
        }
        return ordered;
    }

    /** The write that keeps it, if nobody else has written it since it was read. */
    WriteRequest write() {
        if (stored == null) {
            Target target = new Target.ByCriteria("Patient", PatientNumbers.criteria(sender.patientSystem(), number));
            Preconditions none = new Preconditions(null, new EntityTags(true, Set.of()));
            return new WriteRequest(new WriteOperation.Update(target, ordered(), none), fullUrl(), "");
        }
        return update(stored, ordered());
    }

    /** A write that changes nothing, and fails where somebody else has written the record since it was read; a new one is written. */
    WriteRequest hold() {
        return stored == null ? write() : update(stored, content);
    }

    private static WriteRequest update(StoredVersion stored, ObjectNode content) {
        Preconditions same = new Preconditions(new EntityTags(false, Set.of(stored.version())), null);
        return WriteRequest.of(new WriteOperation.Update(new Target.ById(stored.key()), content, same));
    }
}
