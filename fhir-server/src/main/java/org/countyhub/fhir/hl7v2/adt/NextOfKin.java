package org.countyhub.fhir.hl7v2.adt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.hl7v2.message.Segment;

/** NK1 (HL7 v2.5.1 section 3.4.5) to Patient.contact: who answers for the patient. */
final class NextOfKin {
    private static final String RELATIONSHIPS = "http://terminology.hl7.org/CodeSystem/v2-0063";
    private static final String ROLES = "http://terminology.hl7.org/CodeSystem/v2-0131";
    private static final Set<String> RELATIONSHIP_CODES = Set.of(
            "ASC", "BRO", "CGV", "CHD", "DEP", "DOM", "EMC", "EME", "EMR", "EXF", "FCH", "FND", "FTH", "GCH", "GRD",
            "GRP", "MGR", "MTH", "NCH", "NON", "OAD", "OTH", "OWN", "PAR", "SCH", "SEL", "SIB", "SIS", "SPO", "TRA",
            "UNK", "WRD");
    private static final Set<String> ROLE_CODES = Set.of("C", "CP", "E", "F", "I", "N", "O", "S", "U");
    private static final Set<String> MOTHER = Set.of("母亲", "母", "妈妈", "mother");

    private NextOfKin() {}

    /** The contacts that the segments are. */
    static ArrayNode contacts(List<Segment> segments) {
        ArrayNode contacts = Json.list();
        for (Segment segment : segments) {
            ObjectNode contact = Json.object();
            ArrayNode relationships = Json.list();
            concept(segment, 3, RELATIONSHIPS, RELATIONSHIP_CODES, relationships);
            concept(segment, 7, ROLES, ROLE_CODES, relationships);
            if (!relationships.isEmpty()) {
                contact.set("relationship", relationships);
            }
            ArrayNode names = NameFields.all(segment, 2);
            if (!names.isEmpty()) {
                contact.set("name", names.path(0));
            }
            ArrayNode telecoms = Json.list();
            ContactFields.telecoms(segment, 5, "home", telecoms);
            ContactFields.telecoms(segment, 6, "work", telecoms);
            if (!telecoms.isEmpty()) {
                contact.set("telecom", telecoms);
            }
            ArrayNode addresses = ContactFields.addresses(segment, 4);
            if (!addresses.isEmpty()) {
                contact.set("address", addresses.path(0));
            }
            // A relationship with nobody is none (R4, invariant pat-1).
            if (!names.isEmpty() || !telecoms.isEmpty() || !addresses.isEmpty()) {
                contacts.add(contact);
            }
        }
        return contacts;
    }

    private static void concept(Segment segment, int field, String system, Set<String> codes, ArrayNode concepts) {
        String code = segment.text(field, 1, 1);
        String text = segment.text(field, 1, 2);
        if (codes.contains(code)) {
            ObjectNode concept = Json.concept(system, code, "");
            Json.put(concept, "text", text);
            concepts.add(concept);
        } else if (!(code + text).isEmpty()) {
            // A code of the hospital's own; without its system only its words say something.
            concepts.addObject().put("text", text.isEmpty() ? code : text);
        }
    }

    static boolean isMother(Segment segment) {
        return segment.text(3, 1, 1).equals("MTH")
                || MOTHER.contains(segment.text(3, 1, 1))
                || MOTHER.contains(segment.text(3, 1, 2));
    }
}
