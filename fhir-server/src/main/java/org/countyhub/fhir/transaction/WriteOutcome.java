package org.countyhub.fhir.transaction;

import java.util.List;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.kernel.Fault;
import org.jspecify.annotations.Nullable;

/**
 * What became of a write.
 *
 * @param key the resource; null when the criteria of a delete met nothing
 * @param version the version that is current now; null when there is none
 * @param warnings what is wrong with the content, though it is kept, each with its place in the request
 */
public record WriteOutcome(
        Effect effect, @Nullable ResourceKey key, @Nullable StoredVersion version, List<Fault> warnings) {
    public WriteOutcome {
        warnings = List.copyOf(warnings);
    }

    /** With nothing to warn of. */
    WriteOutcome(Effect effect, @Nullable ResourceKey key, @Nullable StoredVersion version) {
        this(effect, key, version, List.of());
    }

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
