package org.countyhub.fhir.transaction;

import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.jspecify.annotations.Nullable;

/**
 * What became of a write.
 *
 * @param key the resource; null when the criteria of a delete met nothing
 * @param version the version that is current now; null when there is none
 */
public record WriteOutcome(
        Effect effect, @Nullable ResourceKey key, @Nullable StoredVersion version) {
    /** What happened. */
    public enum Effect {
        CREATED,
        UPDATED,
        DELETED,
        /** The content was the stored one already: no new version, so that a repeated request changes nothing. */
        UNCHANGED,
        /** A conditional create found the resource. */
        MATCHED,
        /** There was nothing to delete. */
        NOTHING
    }
}
