package org.countyhub.fhir.identity.link;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a patient can be found by.
 *
 * @param codes keys that stand for a code of one person
 * @param traits keys that several people may share
 */
record PatientKeys(Set<Long> codes, Set<Long> traits) {
    static final PatientKeys NONE = new PatientKeys(Set.of(), Set.of());

    Set<Long> all() {
        Set<Long> all = new LinkedHashSet<>(codes);
        all.addAll(traits);
        return all;
    }
}
