package org.countyhub.fhir.identity.match;

import java.util.List;
import org.countyhub.fhir.identity.Demographics;

/**
 * A person whom an incoming record may be of.
 *
 * @param personId what the caller calls the person
 * @param records what the sources say of the person; not empty
 */
public record Candidate(String personId, List<Traits> records) {
    public Candidate {
        records = List.copyOf(records);
    }

    public static Candidate of(String personId, List<Demographics> records) {
        return new Candidate(personId, records.stream().map(Traits::of).toList());
    }
}
