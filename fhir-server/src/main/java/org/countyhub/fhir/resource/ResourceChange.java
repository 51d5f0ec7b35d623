package org.countyhub.fhir.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One write that has been planned: the version that a resource will have.
 *
 * @param previousVersion the stored version that this one replaces; null when there is no row yet, 0 when the resource
 *     was only referenced so far
 * @param previous the stored resource that this version replaces, when it was readable
 * @param resource the new content with id and meta; null for a deletion
 * @param json the new content as stored; empty for a deletion
 * @param references every local resource that the new content refers to anywhere
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ResourceChange(
        ResourceKey key,
        long surrogate,
        int version,
        Change change,
        Instant lastUpdated,
        @Nullable Integer previousVersion,
        @Nullable ObjectNode previous,
        @Nullable ObjectNode resource,
        byte[] json,
        Set<ResourceKey> references) {

    /** This change as the version that it makes. */
    public StoredVersion stored() {
        return new StoredVersion(key, surrogate, version, lastUpdated, change, json);
    }
}
