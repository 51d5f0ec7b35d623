package org.countyhub.fhir.resource;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where versions of resources are kept. Calls join the transaction that the caller has open, if any. */
public interface ResourceStore {
    /** The current version, deleted or not; null when the resource was never written. */
    @Nullable
    StoredVersion read(ResourceKey key);

    /** One version; null when there is none of that number. */
    @Nullable
    StoredVersion readVersion(ResourceKey key, int version);

    /** One page of versions, newest first; it ends before the count asked for when the room for a page is used up. */
    HistoryPage history(HistoryQuery query, AnswerRoom room);

    /** How many versions the query is about on all its pages together. */
    long historySize(HistoryQuery query);

    /** Up to {@code limit} readable resources of a type, newest first. */
    List<StoredVersion> list(String type, int limit);

    /** Waits until no other transaction writes, and keeps others from writing until this one ends. */
    void lockEverything();

    /**
     * Takes the locks, waiting for others, in one order for all writers; they end with the transaction. A key or
     * condition in {@code exclusive} excludes every other holder, one in {@code shared} only the exclusive ones.
     * Then looks the keys up.
     *
     * @param keys the resources to look up after the locks are held
     * @return what is stored for those keys that have a row, readable or not
     */
    Map<ResourceKey, StoredVersion> lockAndLookUp(
            Collection<String> exclusive, Collection<String> shared, Collection<ResourceKey> keys);

    /**
     * Takes the locks as {@link #lockAndLookUp} does those in {@code shared}, but only if none of them has to be waited
     * for.
     *
     * @return whether all of them are held now
     */
    boolean tryLockShared(Collection<String> names);

    /**
     * Takes the exclusive lock of one name as {@link #lockAndLookUp} does, but only if nobody has to be waited for.
     *
     * @return whether it is held now
     */
    boolean tryLock(String name);

    /** A number for a new resource; greater than those given out before by this server. */
    long nextSurrogate();

    /**
     * Keeps the changes with everything that search needs to find them. A resource that is referenced and has no row
     * yet must be among the changes with {@link Change#NONE}.
     *
     * @param surrogates the number of every resource that the changes refer to
     */
    void write(List<ResourceChange> changes, Map<ResourceKey, Long> surrogates);

    /**
     * Up to {@code limit} readable resources that refer to any of these, other than these themselves and what the server
     * keeps of its own ({@link RecordKind}).
     */
    List<ResourceKey> referrers(Collection<Long> surrogates, int limit);
}
