package org.countyhub.fhir.transaction;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.countyhub.fhir.resource.Change;
import org.countyhub.fhir.resource.ResourceChange;
import org.countyhub.fhir.resource.ResourceKey;
import org.countyhub.fhir.resource.ResourceStamp;
import org.countyhub.fhir.resource.StoredVersion;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/** The versions that one transaction is going to write, and the numbers of what they refer to. */
final class PlannedVersions implements ChangeFollower.Additions {
    private final TransactionService service;
    private final Instant now;
    private final List<ResourceChange> changes = new ArrayList<>();
    private final Map<ResourceKey, Long> numbers = new HashMap<>();
    private final Map<ResourceKey, ObjectNode> trees = new HashMap<>();
    private final Map<ResourceKey, WriteRequest> requests = new HashMap<>();
    private final Map<ResourceKey, List<Fault>> warnings = new HashMap<>();
    private final Map<ResourceKey, StoredVersion> revised = new HashMap<>();

    /** How many of the changes are written. */
    private int written;

    PlannedVersions(TransactionService service) {
        this.service = service;
        this.now = service.clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    List<ResourceChange> changes() {
        return changes;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public ResourceKey fresh(String type) {
        return new ResourceKey(type, service.newId());
    }

    @Override
    public @Nullable Long number(ResourceKey key) {
        return numbers.get(key);
    }

    @Override
    public ResourceChange add(
            ResourceKey key, @Nullable StoredVersion stored, ObjectNode content, Map<ResourceKey, Long> references) {
        numbers.putAll(references);
        return version(stored == null ? Change.CREATE : Change.UPDATE, key, stored, content, references.keySet());
    }

    @Override
    public void revise(ResourceChange change, ObjectNode content, Map<ResourceKey, Long> further) {
        numbers.putAll(further);
        Set<ResourceKey> references = new HashSet<>(change.references());
        references.addAll(further.keySet());
        ObjectNode stamped = ResourceStamp.stamp(content, change.key().id(), change.version(), change.lastUpdated());
        ResourceChange other = new ResourceChange(
                change.key(),
                change.surrogate(),
                change.version(),
                change.change(),
                change.lastUpdated(),
                change.previousVersion(),
                change.previous(),
                stamped,
                service.writer.write(stamped),
                references);
        changes.set(changes.indexOf(change), other);
        revised.put(change.key(), other.stored());
    }

    @Override
    public @Nullable StoredVersion lockIfFree(ResourceKey key) {
        boolean written = changes.stream().anyMatch(change -> change.key().equals(key));
        if (written || !service.store.tryLock(key.toString())) {
            return null;
        }
        return service.store.lockAndLookUp(List.of(), List.of(), List.of(key)).get(key);
    }

    @Override
    public Map<ResourceKey, Long> numbers(Collection<ResourceKey> keys) {
        Map<ResourceKey, Long> found = new HashMap<>();
        Set<ResourceKey> unknown = new HashSet<>();
        for (ResourceKey key : keys) {
            Long number = numbers.get(key);
            if (number == null) {
                unknown.add(key);
            } else {
                found.put(key, number);
            }
        }
        service.store
                .lockAndLookUp(List.of(), List.of(), unknown)
                .forEach((key, stored) -> found.put(key, stored.surrogate()));
        return found;
    }

    @Override
    public void warn(ResourceKey key, List<Fault> faults) {
        warnings.put(key, faults);
    }

    @Override
    public ProblemException placed(ResourceKey key, ProblemException refusal) {
        WriteRequest request = requests.get(key);
        return request == null ? refusal : request.placed(refusal);
    }

    /** Which request a resource is written by. */
    void requested(ResourceKey key, WriteRequest request) {
        requests.put(key, request);
    }

    /** What became of a write, after the followers. */
    WriteOutcome settled(WriteOutcome outcome) {
        ResourceKey key = outcome.key();
        StoredVersion version = revised.get(key);
        List<Fault> faults = warnings.get(key);
        WriteRequest request = requests.get(key);
        if (version == null && (faults == null || request == null)) {
            return outcome;
        }
        return new WriteOutcome(
                outcome.effect(),
                key,
                version == null ? outcome.version() : version,
                faults == null || request == null ? List.of() : request.placed(faults));
    }

    boolean anySettled() {
        return !revised.isEmpty() || !warnings.isEmpty();
    }

    /** A version with its stamps. What it refers to must be numbered before all is written. */
    ResourceChange version(
            Change kind,
            ResourceKey key,
            @Nullable StoredVersion stored,
            ObjectNode content,
            Set<ResourceKey> references) {
        int version = stored == null ? 1 : stored.version() + 1;
        long number = stored == null ? service.store.nextSurrogate() : stored.surrogate();
        Instant time = stored == null ? now : after(stored);
        ObjectNode stamped = ResourceStamp.stamp(content, key.id(), version, time);
        numbers.put(key, number);
        ResourceChange change = new ResourceChange(
                key,
                number,
                version,
                kind,
                time,
                stored == null ? null : Integer.valueOf(stored.version()),
                stored != null && stored.change().readable() ? tree(stored) : null,
                stamped,
                service.writer.write(stamped),
                Set.copyOf(references));
        changes.add(change);
        return change;
    }

    ResourceChange deletion(StoredVersion stored) {
        ResourceChange change = new ResourceChange(
                stored.key(),
                stored.surrogate(),
                stored.version() + 1,
                Change.DELETE,
                after(stored),
                stored.version(),
                tree(stored),
                null,
                new byte[0],
                Set.of());
        changes.add(change);
        return change;
    }

    /** Gives a resource that is pointed to its number; one that does not exist gets a row that stands for it. */
    void number(ResourceKey key, @Nullable StoredVersion stored) {
        if (stored != null) {
            numbers.put(key, stored.surrogate());
        } else if (!numbers.containsKey(key)) {
            long number = service.store.nextSurrogate();
            numbers.put(key, number);
            changes.add(new ResourceChange(key, number, 0, Change.NONE, now, null, null, null, new byte[0], Set.of()));
        }
    }

    /** The content of a stored version, read once. */
    ObjectNode tree(StoredVersion stored) {
        return trees.computeIfAbsent(stored.key(), key -> service.parser.read(stored.json()));
    }

    /** Versions of one resource are apart in time, so that a history in order of time is one in order of versions. */
    private Instant after(StoredVersion stored) {
        Instant next = stored.lastUpdated().plusMillis(1);
        return now.isBefore(next) ? next : now;
    }

    /** Writes what is planned and was not written before. */
    void write() {
        if (written < changes.size()) {
            service.store.write(changes.subList(written, changes.size()), numbers);
            written = changes.size();
        }
    }
}
