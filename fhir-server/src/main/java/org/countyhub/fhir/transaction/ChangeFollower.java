package org.countyhub.fhir.transaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.jspecify.annotations.Nullable;

/**
 * Sees what a transaction is about to write, when everything in it is checked and locked, and may refuse it or have more
 * written with it. Runs again when the transaction is planned again.
 */
@FunctionalInterface
public interface ChangeFollower {
    /**
     * Called once for each attempt at a transaction that changes anything.
     *
     * @param planned what will be written, in the order of the requests; not to be changed
     * @param alone whether the transaction excludes all other writers, so that no lock is needed
     */
    void follow(List<ResourceChange> planned, boolean alone, Additions additions);

    /** Takes what is to be written as well. */
    interface Additions {
        /** The time of the transaction, to the millisecond. */
        Instant now();

        /** A key for a new resource. */
        ResourceKey fresh(String type);

        /** The number of a resource that the transaction writes or refers to; null for any other. */
        @Nullable
        Long number(ResourceKey key);

        /**
         * Adds a version of a resource that the follower holds a lock for.
         *
         * @param stored the current version; null for a new resource
         * @param content the resource without id and meta stamps
         * @param references the number of every local resource that the content refers to
         */
        ResourceChange add(
                ResourceKey key, @Nullable StoredVersion stored, ObjectNode content, Map<ResourceKey, Long> references);
    }
}
