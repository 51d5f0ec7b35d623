package org.countyhub.fhir.hl7v2.adt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.countyhub.fhir.hl7v2.message.ErrorCode;
import org.countyhub.fhir.hl7v2.message.Message;
import org.countyhub.fhir.hl7v2.message.Refusal;
import org.countyhub.fhir.hl7v2.message.Segment;
import org.countyhub.fhir.hl7v2.sender.Sender;

/**
 * PID and NK1 (HL7 v2.5.1 section 3.4.2) to a Patient. A field that is not there leaves what is known, two quotation marks
 * take it away, anything else takes its place (section 2.5.3, and 2.10.4 for fields that repeat).
 */
final class PatientFields {
    private static final String BIRTH_TIME = "http://hl7.org/fhir/StructureDefinition/patient-birthTime";
    private static final String MOTHERS_NAME = "http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName";
    private static final String TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";

    private final Sender sender;
    private final IdentifierFields identifiers;
    private final ZoneId zone;

    PatientFields(Sender sender, IdentifierFields identifiers, ZoneId zone) {
        this.sender = sender;
        this.identifiers = identifiers;
        this.zone = zone;
    }

    /** Brings a Patient to what the message says. */
    void fill(ObjectNode patient, Message message) {
        Segment pid = message.one("PID");
        ArrayNode numbers = identifiers.all(pid, 3);
        socialSecurityNumber(pid, numbers);
        patient.set("identifier", numbers);
        set(patient, "name", pid, 5, () -> NameFields.all(pid, 5));
        mothersName(patient, pid);
        birth(patient, pid);
        set(patient, "gender", pid, 8, () -> patient.textNode(gender(pid)));
        set(patient, "address", pid, 11, () -> ContactFields.addresses(pid, 11));
        telecoms(patient, pid);
        multipleBirth(patient, pid);
        death(patient, pid);
        List<Segment> kin = message.all("NK1");
        if (!kin.isEmpty()) {
            put(patient, "contact", NextOfKin.contacts(kin));
        }
        patient.putObject("managingOrganization").put("reference", sender.organization());
    }

    private static void set(ObjectNode patient, String element, Segment pid, int field, Supplier<JsonNode> value) {
        switch (pid.state(field)) {
            case ABSENT -> {}
            case EMPTIED -> patient.remove(element);
            case PRESENT -> put(patient, element, value.get());
        }
    }

    private static void put(ObjectNode patient, String element, JsonNode value) {
        if (value.isContainerNode() && value.isEmpty()) {
            patient.remove(element);
        } else {
            patient.set(element, value);
        }
    }

    private void socialSecurityNumber(Segment pid, ArrayNode numbers) {
        if (!pid.has(19)) {
            return;
        }
        if (sender.ssnSystem() == null) {
            throw Refusal.error(
                    pid.at(19),
                    ErrorCode.UNKNOWN_KEY_IDENTIFIER,
                    "what kind of number stands here is not configured for this sender; send it in PID-3 with its authority");
        }
        for (JsonNode number : numbers) {
            if (number.path("system").asText().equals(sender.ssnSystem())) {
                return;
            }
        }
        ObjectNode number = numbers.addObject();
        number.set("type", Json.concept(TYPES, "SS", ""));
        number.put("system", sender.ssnSystem()).put("value", pid.text(19));
    }

    private void mothersName(ObjectNode patient, Segment pid) {
        switch (pid.state(6)) {
            case ABSENT -> {}
            case EMPTIED -> Extensions.remove(patient, MOTHERS_NAME);
            case PRESENT -> {
                ArrayNode names = NameFields.all(pid, 6);
                if (!names.isEmpty()) {
                    Extensions.replace(patient, MOTHERS_NAME)
                            .put("valueString", names.path(0).path("text").asText());
                }
            }
        }
    }

