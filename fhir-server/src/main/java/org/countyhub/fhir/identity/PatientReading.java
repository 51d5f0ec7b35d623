package org.countyhub.fhir.identity;

import java.util.List;
import org.countyhub.kernel.Fault;

/**
 * What a Patient says, and what in it cannot be right.
 *
 * @param warnings each with the FHIRPath of its place, such as {@code Patient.identifier[0].value}; the resource is stored
 *     all the same, the code in question is not compared
 */
public record PatientReading(Demographics demographics, List<Fault> warnings) {
    public PatientReading {
        warnings = List.copyOf(warnings);
    }
}
