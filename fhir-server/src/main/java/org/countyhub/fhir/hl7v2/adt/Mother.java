package org.countyhub.fhir.hl7v2.adt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.countyhub.fhir.hl7v2.message.Message;
import org.countyhub.fhir.hl7v2.message.Segment;
import org.countyhub.fhir.hl7v2.sender.Sender;
import org.countyhub.fhir.resource.ResourceKey;
import org.jspecify.annotations.Nullable;

/** PID-21, the mother's number, to the RelatedPerson that links a newborn to her (FHIR R4 section 8.2). */
final class Mother {
    private static final String ROLES = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";

    private Mother() {}

    /** One for each record of a newborn, always under the same id, so that a message sent twice says it once. */
    static ResourceKey key(String patientSystem, String number) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((patientSystem + "|" + number + "|mother").getBytes(StandardCharsets.UTF_8));
            return new ResourceKey("RelatedPerson", HexFormat.of().formatHex(hash, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The mother of a patient; null when the message names none.
     *
     * @param reference to the patient
     */
    static @Nullable ObjectNode read(
            Message message, Sender sender, IdentifierFields identifiers, ResourceKey key, String reference) {
        Segment pid = message.one("PID");
        if (!pid.has(21)) {
            return null;
        }
        ObjectNode mother = Json.object().put("resourceType", "RelatedPerson").put("id", key.id());
        mother.putObject("meta").put("source", sender.source());
        mother.set("identifier", identifiers.all(pid, 21));
        mother.put("active", true);
        mother.putObject("patient").put("reference", reference);
        mother.putArray("relationship").add(Json.concept(ROLES, "MTH", "mother"));
        for (Segment kin : message.all("NK1")) {
            ArrayNode names = NameFields.all(kin, 2);
            if (NextOfKin.isMother(kin) && !names.isEmpty()) {
                mother.set("name", names);
                break;
            }
        }
        return mother;
    }
}
