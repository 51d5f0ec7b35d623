package org.countyhub.fhir.identity.link;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.identity.match.Evidence;
import org.countyhub.fhir.identity.match.Field;

/**
 * A person whose patient somebody may be, with what a steward has to see of it.
 *
 * @param record the patient of theirs that agrees most
 * @param said what both say in each field that was compared, by the field's word
 */
record Suspect(PersonDraft person, Member record, Explanation why, Map<String, Sides> said) {
    /** What the patient and the record say; empty where one says nothing. */
    record Sides(String patient, String record) {}

    private static final Sides NOTHING = new Sides("", "");

    /** Weighs a patient against a person's patients, itself left out if it is one of them; there must be another. */
    static Suspect of(PersonMatcher matcher, Member patient, PersonDraft person) {
        List<Member> others = others(person, patient);
        Evidence evidence = matcher.weigh(patient.traits(), others);
        Member record = others.get(evidence.record());
        Map<String, Sides> said = new LinkedHashMap<>();
        Arrays.stream(Field.values())
                .forEach(field -> said.put(
                        PersonMatcher.word(field),
                        new Sides(FieldText.of(field, patient.resource()), FieldText.of(field, record.resource()))));
        return new Suspect(person, record, matcher.explained(evidence), said);
    }

    /** The patients of a person other than this one. */
    static List<Member> others(PersonDraft person, Member patient) {
        return person.members().stream()
                .filter(member -> member.number() != patient.number())
                .toList();
    }

    Sides sides(String field) {
        return said.getOrDefault(field, NOTHING);
    }
}
