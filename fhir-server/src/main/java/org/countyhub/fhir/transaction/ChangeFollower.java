package org.countyhub.fhir.transaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Sees what a transaction is about to write, when everything in it is checked and locked, and may refuse it or have more
 * written with it. Runs again when the transaction is planned again.
 */
@FunctionalInterface
public interface ChangeFollower {
    /** Called once before the transaction begins, whatever becomes of it. */
    default void prepare(List<WriteRequest> requests) {}

    /**
     * Called once for each attempt at a transaction that changes anything.
     *
     * @param planned what will be written, in the order of the requests; not to be changed
     */
    void follow(List<ResourceChange> planned, Additions additions);

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

        /**
         * Gives a version that the transaction is about to write another content, which its client is answered with.
         *
         * @param content the resource without id and meta stamps
         * @param further the number of every local resource that it refers to beyond what the client's content refers to
         */
        void revise(ResourceChange planned, ObjectNode content, Map<ResourceKey, Long> further);

        /**
         * The current version of a resource, locked until the transaction ends; null when another transaction holds the
         * lock, which is not waited for, or this one writes the resource already.
         */
        @Nullable
        StoredVersion lockIfFree(ResourceKey key);

        /** The numbers of those resources that there are, or were. */
        Map<ResourceKey, Long> numbers(Collection<ResourceKey> keys);

        /** Has the client told what is wrong with a resource that is kept all the same; places are within the resource. */
        void warn(ResourceKey key, List<Fault> warnings);

        /** A refusal of what a client sent, with its place in the Bundle that it was sent in. */
        ProblemException placed(ResourceKey key, ProblemException refusal);
    }
}
