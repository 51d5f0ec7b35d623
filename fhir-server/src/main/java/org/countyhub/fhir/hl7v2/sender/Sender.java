package org.countyhub.fhir.hl7v2.sender;

import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A system that may send, and what its codes mean.
 *
 * @param application MSH-3, and {@code facility} MSH-4, by which it is known
 * @param source the URI of the system, kept in {@code meta.source}
 * @param organization the reference to the hospital, which has to be there: {@code Organization/…}
 * @param patientSystem the identifier system of the numbers under which it keeps its own records of patients
 * @param authorities from a namespace in CX-4.1 to an identifier system
 * @param types from a code in CX-5 to an identifier system, for numbers without an assigning authority
 * @param ssnSystem the identifier system of PID-19; null when that field is not taken
 * @param charset of messages that declare none in MSH-18; null for ASCII only
 * @param processingId MSH-11 of the messages that are meant for this hub
 */
public record Sender(
        String application,
        String facility,
        String source,
        String organization,
        String patientSystem,
        Map<String, String> authorities,
        Map<String, String> types,
        @Nullable String ssnSystem,
        @Nullable Charset charset,
        String processingId) {
    public Sender {
        authorities = Map.copyOf(authorities);
        types = Map.copyOf(types);
    }

    /** Whose word a merge is. */
    public String name() {
        return application + " of " + facility + ", " + source;
    }
}
