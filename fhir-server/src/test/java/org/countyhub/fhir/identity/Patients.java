package org.countyhub.fhir.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.countyhub.fhir.naming.IdentifierSystems;
import org.countyhub.kernel.Fault;

/** Patients written with single quotes, and what is read out of them in a county whose NamingSystems say little. */
final class Patients {
    static final String ALIAS = "https://example.org/sid/social-security-card";
    static final String SOCIAL_SECURITY_CARD = "urn:oid:2.16.840.1.113883.2.23.1.19.2";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One alias, and as the county's preferred address of a system that the hub knows under another. */
    private static final IdentifierSystems SYSTEMS = new IdentifierSystems() {
        @Override
        public String canonical(String system) {
            return system.equals(SOCIAL_SECURITY_CARD) ? ALIAS : system;
        }

        @Override
        public List<String> all(String system) {
            return system.equals(ALIAS) || system.equals(SOCIAL_SECURITY_CARD)
                    ? List.of(ALIAS, SOCIAL_SECURITY_CARD)
                    : List.of(system);
        }

        @Override
        public boolean known(String system) {
            return all(system).size() > 1;
        }
    };

    static final DemographicsReader READER = new DemographicsReader(SYSTEMS);
    static final CodeReader CODES = new CodeReader(SYSTEMS);

    private Patients() {}

    static PatientReading reading(String properties) {
        return READER.read(patient(properties));
    }

    static Demographics read(String properties) {
        return reading(properties).demographics();
    }

    static List<PersonCode> codes(String identifiers) {
        return read("'identifier':[" + identifiers + "]").codes();
    }

    /** The warnings as {@code place: text}. */
    static List<String> warnings(String properties) {
        return reading(properties).warnings().stream().map(Patients::line).toList();
    }

    static ObjectNode patient(String properties) {
        String json =
                ("{'resourceType':'Patient'" + (properties.isEmpty() ? "" : "," + properties) + "}").replace('\'', '"');
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static String line(Fault fault) {
        return fault.expression() + ": " + fault.diagnostics();
    }
}
