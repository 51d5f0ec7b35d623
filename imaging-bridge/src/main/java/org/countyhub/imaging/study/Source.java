package org.countyhub.imaging.study;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hospital that images come from.
 *
 * @param id a short name, part of what is stored; never changes
 * @param organization {@code Organization/[id]} of the FHIR server; null where the hospital is not recorded there
 * @param patientSystem the identifier system of the PatientIDs that it gives
 * @param accessionSystem the identifier system of its accession numbers
 * @param issuers what IssuerOfPatientID may say instead, and the identifier system that each means
 * @param characterSet a defined term, such as GB18030, in which its devices write without saying so; null for none
 */
public record Source(
        String id,
        @Nullable String organization,
        String patientSystem,
        String accessionSystem,
        Map<String, String> issuers,
        @Nullable String characterSet) {
    /** Of whoever belongs to no hospital: a number means to it only what it means to everybody. */
    public static final Source NONE = new Source("", null, "", "", Map.of(), null);

    public Source {
        issuers = Map.copyOf(issuers);
    }
}
