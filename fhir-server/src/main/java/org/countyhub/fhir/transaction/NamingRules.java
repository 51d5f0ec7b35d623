package org.countyhub.fhir.transaction;

import java.util.List;
import java.util.Objects;
import org.countyhub.fhir.naming.NamingSystems;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.search.SearchStore;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What a write of a NamingSystem must not do to the records that are kept: give one address to two systems, or take a
 * name away that records are found by (docs/decisions/0010).
 */
final class NamingRules {
    private static final int MAX_HOLDERS_NAMED = 5;

    private final NamingSystems naming;
    private final SearchStore search;
    private final WritePolicy policy;

    NamingRules(NamingSystems naming, SearchStore search, WritePolicy policy) {
        this.naming = naming;
        this.search = search;
        this.policy = policy;
    }

    /** Refuses the changes, at the place of the write that is to blame. */
    void check(List<ResourceChange> changes, List<PlannedWrite> writes, @Nullable ResourceKey[] keys) {
        NamingSystems.Clash clash = naming.clash(changes);
        if (clash != null) {
            throw request(clash.key(), writes, keys).placed(new Problem.Conflict(List.of(clash.fault())).exception());
        }
        if (policy.referencedDeletes()) {
            return;
        }
        for (NamingSystems.Parted parted : naming.parted(changes)) {
            List<ResourceKey> holders = search.holders(parted.addresses(), MAX_HOLDERS_NAMED);
            if (!holders.isEmpty()) {
                throw request(parted.key(), writes, keys)
                        .placed(new Problem.Conflict(List.of(Fault.of(
                                        "conflict",
                                        "identifiers are kept under " + parted.addresses() + ", as in " + holders
                                                + ", and are found by all these names as long as " + parted.key()
                                                + " is there; set its status to retired instead")))
                                .exception());
            }
        }
    }

    private static WriteRequest request(ResourceKey key, List<PlannedWrite> writes, @Nullable ResourceKey[] keys) {
        for (int i = 0; i < keys.length; i++) {
            if (Objects.equals(keys[i], key)) {
                return writes.get(i).request();
            }
        }
        throw new IllegalArgumentException("no write of " + key);
    }
}
