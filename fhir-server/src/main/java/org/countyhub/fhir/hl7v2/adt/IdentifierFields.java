package org.countyhub.fhir.hl7v2.adt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.countyhub.fhir.hl7v2.message.ErrorCode;
import org.countyhub.fhir.hl7v2.message.Refusal;
import org.countyhub.fhir.hl7v2.message.Segment;
import org.countyhub.fhir.hl7v2.sender.Sender;
import org.countyhub.fhir.hl7v2.sender.Senders;
import org.countyhub.fhir.identity.code.Check;
import org.countyhub.fhir.identity.code.CodeSystem;
import org.jspecify.annotations.Nullable;

/**
 * Data type CX (HL7 v2.5.1 section 2.A.14) to Identifier. Which system a number is of says its assigning authority: an OID,
 * a UUID or a URI in CX-4, or a namespace that the sender's configuration knows. A number whose system is not known is
 * refused, since it could be anybody's.
 */
final class IdentifierFields {
    private static final String TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";
    /** Those of HL7 table 0203 that say what kind of number of a patient it is. */
    private static final Set<String> TYPE_CODES = Set.of(
            "AN", "BC", "BCT", "BRN", "DL", "HC", "JHN", "MB", "MC", "MI", "MR", "MRT", "NH", "NI", "NNCHN", "NNHKG",
            "NNMAC", "NNTWN", "PC", "PI", "PN", "PNT", "PPN", "PT", "RRI", "SS", "U", "VN", "XX");
    /** Numbers that mean something to who assigned them only. */
    private static final Set<String> PER_ASSIGNER = Set.of("MR", "PI", "PT", "AN", "VN");

    private final Sender sender;
    private final Senders senders;

    IdentifierFields(Sender sender, Senders senders) {
        this.sender = sender;
        this.senders = senders;
    }

    /** All numbers of a field. */
    ArrayNode all(Segment segment, int field) {
        ArrayNode identifiers = Json.list();
        for (int repetition = 1; repetition <= segment.repetitions(field); repetition++) {
            String value = segment.text(field, repetition, 1);
            if (!value.isEmpty()) {
                identifiers.add(identifier(segment, field, repetition, value));
            }
        }
        return identifiers;
    }

    /** The one number of a field under which the sender keeps its record. */
    String own(Segment segment, int field) {
        String found = "";
        for (int repetition = 1; repetition <= segment.repetitions(field); repetition++) {
            String value = segment.text(field, repetition, 1);
            if (value.isEmpty()
                    || !system(segment, field, repetition).equals(sender.patientSystem())
                    || value.equals(found)) {
                continue;
            }
            if (!found.isEmpty()) {
                throw Refusal.error(
                        segment.at(field, repetition, 1),
                        ErrorCode.DUPLICATE_KEY_IDENTIFIER,
                        "two different numbers of the system " + sender.patientSystem()
                                + ", which tells records apart");
            }
            found = value;
        }
        if (found.isEmpty()) {
            throw Refusal.error(
                    segment.at(field),
                    ErrorCode.REQUIRED_FIELD_MISSING,
                    "no number of the system " + sender.patientSystem() + ", under which the sender keeps its records");
        }
        return found;
    }

    private ObjectNode identifier(Segment segment, int field, int repetition, String value) {
        String type = segment.text(field, repetition, 5);
        String system = system(segment, field, repetition);
        ObjectNode identifier = Json.object();
        if (TYPE_CODES.contains(type)) {
            identifier.set("type", Json.concept(TYPES, type, ""));
        } else if (!type.isEmpty()) {
            identifier.putObject("type").put("text", type);
        }
        identifier.put("system", system).put("value", value);
        ObjectNode period = Json.object();
        end(segment, field, repetition, 7, period, "start");
        end(segment, field, repetition, 8, period, "end");
        if (!period.isEmpty()) {
            identifier.set("period", period);
        }
        boolean perAssigner = PER_ASSIGNER.contains(type)
                || system.equals(sender.patientSystem())
                || CodeSystem.of(system)
                        .filter(known -> known.check("1") instanceof Check.PerAssigner)
                        .isPresent();
        if (perAssigner) {
            identifier.putObject("assigner").put("reference", assigner(segment, field, repetition));
        }
        return identifier;
    }

    private static void end(Segment segment, int field, int repetition, int component, ObjectNode period, String name) {
        String text = segment.text(field, repetition, component);
        if (!text.isEmpty()) {
            period.put(
                    name,
                    Hl7Time.of(text, segment.at(field, repetition, component)).date());
        }
    }

    /** CX-6: the hospital that gave the number out; without it the sender's. */
    private String assigner(Segment segment, int field, int repetition) {
        String facility = segment.text(field, repetition, 6);
        if (facility.isEmpty() || facility.equals(sender.facility())) {
            return sender.organization();
        }
        return senders.organization(facility)
                .orElseThrow(() -> Refusal.error(
                        segment.at(field, repetition, 6),
                        ErrorCode.UNKNOWN_KEY_IDENTIFIER,
                        "the assigning facility " + facility + " is not known"));
    }

    private String system(Segment segment, int field, int repetition) {
        String namespace = segment.text(field, repetition, 4, 1);
        String universal = segment.text(field, repetition, 4, 2);
        String type = segment.text(field, repetition, 5);
        @Nullable String system;
        if (!universal.isEmpty()) {
            system = universal(universal, segment.text(field, repetition, 4, 3));
        } else if (!namespace.isEmpty()) {
            system = sender.authorities().get(namespace);
        } else {
            system = sender.types().get(type);
            if (system == null && type.equals("NNCHN")) {
                // Table 0203: the national number of persons of the country in the last three letters.
                system = CodeSystem.RESIDENT_ID.address();
            }
        }
        if (system == null) {
            String named = !universal.isEmpty() ? universal : namespace;
            throw Refusal.error(
                    segment.at(field, repetition, 4),
                    named.isEmpty() ? ErrorCode.REQUIRED_FIELD_MISSING : ErrorCode.UNKNOWN_KEY_IDENTIFIER,
                    named.isEmpty()
                            ? "the number has no assigning authority, and its type "
                                    + (type.isEmpty() ? "is not said" : type + " names none")
                            : "the assigning authority " + named + " is not known");
        }
        return system;
    }

    /** HL7 table 0301. */
    private static @Nullable String universal(String id, String type) {
        return switch (type) {
            case "ISO" -> id.matches("[0-2](\\.(0|[1-9][0-9]*))+") ? "urn:oid:" + id : null;
            case "UUID", "GUID" ->
                id.matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
                        ? "urn:uuid:" + id.toLowerCase(java.util.Locale.ROOT)
                        : null;
            case "URI" -> id.matches("(https?|urn):\\S+") ? id : null;
            default -> null;
        };
    }
}
