package org.countyhub.fhir.identity.link;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a patient can be found by, and by what others are looked for.
 *
 * @param codes keys that stand for a code of one person; looked for too
 * @param traits keys that several people may share
 * @param asked keys that several people may share, under which others are looked for
 * @param kept codes and traits together
 */
record PatientKeys(Set<Long> codes, Set<Long> traits, Set<Long> asked, Set<Long> kept) {
    static final PatientKeys NONE = new PatientKeys(Set.of(), Set.of(), Set.of());

    PatientKeys(Set<Long> codes, Set<Long> traits, Set<Long> asked) {
        this(codes, traits, asked, union(codes, traits));
    }

    /** Those under which others are looked for. */
    Set<Long> wanted() {
        return union(codes, asked);
    }

    private static Set<Long> union(Set<Long> some, Set<Long> others) {
        Set<Long> all = new LinkedHashSet<>(some);
        all.addAll(others);
        return all;
    }
}
