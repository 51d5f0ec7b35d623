package org.countyhub.fhir.search.model;

import java.util.List;
import org.countyhub.fhir.resource.ResourceKey;

/** One alternative of a reference search (FHIR R4 section 3.1.1.4.12). */
public sealed interface ReferenceValue {
    /** Resources of this server: one, or one for each type that a bare id may belong to. */
    record Local(List<ResourceKey> keys) implements ReferenceValue {}

    /** A literal reference to something outside this server, compared as text. */
    record External(String url) implements ReferenceValue {}
}
