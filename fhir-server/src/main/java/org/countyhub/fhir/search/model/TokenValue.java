package org.countyhub.fhir.search.model;

/** One alternative of a token search (FHIR R4 section 3.1.1.4.10). */
public sealed interface TokenValue {
    /** {@code [system]|[code]}. */
    record SystemAndCode(String system, String code) implements TokenValue {}

    /** {@code [code]}: whatever the system. */
    record Code(String code) implements TokenValue {}

    /** {@code |[code]}: a code that has no system. */
    record CodeWithoutSystem(String code) implements TokenValue {}

    /** {@code [system]|}: any code of the system. */
    record AnyOfSystem(String system) implements TokenValue {}
}
