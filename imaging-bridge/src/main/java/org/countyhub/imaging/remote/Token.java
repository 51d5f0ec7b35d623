package org.countyhub.imaging.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** An identifier as a search asks for it: both parts are there, and both have to be equal. */
record Token(String system, String value) {
    /** Study Instance UIDs in FHIR (R4, ImagingStudy.identifier). */
    static final String DICOM_UID = "urn:dicom:uid";

    static Token ofStudy(String studyUid) {
        return new Token(DICOM_UID, "urn:oid:" + studyUid);
    }

    /** The identifiers of an element that have a system and a value. */
    static List<Token> all(Iterable<JsonNode> identifiers) {
        List<Token> tokens = new ArrayList<>();
        for (JsonNode identifier : identifiers) {
            String system = identifier.path("system").asText();
            String value = identifier.path("value").asText();
            if (!system.isEmpty() && !value.isEmpty()) {
                tokens.add(new Token(system, value));
            }
        }
        return tokens;
    }

    /** As the value of a search parameter (R4 section 3.1.1.3: what separates is escaped). */
    String search() {
        return escaped(system) + "|" + escaped(value);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace(",", "\\,")
                .replace("$", "\\$")
                .replace("|", "\\|");
    }
}
