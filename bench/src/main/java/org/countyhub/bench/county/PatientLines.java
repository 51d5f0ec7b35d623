package org.countyhub.bench.county;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;

/** The records of the hospitals as lines of newline-delimited JSON, under ids that say the hospital and its key. */
public final class PatientLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PatientLines() {}

    /** The logical id of a record. */
    public static String id(Registration registration) {
        return registration.hospital().id() + "-" + registration.patientKey();
    }

    /** One record, without a newline. */
    public static String line(Person person, Registration registration) {
        ObjectNode patient = Elements.object().put("resourceType", "Patient").put("id", id(registration));
        patient.setAll(Patients.patient(person, registration));
        try {
            return JSON.writeValueAsString(patient);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
