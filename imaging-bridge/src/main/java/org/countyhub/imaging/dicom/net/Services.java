package org.countyhub.imaging.dicom.net;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the hub provides, by SOP class: the one registry. Verification is always there. */
public final class Services {
    private final StoreService store;
    private final Map<String, FindService> find = new HashMap<>();
    private final Map<String, RetrieveService> retrieve = new HashMap<>();
    private final Map<String, NormalizedService> normalized = new HashMap<>();

    /** @param store takes instances of all storage classes */
    public Services(StoreService store) {
        this.store = store;
    }

    public Services find(String sopClassUid, FindService service) {
        find.put(sopClassUid, service);
        return this;
    }

    public Services retrieve(String sopClassUid, RetrieveService service) {
        retrieve.put(sopClassUid, service);
        return this;
    }

    public Services normalized(String sopClassUid, NormalizedService service) {
        normalized.put(sopClassUid, service);
        return this;
    }

    StoreService store() {
        return store;
    }

    FindService find(String sopClassUid) {
        return offered(find.get(sopClassUid));
    }

    RetrieveService retrieve(String sopClassUid) {
        return offered(retrieve.get(sopClassUid));
    }

    NormalizedService normalized(String sopClassUid) {
        return offered(normalized.get(sopClassUid));
    }

    private static <T> T offered(@Nullable T service) {
        if (service == null) {
            throw new Refusal(Status.of(0x0122, "this SOP class does not do that"));
        }
        return service;
    }

    /** The SOP classes but those of storage. */
    Set<String> sopClasses() {
        Set<String> all = new HashSet<>(find.keySet());
        all.addAll(retrieve.keySet());
        all.addAll(normalized.keySet());
        all.add(SopClasses.VERIFICATION);
        return Set.copyOf(all);
    }
}