    private void birth(ObjectNode patient, Segment pid) {
        if (pid.state(7) == Segment.State.ABSENT) {
            return;
        }
        patient.remove("birthDate");
        patient.remove("_birthDate");
        if (pid.has(7)) {
            Hl7Time time = Hl7Time.of(pid.text(7), pid.at(7));
            patient.put("birthDate", time.date());
            if (time.hasTime()) {
                Extensions.replace(patient.putObject("_birthDate"), BIRTH_TIME)
                        .put("valueDateTime", time.dateTime(zone));
            }
        }
    }

    /** HL7 table 0001, and the digits of GB/T 2261.1, which none of its codes is. */
    private static String gender(Segment pid) {
        return switch (pid.text(8)) {
            case "M", "1" -> "male";
            case "F", "2" -> "female";
            case "O", "A", "N" -> "other";
            case "U", "0", "9" -> "unknown";
            default ->
                throw Refusal.error(
                        pid.at(8),
                        ErrorCode.TABLE_VALUE_NOT_FOUND,
                        "the sex is none of F, M, O, U, A, N and 0, 1, 2, 9");
        };
    }

    /** Two fields, one element: what one of them does not speak of stays, by its use. */
    private static void telecoms(ObjectNode patient, Segment pid) {
        if (pid.state(13) == Segment.State.ABSENT && pid.state(14) == Segment.State.ABSENT) {
            return;
        }
        ArrayNode telecoms = Json.list();
        telecoms(pid, 13, "home", patient, telecoms);
        telecoms(pid, 14, "work", patient, telecoms);
        put(patient, "telecom", telecoms);
    }

    private static void telecoms(Segment pid, int field, String use, ObjectNode patient, ArrayNode telecoms) {
        if (pid.state(field) == Segment.State.ABSENT) {
            boolean work = use.equals("work");
            for (JsonNode known : patient.path("telecom")) {
                if (known.path("use").asText().equals("work") == work) {
                    telecoms.add(known);
                }
            }
        } else if (pid.has(field)) {
            ContactFields.telecoms(pid, field, use, telecoms);
        }
    }

    private static void multipleBirth(ObjectNode patient, Segment pid) {
        boolean said = pid.state(24) != Segment.State.ABSENT || pid.state(25) != Segment.State.ABSENT;
        if (!said) {
            return;
        }
        patient.remove(List.of("multipleBirthBoolean", "multipleBirthInteger"));
        if (pid.has(25)) {
            String order = pid.text(25);
            if (!order.matches("[1-9][0-9]?")) {
                throw Refusal.error(pid.at(25), ErrorCode.DATA_TYPE, "the birth order is no number from 1 to 99");
            }
            patient.put("multipleBirthInteger", Integer.parseInt(order));
        } else if (pid.has(24)) {
            patient.put("multipleBirthBoolean", isYes(pid, 24));
        }
    }

    private void death(ObjectNode patient, Segment pid) {
        boolean said = pid.state(29) != Segment.State.ABSENT || pid.state(30) != Segment.State.ABSENT;
        if (!said) {
            return;
        }
        boolean denied = pid.has(30) && !isYes(pid, 30);
        if (denied && pid.has(29)) {
            throw Refusal.error(
                    pid.at(30),
                    ErrorCode.DATA_TYPE,
                    "PID-30 says that the patient lives, PID-29 when the patient died");
        }
        patient.remove(Set.of("deceasedBoolean", "deceasedDateTime"));
        if (pid.has(29)) {
            patient.put("deceasedDateTime", Hl7Time.of(pid.text(29), pid.at(29)).dateTime(zone));
        } else if (pid.has(30)) {
            patient.put("deceasedBoolean", !denied);
        }
    }

    /** HL7 table 0136. */
    private static boolean isYes(Segment pid, int field) {
        return switch (pid.text(field)) {
            case "Y" -> true;
            case "N" -> false;
            default -> throw Refusal.error(pid.at(field), ErrorCode.TABLE_VALUE_NOT_FOUND, "neither Y nor N");
        };
    }
}
