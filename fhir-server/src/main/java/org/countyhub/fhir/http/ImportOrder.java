package org.countyhub.fhir.http;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.resource.ResourceKey;

/**
 * Keeps the order of an import whose chunks are written side by side: they begin in the order of the body, and one that writes
 * a resource again that another is still writing waits for it. Chunks are numbered from 0.
 */
final class ImportOrder {
    private final Map<Integer, Set<ResourceKey>> active = new HashMap<>();
    private int next;

    /** Waits for the chunk's turn. */
    synchronized void enter(int chunk, Set<ResourceKey> keys) throws InterruptedException {
        while (next != chunk || isWritten(keys)) {
            wait();
        }
        active.put(chunk, new HashSet<>(keys));
        next++;
        notifyAll();
    }

    private boolean isWritten(Set<ResourceKey> keys) {
        return active.values().stream().flatMap(Set::stream).anyMatch(keys::contains);
    }

    /** Waits until all chunks before this one, which has entered, are written. */
    synchronized void awaitEarlier(int chunk) throws InterruptedException {
        while (active.keySet().stream().anyMatch(other -> other < chunk)) {
            wait();
        }
    }

    synchronized void leave(int chunk) {
        active.remove(chunk);
        notifyAll();
    }
}
