package org.countyhub.fhir.search.index;

/** The kinds of search parameters (FHIR R4 section 3.1.1.4). */
public enum SearchType {
    NUMBER,
    DATE,
    STRING,
    TOKEN,
    REFERENCE,
    COMPOSITE,
    QUANTITY,
    URI,
    SPECIAL
}
