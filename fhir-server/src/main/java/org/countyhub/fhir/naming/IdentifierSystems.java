package org.countyhub.fhir.naming;

import java.util.List;

/**
 * Which addresses stand for the same identifier system, as the NamingSystem resources say (FHIR R4, NamingSystem.uniqueId).
 */
public interface IdentifierSystems {
    /** The extension of Identifier.system, with a valueUri, that keeps the address as it was sent. */
    String SENT_SYSTEM = "urn:countyhub:fhir:sent-identifier-system";

    /**
     * The system of what a medical insurance e-voucher (医保电子凭证) shows: good for minutes, for {@code Person/$resolve} only,
     * and kept nowhere. No resource may hold an identifier of it and no search may ask for one.
     */
    String INSURANCE_TOKEN = "https://countyhub.org/sid/insurance-token";

    /** The address under which identifiers of this system are kept; the address itself when nothing says otherwise. */
    String canonical(String system);

    /** The canonical address and all its aliases, the given one included. */
    List<String> all(String system);

    /** Whether a NamingSystem resource says what the address stands for. */
    boolean known(String system);
}
