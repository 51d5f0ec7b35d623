package org.countyhub.imaging.access;

import java.util.Set;
import org.countyhub.imaging.study.PatientKey;

/**
 * What the county's record says of doctors and patients. Where it cannot be asked, {@link org.countyhub.kernel.Problem.Busy}: nobody is let in
 * because nobody could be asked.
 */
public interface CareRecord {
    /** Whether that is somebody who, today and at that hospital, has a role of those that may read. */
    boolean practises(Reader reader);

    /**
     * Whether the patient is in the care of that hospital now.
     *
     * @param patients of one person, each by a number that means one patient only; at least one
     */
    boolean inCare(Reader reader, Set<PatientKey> patients);
}
