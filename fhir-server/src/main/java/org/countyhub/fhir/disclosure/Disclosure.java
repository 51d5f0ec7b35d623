package org.countyhub.fhir.disclosure;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.jspecify.annotations.Nullable;

/**
 * What one answer tells of the patients behind a person.
 *
 * @param person number of the person; 0 when it is not known, or known by its key alone
 * @param personKey the person as asked for; null when several were, or when it was found by a code
 * @param patients numbers of the patients of whom something is in the answer
 * @param patientKeys further such patients, by key
 * @param records numbers of records in the answer whose patients the store has to look up
 * @param codes by which the person was asked for
 */
public record Disclosure(
        Kind kind,
        long person,
        @Nullable ResourceKey personKey,
        Set<Long> patients,
        Set<ResourceKey> patientKeys,
        Set<Long> records,
        Set<String> codes) {
    public Disclosure {
        patients = Set.copyOf(patients);
        patientKeys = Set.copyOf(patientKeys);
        records = Set.copyOf(records);
        codes = Set.copyOf(codes);
    }

    /** What was asked; the numbers are those in the database. */
    public enum Kind {
        SEARCH(1),
        RESOLVE(2),
        CROSS_REFERENCE(3),
        READ(4),
        HISTORY(5),
        EVERYTHING(6),
        MATCH(7);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /** A person with these patients, by their numbers. */
    public static Disclosure of(Kind kind, StoredVersion person, Collection<Long> patients) {
        return new Disclosure(
                kind, person.surrogate(), person.key(), new LinkedHashSet<>(patients), Set.of(), Set.of(), Set.of());
    }

    /** A person with the patients that it is linked to. */
    public static Disclosure ofLinks(Kind kind, StoredVersion person, Set<ResourceKey> patients) {
        return new Disclosure(kind, person.surrogate(), person.key(), Set.of(), patients, Set.of(), Set.of());
    }

    /** Patients that were found together. */
    public static Disclosure ofPatients(Kind kind, Collection<Long> patients) {
        return new Disclosure(kind, 0, null, new LinkedHashSet<>(patients), Set.of(), Set.of(), Set.of());
    }
}
