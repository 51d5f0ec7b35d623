package org.countyhub.imaging.remote;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The person behind a Patient, as the FHIR server's identity has it.
 *
 * @param person {@code Person/[id]}; null while the Patient has no person
 * @param patients {@code Patient/[id]} of each of its patients, the one asked for included
 * @param identifiers of all of them
 */
record CountyPerson(@Nullable String person, Set<String> patients, List<Token> identifiers) {
    CountyPerson {
        patients = Set.copyOf(patients);
        identifiers = List.copyOf(identifiers);
    }

    /** {@code Patient/[id]} is of this person. */
    boolean has(@Nullable String patient) {
        return patient != null && patients.contains(patient);
    }
}
