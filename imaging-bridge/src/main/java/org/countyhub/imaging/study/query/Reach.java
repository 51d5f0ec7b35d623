package org.countyhub.imaging.study.query;

import java.util.Set;
import org.countyhub.imaging.study.PatientKey;

/**
 * How far somebody sees: the studies of some hospitals and those of some patients; nothing else is found.
 *
 * @param sources ids of hospitals, {@link org.countyhub.imaging.study.Source#id}
 */
public record Reach(Set<String> sources, Set<PatientKey> patients) {
    public Reach {
        sources = Set.copyOf(sources);
        patients = Set.copyOf(patients);
    }
}
