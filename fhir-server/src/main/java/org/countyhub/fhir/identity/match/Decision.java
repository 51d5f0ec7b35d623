package org.countyhub.fhir.identity.match;

import java.util.List;

/** What becomes of an incoming record. */
public sealed interface Decision {
    /** It is of this person. */
    record Link(String personId, Evidence evidence) implements Decision {}

    /** Someone must look; the most likely first. */
    record Review(List<Evidence> candidates) implements Decision {
        public Review {
            candidates = List.copyOf(candidates);
        }
    }

    /** It is of nobody known. */
    record New() implements Decision {}
}
