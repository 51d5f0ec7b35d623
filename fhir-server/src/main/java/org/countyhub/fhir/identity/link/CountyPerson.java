package org.countyhub.fhir.identity.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.countyhub.fhir.identity.PersonCode.Standing;
import org.countyhub.fhir.resource.RecordKind;

/**
 * The content of a county's Person (R4, Person). It follows from the linked patients alone, so that a link that is undone
 * leaves nothing behind: every identifier that a source gives, the name, sex and birth date of the source that proves the
 * person best, and the links. Everything else about the person stays with the sources.
 */
final class CountyPerson {
    private static final List<String> IDENTIFIER_PARTS = List.of("use", "type", "system", "value", "period");

    private CountyPerson() {}

    /** The Person behind these patients, without id and stamps; one without patients is not active. */
    static ObjectNode of(List<Member> members) {
        ObjectNode person = RecordKind.COUNTY_PERSON.create();
        ArrayNode identifiers = JsonNodeFactory.instance.arrayNode();
        Set<String> seen = new HashSet<>();
        members.forEach(member -> addIdentifiers(member.resource(), identifiers, seen));
        if (!identifiers.isEmpty()) {
            person.set("identifier", identifiers);
        }
        take(person, "name", members);
        take(person, "gender", members);
        take(person, "birthDate", members);
        person.put("active", !members.isEmpty());
        if (!members.isEmpty()) {
            ArrayNode links = person.putArray("link");
            for (Member member : members) {
                ObjectNode link = links.addObject();
                link.putObject("target").put("reference", member.key().toString());
                link.put("assurance", member.assurance().code());
            }
        }
        return person;
    }

    /** References to assigners stay with the source: a Person refers to its patients and to nothing else. */
    private static void addIdentifiers(ObjectNode patient, ArrayNode into, Set<String> seen) {
        for (JsonNode identifier : patient.path("identifier")) {
            String value = identifier.path("value").asText();
            String assigner = identifier.path("assigner").path("display").asText();
            if (value.isEmpty() || !seen.add(identifier.path("system").asText() + "|" + value + "|" + assigner)) {
                continue;
            }
            ObjectNode copy = into.addObject();
            for (String part : IDENTIFIER_PARTS) {
                if (identifier.has(part)) {
                    copy.set(part, identifier.get(part).deepCopy());
                }
            }
            if (!assigner.isEmpty()) {
                copy.putObject("assigner").put("display", assigner);
            }
        }
    }

    /** From the first source with a verified code that says it, else from the first that says it. */
    private static void take(ObjectNode person, String property, List<Member> members) {
        Member best = null;
        for (Member member : members) {
            boolean says = member.resource().has(property);
            if (says && (best == null || (proven(member) && !proven(best)))) {
                best = member;
            }
        }
        if (best != null) {
            JsonNode said = best.resource().get(property);
            person.set(property, property.equals("name") ? names(said) : said.deepCopy());
        }
    }

    private static boolean proven(Member member) {
        return !member.traits().placeholder()
                && member.traits().codes().stream().anyMatch(code -> code.standing() == Standing.VERIFIED);
    }

    private static ArrayNode names(JsonNode said) {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        for (JsonNode name : said) {
            ObjectNode copy = names.addObject();
            for (String part : List.of("use", "text", "family", "given", "prefix", "suffix")) {
                if (name.has(part)) {
                    copy.set(part, name.get(part).deepCopy());
                }
            }
        }
        names.removeIf(JsonNode::isEmpty);
        return names;
    }
}
