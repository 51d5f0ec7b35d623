package org.countyhub.fhir.transaction;

import org.countyhub.fhir.resource.ResourceKey;

/** Which resource a write is about. */
public sealed interface Target {
    /** Of which type it is. */
    String type();

    /** The resource of this logical id. */
    record ById(ResourceKey key) implements Target {
        @Override
        public String type() {
            return key.type();
        }
    }

    /**
     * The one resource that meets the criteria (FHIR R4 section 3.1.0.7.2, conditional interactions).
     *
     * @param criteria search parameters as in a URL, without the question mark
     */
    record ByCriteria(String type, String criteria) implements Target {}
}
