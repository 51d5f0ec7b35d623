package org.countyhub.fhir.disclosure;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Patients that were joined with others in one person and should not have been.
 *
 * @param person number of the person in which they were joined
 * @param since from when each of the patients was joined with the others, by the patient's number
 * @param codes likewise by which codes these patients are asked for
 * @param others numbers of the patients that they were joined with
 * @param until when they were told apart
 */
public record WrongPerson(
        long person, Map<Long, Instant> since, Map<String, Instant> codes, Set<Long> others, Instant until) {
    public WrongPerson {
        since = Map.copyOf(since);
        codes = Map.copyOf(codes);
        others = Set.copyOf(others);
    }
}
