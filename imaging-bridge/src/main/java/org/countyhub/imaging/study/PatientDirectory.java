package org.countyhub.imaging.study;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who else a patient is, as the county's identity knows it. */
public interface PatientDirectory {
    /**
     * All patients of the person whom a number means to whoever shows it: first a PatientID of the asking source, else any card or
     * number that means one person only. Nothing is guessed: a number that could mean several persons means none.
     *
     * @param issuer IssuerOfPatientID as sent, or a FHIR identifier system; null for none
     * @return the patient of that very number of that source where nothing more is known
     */
    Set<PatientKey> patients(Source asking, @Nullable String issuer, String id);

    /** All patients of the person of this patient, this one included; only this one where nothing more is known. */
    Set<PatientKey> samePerson(PatientKey patient);
}
