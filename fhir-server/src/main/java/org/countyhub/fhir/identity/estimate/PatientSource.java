package org.countyhub.fhir.identity.estimate;

import java.util.Collection;
import java.util.List;
import org.countyhub.fhir.resource.StoredVersion;

/** The patients that have a person. Each call is one short statement with a snapshot of its own. */
public interface PatientSource {
    /** How many there are. */
    long count();

    /**
     * Numbers of patients, each at most once, drawn by a hash of their numbers and in its order: as good as random, and nearly
     * the same ones every time, so that two estimations differ by what is new in the county and not by chance.
     */
    List<Long> draw(int most);

    /** The patients of these numbers that can be read, in no order. */
    List<StoredVersion> read(Collection<Long> patients);
}
