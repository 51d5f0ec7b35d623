package org.countyhub.fhir.identity.link;

import java.util.List;
import org.countyhub.fhir.resource.ResourceKey;

/** The patients that have no person yet, and how far they have been gone through. Calls join the open transaction. */
public interface Backlog {
    /** Where the pass is when it is through. */
    long END = Long.MAX_VALUE;

    /**
     * A stretch of patients in the order of their numbers.
     *
     * @param unlinked those of it without a person
     * @param end the number of the last one; {@link #END} when nobody comes after
     */
    record Stretch(List<ResourceKey> unlinked, long end) {
        public Stretch {
            unlinked = List.copyOf(unlinked);
        }
    }

    /** Keeps other servers from going on until the transaction ends; false if one is at it. */
    boolean take();

    /** The next stretch; one that ends at {@link #END} and holds nobody when the pass is through. */
    Stretch next(int patients);

    /** Goes on after the stretch from now on. */
    void reached(long end);
}
